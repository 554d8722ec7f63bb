/** The business, its locations, prices, tills, papers, and what is written by itself. */
import type { ReactElement } from 'react';
import { allows, useSession } from '../../api/session.ts';
import { LinkButton } from '../../design/buttons.tsx';
import { Page } from '../../design/page.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { useUrlState } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { PricesTab } from '../menu/prices-tab.tsx';
import { InvoicesView } from './invoices-view.tsx';
import { LocationsView } from './locations-view.tsx';
import { NoticesView } from './notices-view.tsx';
import { ProfileView } from './profile-view.tsx';
import { TillsView } from './tills-view.tsx';
import { words } from './words.ts';

const VIEWS = [
  { value: 'locations', permission: 'business:read', View: LocationsView },
  { value: 'profile', permission: 'business:read', View: ProfileView },
  { value: 'prices', permission: 'catalog:read', View: PricesTab },
  { value: 'tills', permission: 'business:read', View: TillsView },
  { value: 'invoices', permission: 'invoices:read', View: InvoicesView },
  { value: 'notices', permission: 'messages:read', View: NoticesView },
] as const;

export function SettingsScreen(): ReactElement {
  const t = useWords(words);
  const { permissions } = useSession();
  const views = VIEWS.filter(({ permission }) => allows(permissions, permission));
  const [chosen, choose] = useUrlState('view', 'locations');
  const { value, View } = views.find((each) => each.value === chosen) ?? VIEWS[0];
  return (
    <Page
      title={t('title')}
      actions={
        allows(permissions, 'business:settings') ? (
          <LinkButton to="/set-up" icon="plus">
            {t('set-up')}
          </LinkButton>
        ) : undefined
      }
    >
      <Tabs
        label={t('title')}
        value={value}
        onChange={choose}
        tabs={views.map((each) => ({ value: each.value, label: t(each.value) }))}
      />
      <View />
    </Page>
  );
}
