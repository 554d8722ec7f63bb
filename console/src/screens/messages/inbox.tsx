/** The inbox: who waits for an answer first, then who was answered; live. */
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useLiveRefresh } from '../../api/live.ts';
import { useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { classes } from '../../design/classes.ts';
import { Icon } from '../../design/icons.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { Moment } from '../../design/texts.tsx';
import { useAsOf, useUrlState } from '../../design/url-state.ts';
import { useWords } from '../../words/language.ts';
import { usePages, type Conditions, type Pages } from '../lists/use-pages.ts';
import { kindOf, type Say } from './conversation-names.ts';
import type { ConversationRow } from './conversation-types.ts';
import { Who } from './who.tsx';
import { WindowMark } from './window-mark.tsx';
import { words as areaWords } from './words.ts';
import { words } from './words-conversations.ts';

const SHOWN = ['open', 'mine', 'closed'] as const;
type Shown = (typeof SHOWN)[number];
const PAGE_ROWS = 50;
const LIST = 'GET /v1/messages/conversations';

function useConversations(conditions: Conditions, enabled: boolean): Pages<ConversationRow> {
  const { at } = useAsOf();
  const asked = { ...conditions, at: at ?? undefined };
  return usePages<ConversationRow>(LIST, asked, { limit: PAGE_ROWS, enabled });
}

export function Inbox({ openId }: { readonly openId?: string }): ReactElement {
  const t = useWords(words);
  const { user } = useSession();
  const { at } = useAsOf();
  const [chosen, choose] = useUrlState('show', 'open');
  const shown: Shown = SHOWN.find((each) => each === chosen) ?? 'open';
  const mine: Conditions = shown === 'mine' ? { assignedTo: user.id } : {};
  const isOpen = shown !== 'closed';
  const open = { status: 'open', ...mine };
  const waiting = useConversations({ ...open, unanswered: 'true' }, isOpen);
  const answered = useConversations({ ...open, unanswered: 'false' }, isOpen);
  const closed = useConversations({ status: 'closed' }, !isOpen);
  const again = [LIST, 'GET /v1/messages/conversations/{id}'] as const;
  useLiveRefresh('GET /v1/messages/conversations/live', { query: { limit: 1 } }, again);
  const isEmpty =
    isOpen && !waiting.isLoading && !answered.isLoading && at === null && shown === 'open';
  return (
    <nav aria-label={t('inbox')} className="flex min-w-0 flex-col gap-3">
      <div role="group" aria-label={t('show')} className="flex flex-wrap gap-1">
        {SHOWN.map((each) => (
          <Button key={each} size="compact" isPressed={each === shown} onClick={() => choose(each)}>
            {t(`show-${each}`)}
          </Button>
        ))}
      </div>
      {isEmpty && waiting.rows.length + answered.rows.length === 0 && noError(waiting, answered) ? (
        <NobodyWrote />
      ) : isOpen ? (
        <>
          <Section title={t('waiting')} none={t('none-waiting')} pages={waiting} openId={openId} />
          <Section title={t('answered')} none={t('none-here')} pages={answered} openId={openId} />
        </>
      ) : (
        <Section title={t('show-closed')} none={t('none-here')} pages={closed} openId={openId} />
      )}
    </nav>
  );
}

function noError(...pages: readonly Pages<unknown>[]): boolean {
  return pages.every(({ error }) => error === null);
}

function NobodyWrote(): ReactElement {
  const t = useWords(areaWords);
  return (
    <EmptyState icon="messages" title={t('conversations-title')} text={t('conversations-text')} />
  );
}

function Section(props: {
  readonly title: string;
  readonly none: string;
  readonly pages: Pages<ConversationRow>;
  readonly openId: string | undefined;
}): ReactElement {
  const t = useWords(words);
  const { title, none, pages, openId } = props;
  const { rows, isLoading, error, loadMore } = pages;
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-1">
      <h2 className="flex items-baseline justify-between gap-2 px-1 text-13 text-muted">
        {title}
        {rows.length === 0 ? null : (
          <span>{`${rows.length}${loadMore === undefined ? '' : '+'}`}</span>
        )}
      </h2>
      {error === null ? null : <ErrorNote error={error} onRetry={pages.readAgain} />}
      {isLoading && rows.length === 0 ? <Skeleton lines={3} /> : null}
      {!isLoading && rows.length === 0 && error === null ? (
        <p className="px-1 text-13 text-muted">{none}</p>
      ) : null}
      {rows.length === 0 ? null : (
        <ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-raised">
          {rows.map((row) => (
            <Row key={row.id} row={row} isOpen={row.id === openId} />
          ))}
        </ul>
      )}
      {loadMore === undefined ? null : (
        <div>
          <Button size="compact" isBusy={isLoading} onClick={loadMore}>
            {t('more')}
          </Button>
        </div>
      )}
    </section>
  );
}

const CHANNEL_ICONS = { whatsapp: 'phone', email: 'mail', sms: 'phone' } as const;

function Row({
  row,
  isOpen,
}: {
  readonly row: ConversationRow;
  readonly isOpen: boolean;
}): ReactElement {
  const t = useWords(words);
  const isNew = row.unread > 0;
  return (
    <li>
      <Link
        to={`/messages/conversations/${encodeURIComponent(row.id)}`}
        // The filter of the list stays.
        search={(now: Readonly<Record<string, string>>) => now}
        aria-current={isOpen ? 'page' : undefined}
        className={classes(
          'flex min-w-0 flex-col gap-1 px-3 py-2.5 no-underline focus-visible:-outline-offset-2',
          isOpen ? 'bg-brand-soft' : 'hover:bg-sunken',
        )}
      >
        <span className="flex min-w-0 items-baseline gap-2">
          <bdi
            className={classes(
              'min-w-0 flex-1 truncate text-ink',
              isNew ? 'font-semibold' : 'font-medium',
            )}
          >
            <Who of={row} />
          </bdi>
          <span className="shrink-0 text-12 text-muted-on-soft">
            <Moment at={row.lastAt} relative />
          </span>
        </span>
        <span className="flex min-w-0 items-center gap-1.5 text-13 text-muted-on-soft">
          <Icon name={CHANNEL_ICONS[row.channel]} size={12} className="shrink-0" />
          <span className="sr-only">{t(row.channel)}: </span>
          <span className={classes('min-w-0 flex-1 truncate', isNew && 'text-ink')}>
            {row.lastFrom === 'house' ? `${t('you')}: ` : ''}
            <bdi>{lastLineOf(row, t)}</bdi>
          </span>
          {isNew ? <Unread count={row.unread} /> : null}
        </span>
        <span className="flex min-w-0 flex-wrap gap-1 empty:hidden">
          <WindowMark of={row} />
        </span>
      </Link>
    </li>
  );
}

function Unread({ count }: { readonly count: number }): ReactElement {
  const t = useWords(words);
  return (
    <span className="shrink-0 rounded-full bg-brand px-1.5 text-12 font-semibold text-on-brand">
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{t('unread', { count })}</span>
    </span>
  );
}

function lastLineOf({ lastText, lastKind, lastFrom }: ConversationRow, t: Say): string {
  if (lastText !== null && lastText !== '') return lastText;
  return lastFrom === null ? '' : kindOf(lastKind ?? '', t);
}
