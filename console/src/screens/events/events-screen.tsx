/** The event explorer: everything that happened, filtered by one line, live, each event from all sides. */
import { useMemo, useState, type ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import {
  Button,
  DataTable,
  EmptyState,
  ErrorNote,
  Page,
  SelectField,
  useSetUrlSearch,
  useNow,
  useUrlSearch,
  type Column,
} from '../../design/index.ts';
import { eventWords, type EventNames } from '../../words/event-words.ts';
import { formatMoment, formatNumber } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { DemoHint } from '../demo/demo-hint.tsx';
import { EventDrawer } from './event-drawer.tsx';
import { eventKey } from './event-places.ts';
import { FilterLine } from './filter-line.tsx';
import { parseFilter, questionOf, withFilter, type EventQuestion } from './filter-language.ts';
import { LiveBar } from './live-bar.tsx';
import type { EventJson, EventOrder } from './read-events.ts';
import type { Known } from './suggestions.ts';
import { useEvents, type EventsRead } from './use-events.ts';
import { useSentenceNames } from './use-sentence-names.ts';
import { useTail, type Tail } from './use-tail.ts';
import { ViewTabs } from './view-tabs.tsx';
import { words } from './words.ts';

export function EventsScreen(): ReactElement {
  const t = useWords(words);
  const search = useUrlSearch();
  const set = useSetUrlSearch();
  const line = search['q'] ?? '';
  const order: EventOrder = search['order'] === 'oldest' ? 'oldest' : 'newest';
  const question = useQuestion(line);
  const list = useEvents(question, order);
  const [isLive, setLive] = useState(false);
  const reason = liveReason({ question, order, t });
  const tail = useTail(question, isLive && reason === null ? list.tailCursor : null);
  const rows = useMemo(
    () => joined(tail.state.shown, list.events),
    [tail.state.shown, list.events],
  );
  const known = useKnown(rows);
  const open =
    search['event'] === undefined ? null : { id: search['event'], source: search['source'] ?? '' };
  const setLine = (next: string): void =>
    set({ q: next, event: null, source: null, view: null }, { push: true });
  return (
    <Page
      title={t('title')}
      actions={
        <LiveBar
          tail={tail}
          isOn={isLive && reason === null}
          reason={reason}
          onToggle={() => setLive(!isLive)}
          onReadAgain={list.readAgain}
        />
      }
    >
      <DemoHint hint="events-time-machine" />
      <ViewTabs line={line} onLine={setLine} />
      <FilterBar line={line} order={order} known={known} onLine={setLine} />
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
      <Rows
        rows={rows}
        list={list}
        isFiltered={line !== ''}
        openKey={open === null ? null : eventKey(open)}
        onOpen={({ id, source }) => set({ event: id, source }, { push: open === null })}
        onShowAll={() => setLine('')}
      />
      <EventDrawer
        open={open}
        loaded={
          open === null ? undefined : rows.find((event) => eventKey(event) === eventKey(open))
        }
        onClose={() => set({ event: null, source: null, view: null })}
        onOpenEvent={({ id, source }) => set({ event: id, source }, { push: true })}
        onFilter={(name, value) => setLine(withFilter(line, name, value))}
      />
    </Page>
  );
}

function FilterBar({
  line,
  order,
  known,
  onLine,
}: {
  readonly line: string;
  readonly order: EventOrder;
  readonly known: Known;
  onLine(line: string): void;
}): ReactElement {
  const t = useWords(words);
  const set = useSetUrlSearch();
  return (
    <div className="flex min-w-0 flex-wrap items-start gap-3">
      <FilterLine line={line} known={known} onApply={onLine} />
      <SelectField
        label={t('order')}
        isLabelHidden
        value={order}
        options={[
          { value: 'newest', label: t('order-newest') },
          { value: 'oldest', label: t('order-oldest') },
        ]}
        onChange={(next) => set({ order: next === 'newest' ? null : next })}
      />
    </div>
  );
}

/** Relative times are taken once a filter: the list must not change while it is read. */
function useQuestion(line: string): EventQuestion {
  const nowMs = useNow(CLOCK_MS);
  const [asked, setAsked] = useState({ line, nowMs });
  if (asked.line !== line) setAsked({ line, nowMs });
  return useMemo(() => questionOf(parseFilter(asked.line), asked.nowMs), [asked]);
}

/** `from:-1h` may begin by so much too early. */
const CLOCK_MS = 10_000;

function liveReason({
  question: { toMs },
  order,
  t,
}: {
  readonly question: EventQuestion;
  readonly order: EventOrder;
  readonly t: (key: 'live-not-past' | 'live-not-oldest') => string;
}): string | null {
  if (toMs !== null) return t('live-not-past');
  return order === 'oldest' ? t('live-not-oldest') : null;
}

/** The tail begins behind the list, so nothing stands twice; a list that was read again may hold what the tail brought. */
function joined(live: Tail['state']['shown'], listed: readonly EventJson[]): readonly EventJson[] {
  if (live.length === 0) return listed;
  const keys = new Set(live.map(eventKey));
  return [...live, ...listed.filter((event) => !keys.has(eventKey(event)))];
}

/** Enough of the newest rows to suggest from. */
const SUGGESTED_FROM = 300;

function useKnown(rows: readonly EventJson[]): Known {
  const modules = useRead('GET /v1/modules', {});
  return useMemo(() => {
    const some = rows.slice(0, SUGGESTED_FROM);
    const distinct = (values: readonly (string | undefined)[]): readonly string[] => [
      ...new Set(values.filter((value) => value !== undefined)),
    ];
    const own = modules.data?.items.flatMap(({ aggregates }) =>
      aggregates.flatMap(({ events }) => events.map(({ type }) => type)),
    );
    return {
      types: distinct([...some.map(({ type }) => type), ...(own ?? [])]),
      sources: distinct(some.map(({ source }) => source)),
      streams: distinct(some.map(({ stream }) => stream)),
    };
  }, [rows, modules.data]);
}

function Rows({
  rows,
  list,
  isFiltered,
  openKey,
  onOpen,
  onShowAll,
}: {
  readonly rows: readonly EventJson[];
  readonly list: EventsRead;
  readonly isFiltered: boolean;
  readonly openKey: string | null;
  onOpen(event: EventJson): void;
  onShowAll(): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const looked =
    list.looked > list.events.length
      ? ` · ${t('rows-looked', { looked: formatNumber(list.looked, language) })}`
      : '';
  const canLoad = list.hasMore && !list.isLoadingMore;
  return (
    <DataTable
      label={t('title')}
      columns={useColumns(useSentenceNames(rows))}
      rows={rows}
      rowKey={eventKey}
      density="compact"
      isLoading={list.isLoading || list.isLoadingMore}
      openKey={openKey}
      onOpen={onOpen}
      loadMore={canLoad ? list.loadMore : undefined}
      footer={
        <>
          {t('rows-shown', { count: rows.length })}
          {looked}
          {list.isFull ? ` · ${t('rows-full')}` : null}
        </>
      }
      empty={
        list.error === null ? (
          <Empty list={list} isFiltered={isFiltered} onShowAll={onShowAll} />
        ) : undefined
      }
    />
  );
}

function useColumns(names: EventNames): readonly Column<EventJson>[] {
  const t = useWords(words);
  const language = useLanguage();
  return useMemo(
    () => [
      {
        key: 'words',
        title: t('column-words'),
        width: 'minmax(240px, 2fr)',
        cell: (event) => eventWords(event, language, names),
      },
      {
        key: 'recordedtime',
        title: t('column-time'),
        width: 172,
        cell: (event) => (
          <time dateTime={event.recordedtime} className="text-13 whitespace-nowrap text-muted">
            {formatMoment(event.recordedtime, language, {
              dateStyle: 'short',
              timeStyle: 'medium',
            })}
          </time>
        ),
      },
      {
        key: 'type',
        title: t('column-type'),
        width: 'minmax(180px, 1.2fr)',
        cell: (event) => <code className="text-12 text-muted">{event.type}</code>,
      },
      {
        key: 'stream',
        title: t('column-stream'),
        width: 'minmax(140px, 1fr)',
        cell: (event) => <code className="text-12 text-muted">{event.stream ?? '–'}</code>,
      },
    ],
    [t, language, names],
  );
}

function Empty({
  list,
  isFiltered,
  onShowAll,
}: {
  readonly list: EventsRead;
  readonly isFiltered: boolean;
  onShowAll(): void;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  if (!isFiltered)
    return (
      <EmptyState
        title={t('empty-title')}
        text={t('empty-text')}
        command={`curl -X POST ${location.origin}/v1/events -H "Authorization: Bearer $COMPTOIR_API_KEY" -H "Content-Type: application/cloudevents+json" -d '{"specversion":"1.0","id":"1","source":"/try","type":"com.example.hello","data":{}}'`}
      />
    );
  return (
    <EmptyState
      icon="filter"
      title={t('empty-filtered-title')}
      text={`${t('empty-filtered-text')} ${list.looked > 0 ? `(${t('rows-looked', { looked: formatNumber(list.looked, language) })})` : ''}`}
      action={
        <>
          {list.hasMore ? (
            <Button onClick={list.loadMore} isBusy={list.isLoadingMore}>
              {t('live-reload')}
            </Button>
          ) : null}
          <Button kind="primary" onClick={onShowAll}>
            {t('show-all')}
          </Button>
        </>
      }
    />
  );
}
