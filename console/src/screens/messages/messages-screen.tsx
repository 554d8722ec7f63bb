/** Conversations, messages with their outcome, templates, campaigns, senders. */
import type { ReactElement } from 'react';
import { useWords } from '../../words/language.ts';
import { AreaScreen } from '../lists/area-screen.tsx';
import { DemoNote } from './demo-note.tsx';
import { Inbox } from './inbox.tsx';
import { NotStartedCampaigns } from './not-started.tsx';
import { words } from './words.ts';

export function MessagesScreen(): ReactElement {
  const t = useWords(words);
  return (
    <AreaScreen
      title={t('title')}
      note={
        <>
          <DemoNote />
          <NotStartedCampaigns />
        </>
      }
      tabs={[
        {
          key: 'conversations',
          title: t('conversations'),
          view: () => <Inbox />,
        },
        {
          key: 'sent',
          title: t('sent'),
          category: 'messages',
          empty: { title: t('messages-title'), text: t('messages-text') },
        },
        {
          key: 'templates',
          title: t('templates'),
          category: 'messages.templates',
          empty: { title: t('templates-title'), text: t('templates-text') },
        },
        {
          key: 'campaigns',
          title: t('campaigns'),
          category: 'messages.campaigns',
          pathOf: (id) => `/messages/campaigns/${id}`,
          empty: { title: t('campaigns-title'), text: t('campaigns-text') },
        },
        { key: 'senders', title: t('senders'), category: 'messages.senders' },
        { key: 'suppressions', title: t('suppressions'), category: 'messages.suppressions' },
      ]}
    />
  );
}
