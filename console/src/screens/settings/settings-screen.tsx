/** The business, its places with tables, stations and taxes, and how it takes reservations. */
import type { ReactElement } from 'react';
import { LinkButton } from '../../design/buttons.tsx';
import { useWords } from '../../words/language.ts';
import { AreaScreen } from '../lists/area-screen.tsx';
import { words } from './words.ts';

export function SettingsScreen(): ReactElement {
  const t = useWords(words);
  return (
    <AreaScreen
      title={t('title')}
      actions={
        <LinkButton to="/set-up" icon="plus">
          {t('set-up')}
        </LinkButton>
      }
      tabs={[
        {
          key: 'locations',
          title: t('locations'),
          category: 'business.locations',
          pathOf: (id) => `/settings/${id}`,
        },
        { key: 'profile', title: t('profile'), category: 'business.profiles' },
        { key: 'calendars', title: t('calendars'), category: 'reservations.calendars' },
        { key: 'tills', title: t('tills'), category: 'business.tills' },
      ]}
    />
  );
}
