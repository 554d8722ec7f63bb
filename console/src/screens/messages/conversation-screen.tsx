/** One conversation beside the inbox it was chosen from: the thread, and the answer below it. */
import { useParams } from '@tanstack/react-router';
import { useEffect, type ReactElement } from 'react';
import { client, readAgain, useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { TextLink } from '../../design/buttons.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Page } from '../../design/page.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { shaped } from '../order/order-types.ts';
import { AnswerBox } from './answer-box.tsx';
import { ConversationActions, ConversationHead } from './conversation-head.tsx';
import { REPLY_AGAIN } from './conversation-names.ts';
import type { Conversation } from './conversation-types.ts';
import { Inbox } from './inbox.tsx';
import { Thread } from './thread.tsx';
import { useWho } from './who.tsx';
import { words as areaWords } from './words.ts';
import { words } from './words-conversations.ts';

export function ConversationScreen(): ReactElement {
  const { id = '' } = useParams({ strict: false });
  const t = useWords(words);
  const area = useWords(areaWords);
  const { at } = useAsOf();
  const read = useRead(
    'GET /v1/messages/conversations/{id}',
    { params: { id }, query: { at: at ?? undefined } },
    { keep: true },
  );
  const known = shaped<Conversation | undefined>(read.data);
  // While another one loads, the one before is not shown as if it were this one.
  const conversation = known?.id === id ? known : undefined;
  useSeen(conversation);
  const who = useWho(conversation);
  return (
    <Page
      title={who === '' ? area('conversation') : who}
      above={<TextLink to="/messages">{area('title')}</TextLink>}
      actions={
        conversation === undefined ? undefined : <ConversationActions conversation={conversation} />
      }
    >
      <div className="grid min-w-0 grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(16rem,22rem)_minmax(0,1fr)]">
        <div className="hidden min-w-0 lg:block lg:max-h-[calc(100dvh-12rem)] lg:overflow-y-auto">
          <Inbox openId={id} />
        </div>
        {read.error?.status === 404 ? (
          <EmptyState icon="messages" title={t('none-here')} text={t('choose-one')} />
        ) : read.error !== null && conversation === undefined ? (
          <ErrorNote error={read.error} onRetry={() => void read.refetch()} />
        ) : conversation === undefined ? (
          <Skeleton lines={8} />
        ) : (
          <article className="flex min-w-0 flex-col rounded-card border border-line bg-raised">
            <ConversationHead conversation={conversation} />
            <Thread key={id} conversation={conversation} />
            <div className="border-t border-line p-4">
              <AnswerBox key={id} conversation={conversation} />
            </div>
          </article>
        )}
      </div>
    </Page>
  );
}

/** Whoever has it open has read it, where they may say so; while nobody looks at the tab nothing is noted. */
function useSeen(conversation: Conversation | undefined): void {
  const { permissions } = useSession();
  const { at } = useAsOf();
  const may = at === null && allows(permissions, 'messages:reply');
  const id = conversation?.id;
  const isNew = (conversation?.unread ?? 0) > 0;
  useEffect(() => {
    if (id === undefined || !may || !isNew || document.hidden) return;
    // A note that is lost is made at the next look.
    void client
      .call('POST /v1/messages/conversations/{id}/see', { params: { id }, body: {} })
      .then(() => readAgain(...REPLY_AGAIN))
      .catch(() => undefined);
  }, [id, may, isNew]);
}
