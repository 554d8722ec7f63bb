/** Who may do what: people, roles, devices, sessions, approvals, keys, and why something was denied. */
import type { ComponentType, ReactElement } from 'react';
import { allows, useSession } from '../../api/session.ts';
import { Page } from '../../design/page.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { useUrlState } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { ApprovalsTab } from './approvals-tab.tsx';
import { DevicesTab } from './devices-tab.tsx';
import { KeysTab } from './keys-tab.tsx';
import { PeopleTab } from './people-tab.tsx';
import { RolesTab } from './roles-tab.tsx';
import { SessionsTab } from './sessions-tab.tsx';
import { WhyTab } from './why-tab.tsx';
import { words } from './words.ts';

type Name = 'people' | 'roles' | 'devices' | 'sessions' | 'approvals' | 'keys' | 'why';

const TABS: readonly (readonly [name: Name, permission: string | null, tab: ComponentType])[] = [
  ['people', 'access:read', PeopleTab],
  ['roles', 'access:read', RolesTab],
  ['devices', 'access:devices', DevicesTab],
  ['sessions', null, SessionsTab],
  ['approvals', null, ApprovalsTab],
  ['keys', 'admin', KeysTab],
  ['why', 'access:read', WhyTab],
];

export function AccessScreen(): ReactElement {
  const t = useWords(words);
  const { permissions } = useSession();
  const [chosen, choose] = useUrlState('tab', 'people');
  const shown = TABS.filter(
    ([, permission]) => permission === null || allows(permissions, permission),
  );
  const [name, , Tab] = shown.find(([each]) => each === chosen) ??
    shown[0] ?? ['sessions', null, SessionsTab];
  return (
    <Page title={t('access')}>
      <Tabs
        label={t('access')}
        value={name}
        onChange={choose}
        tabs={shown.map(([value]) => ({ value, label: t(value) }))}
      >
        <Tab />
      </Tabs>
    </Page>
  );
}
