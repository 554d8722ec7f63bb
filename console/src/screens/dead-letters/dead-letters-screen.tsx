/** Dead letters: events that a strict schema refused, by reason, one by one or many at once. */
import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { CallFailed, Operations } from '../../../../src/client/client.ts';
import { client } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import {
  DataTable,
  EmptyState,
  ErrorNote,
  Moment,
  Page,
  SwitchField,
  Tabs,
  useSetUrlSearch,
  useUrlSearch,
  type Column,
} from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import { codeWords } from './code-words.ts';
import { useDetailWords } from './use-details.ts';
import { BulkBar } from './bulk-bar.tsx';
import { groupsOf, type DeadLetter } from './groups.ts';
import { LetterDrawer, LetterStatus } from './letter-drawer.tsx';
import { words } from './words.ts';

type LetterPage = Operations['GET /v1/events/rejected']['answer'];

const PAGE_LETTERS = 100;
const READ_EVERY_MS = 10_000;
const ALL = 'all';

function useLetters() {
  return useInfiniteQuery<
    LetterPage,
    CallFailed,
    InfiniteData<LetterPage>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: ['GET /v1/events/rejected', { pages: true }],
    initialPageParam: undefined,
    refetchInterval: READ_EVERY_MS,
    queryFn: async ({ pageParam, signal }) =>
      (
        await client.call('GET /v1/events/rejected', {
          query: { limit: PAGE_LETTERS, after: pageParam },
          signal,
        })
      ).body,
    getNextPageParam: ({ more, next }) => (more ? (next ?? undefined) : undefined),
  });
}

export function DeadLettersScreen(): ReactElement {
  const t = useWords(words);
  const search = useUrlSearch();
  const set = useSetUrlSearch();
  const mayWrite = allows(useSession().permissions, 'events:write');
  const read = useLetters();
  const all = read.data?.pages.flatMap(({ items }) => items) ?? [];
  const isOpenOnly = search['open'] === '1';
  const code = search['code'] ?? ALL;
  const rows = all.filter(
    (letter) => (code === ALL || letter.code === code) && (!isOpenOnly || letter.status === 'open'),
  );
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const chosen = rows.filter(({ id, status }) => selected.has(id) && status === 'open');
  return (
    <Page title={t('title')} actions={<OpenOnly isOn={isOpenOnly} />}>
      <p className="max-w-prose text-muted">{t('intro')}</p>
      <GroupTabs
        all={all}
        code={code}
        onCode={(next) => set({ code: next === ALL ? null : next })}
      />
      {read.error === null ? null : (
        <ErrorNote error={read.error} onRetry={() => void read.refetch()} />
      )}
      {chosen.length === 0 ? null : (
        <BulkBar letters={chosen} mayWrite={mayWrite} onDone={() => setSelected(new Set())} />
      )}
      <DataTable
        label={t('title')}
        columns={useColumns(rows)}
        rows={rows}
        rowKey={({ id }) => id}
        isLoading={read.isLoading || read.isFetchingNextPage}
        selected={selected}
        onSelect={setSelected}
        openKey={search['letter'] ?? null}
        onOpen={({ id }) => set({ letter: id }, { push: true })}
        loadMore={read.hasNextPage ? () => void read.fetchNextPage() : undefined}
        footer={t('rows-shown', { count: rows.length })}
        empty={read.error === null ? <Empty isFiltered={all.length > 0} /> : undefined}
      />
      <LetterDrawer
        letter={all.find(({ id }) => id === search['letter']) ?? null}
        mayWrite={mayWrite}
        onClose={() => set({ letter: null })}
      />
    </Page>
  );
}

function Empty({ isFiltered }: { readonly isFiltered: boolean }): ReactElement {
  const t = useWords(words);
  return (
    <EmptyState
      icon="dead-letters"
      title={t('empty-title')}
      text={t(isFiltered ? 'empty-group' : 'empty-text')}
    />
  );
}

function OpenOnly({ isOn }: { readonly isOn: boolean }): ReactElement {
  const t = useWords(words);
  const set = useSetUrlSearch();
  return (
    <SwitchField
      label={t('only-open')}
      value={isOn}
      onChange={(next) => set({ open: next ? '1' : null })}
    />
  );
}

function GroupTabs({
  all,
  code,
  onCode,
}: {
  readonly all: readonly DeadLetter[];
  readonly code: string;
  onCode(code: string): void;
}): ReactElement | null {
  const t = useWords(words);
  const groups = groupsOf(all);
  // One group is all there is: a second tab would show the same.
  if (groups.length < 2 && code === ALL) return null;
  return (
    <Tabs<string>
      label={t('groups')}
      tabs={[
        { value: ALL, label: t('group-all'), count: all.length },
        ...groups.map((group) => ({
          value: group.code,
          label: codeWords(group.code, t),
          count: group.count,
        })),
      ]}
      value={code}
      onChange={onCode}
    />
  );
}

function useColumns(rows: readonly DeadLetter[]): readonly Column<DeadLetter>[] {
  const t = useWords(words);
  const said = useDetailWords(rows.map(({ detail }) => detail));
  return [
    {
      key: 'detail',
      title: t('column-detail'),
      width: 'minmax(200px, 2fr)',
      cell: ({ detail }) => said(detail),
    },
    {
      key: 'type',
      title: t('column-type'),
      width: 'minmax(160px, 1fr)',
      cell: ({ type }) => <code className="text-12">{type}</code>,
    },
    {
      key: 'source',
      title: t('column-source'),
      width: 'minmax(120px, 1fr)',
      cell: ({ source }) => <code className="text-12">{source}</code>,
    },
    {
      key: 'status',
      title: t('column-status'),
      width: 120,
      sortable: true,
      cell: ({ status }) => <LetterStatus status={status} />,
    },
    {
      key: 'createdAt',
      title: t('column-time'),
      width: 200,
      sortable: true,
      cell: ({ createdAt }) => <Moment at={createdAt} />,
    },
  ];
}
