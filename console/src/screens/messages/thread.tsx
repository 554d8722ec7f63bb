/** What one person and the house wrote, oldest first, with days between. */
import { useEffect, useMemo, useRef, type ReactElement } from 'react';
import { useLiveRefresh } from '../../api/live.ts';
import { Button } from '../../design/buttons.tsx';
import { Moment } from '../../design/texts.tsx';
import { useAsOf } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { usePages } from '../lists/use-pages.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { BubbleOf } from './bubble.tsx';
import { whoOf } from './conversation-names.ts';
import {
  bubblesOf,
  LINES_MAX,
  startsDay,
  type Conversation,
  type MessageRow,
} from './conversation-types.ts';
import { useOlderLines } from './use-older-lines.ts';
import { words } from './words-conversations.ts';

export function Thread({ conversation }: { readonly conversation: Conversation }): ReactElement {
  const t = useWords(words);
  const { at } = useAsOf();
  const { id } = conversation;
  const older = useOlderLines(conversation, at);
  const lines = useMemo(
    () => [...older.lines, ...conversation.lines],
    [older.lines, conversation.lines],
  );
  const query = { conversationId: id };
  const messages = usePages<MessageRow>(
    'GET /v1/messages',
    { ...query, at: at ?? undefined },
    { limit: LINES_MAX },
  );
  useLiveRefresh('GET /v1/messages/live', { query: { ...query, limit: 1 } }, ['GET /v1/messages']);
  const bubbles = bubblesOf(lines, messages.rows);
  const place = useNewestInView(bubbles.at(-1)?.messageId ?? '');
  return (
    <div
      ref={place}
      role="log"
      aria-label={t('thread', { name: whoOf(conversation, t) })}
      // Keyboards scroll it, so it takes the focus.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="flex min-h-48 min-w-0 flex-1 flex-col gap-3 overflow-y-auto px-4 py-3 lg:max-h-[calc(100dvh-24rem)]"
    >
      {older.loadMore === undefined ? null : (
        <div className="flex justify-center">
          <Button
            size="compact"
            icon="chevron-up"
            isBusy={older.isLoading}
            onClick={() => {
              older.loadMore?.();
              // What became of what the house wrote then.
              messages.loadMore?.();
            }}
          >
            {t('older')}
          </Button>
        </div>
      )}
      <FailureNote error={older.error} />
      {bubbles.length === 0 ? <p className="text-muted">{t('thread-empty')}</p> : null}
      <ol className="flex min-w-0 flex-col gap-3">
        {bubbles.map((bubble, index) => (
          <Dated
            key={`${bubble.from} ${bubble.messageId}`}
            at={startsDay(bubbles, index) ? bubble.at : null}
          >
            <BubbleOf bubble={bubble} />
          </Dated>
        ))}
      </ol>
      <FailureNote error={messages.error} />
    </div>
  );
}

function Dated({
  at,
  children,
}: {
  /** Where a day begins. */
  readonly at: string | null;
  readonly children: ReactElement;
}): ReactElement {
  return (
    <>
      {at === null ? null : (
        <li className="self-center rounded-full bg-sunken px-3 py-0.5 text-12 text-muted-on-soft">
          <Moment at={at} only="date" />
        </li>
      )}
      {children}
    </>
  );
}

/** The newest message is what one came for; whoever scrolled up to read is left there until another comes. */
function useNewestInView(newest: string) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = place.current;
    if (box !== null) box.scrollTop = box.scrollHeight;
  }, [newest]);
  return place;
}
