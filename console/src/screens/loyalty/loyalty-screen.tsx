/** Members, the programme with its drafts, and how points came and went. */
import type { ReactElement } from 'react';
import { useWords } from '../../words/language.ts';
import { AreaScreen } from '../lists/area-screen.tsx';
import { MembersView } from './members-view.tsx';
import { words } from './words.ts';

export function LoyaltyScreen(): ReactElement {
  const t = useWords(words);
  return (
    <AreaScreen
      title={t('title')}
      tabs={[
        {
          key: 'members',
          title: t('members'),
          view: () => <MembersView />,
        },
        {
          key: 'programmes',
          title: t('programmes'),
          category: 'loyalty.programmes',
          pathOf: (id) => `/loyalty/programmes/${id}`,
        },
        { key: 'burns', title: t('burns'), category: 'loyalty.burns' },
        { key: 'earnings', title: t('earnings'), category: 'loyalty.earnings' },
      ]}
    />
  );
}
