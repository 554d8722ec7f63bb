/** Audit entries newest first; one opens with what changed. */
import { useMemo, type ReactElement } from 'react';
import {
  Badge,
  DataTable,
  Drawer,
  EmptyState,
  ErrorNote,
  SwitchField,
  useSetUrlSearch,
  useUrlSearch,
  type Column,
  type Tone,
} from '../../design/index.ts';
import { formatMoment } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { actionWords } from '../../words/audit/action-words.ts';
import { useEveryName } from '../../words/names/use-names.ts';
import { useActors } from '../generated/use-actors.ts';
import type { AuditClass, Filters, Report } from './audit-query.ts';
import { EntryDetails } from './entry-details.tsx';
import { groupReads, ungrouped, type EntryGroup } from './group-reads.ts';
import { useEntries, type AuditEntry } from './use-entries.ts';
import { useSubjects } from './use-subjects.ts';
import { words } from './words.ts';

const TONES: Readonly<Record<AuditClass, Tone>> = {
  audit: 'info',
  security: 'waiting',
  access: 'plain',
};

function keyOf({ entry: { class: kind, seq } }: EntryGroup): string {
  return `${kind}-${String(seq)}`;
}

export function EntryTable({
  report,
  query,
}: {
  readonly report: Exclude<Report, 'sign-ins'>;
  readonly query: Filters;
}): ReactElement {
  const t = useWords(words);
  const search = useUrlSearch();
  const set = useSetUrlSearch();
  const said = useSaid();
  const list = useEntries(report, query);
  const isEach = search['each'] === '1';
  const { rows, count } = useRows(list.data?.pages, isEach);
  const open = rows.find((group) => keyOf(group) === search['entry']);
  return (
    <>
      {list.error === null ? null : (
        <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      )}
      <SwitchField
        label={t('each')}
        hint={t('each-hint')}
        value={isEach}
        onChange={(each) => set({ each: each ? '1' : null, entry: null })}
      />
      <DataTable
        label={t(`tab-${report}`)}
        columns={useColumns()}
        rows={rows}
        rowKey={keyOf}
        density="compact"
        isLoading={list.isLoading || list.isFetchingNextPage}
        openKey={search['entry'] ?? null}
        onOpen={(group) => set({ entry: keyOf(group) }, { push: true })}
        loadMore={
          list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined
        }
        footer={t('rows-shown', { count })}
        empty={
          list.error === null ? (
            <EmptyState icon="audit" title={t('empty-title')} text={t(emptyText(report, query))} />
          ) : undefined
        }
      />
      <Drawer
        title={open === undefined ? t('details') : said(open.entry)}
        isOpen={open !== undefined}
        onClose={() => set({ entry: null })}
        width="wide"
      >
        {open === undefined ? null : <EntryDetails group={open} />}
      </Drawer>
    </>
  );
}

function emptyText(
  report: Report,
  query: Filters,
): 'empty-access' | 'empty-filtered' | 'empty-text' {
  if (report === 'access' && query.actor === undefined) return 'empty-access';
  return Object.keys(query).length > 0 ? 'empty-filtered' : 'empty-text';
}

/** The rows, and how many entries they hold. */
function useRows(
  pages: readonly { readonly items: readonly AuditEntry[] }[] | undefined,
  isEach: boolean,
): { readonly rows: readonly EntryGroup[]; readonly count: number } {
  return useMemo(() => {
    const entries = pages?.flatMap(({ items }) => items) ?? [];
    return { rows: isEach ? ungrouped(entries) : groupReads(entries), count: entries.length };
  }, [pages, isEach]);
}

/** What an entry says was done. */
function useSaid(): (entry: AuditEntry) => string {
  const language = useLanguage();
  const namesOf = useEveryName();
  return (entry) => actionWords(entry, language, namesOf);
}

function useColumns(): readonly Column<EntryGroup>[] {
  const t = useWords(words);
  const language = useLanguage();
  const said = useSaid();
  const actorOf = useActors();
  const subjectOf = useSubjects();
  return [
    {
      key: 'action',
      title: t('column-action'),
      width: 'minmax(180px, 1.5fr)',
      cell: ({ entry, count }) =>
        count === 1 ? (
          said(entry)
        ) : (
          <>
            {said(entry)} <span className="text-muted">{t('times', { count })}</span>
          </>
        ),
    },
    {
      key: 'class',
      title: t('column-class'),
      width: 130,
      cell: ({ entry }) => <Badge tone={TONES[entry.class]}>{t(`class-${entry.class}`)}</Badge>,
    },
    {
      key: 'recordedTime',
      title: t('column-time'),
      width: 172,
      cell: ({ entry: { recordedTime } }) => (
        <time dateTime={recordedTime} className="text-13 text-muted">
          {formatMoment(recordedTime, language, { dateStyle: 'short', timeStyle: 'medium' })}
        </time>
      ),
    },
    {
      key: 'actor',
      title: t('column-actor'),
      width: 'minmax(140px, 1fr)',
      cell: ({ entry: { actor } }) => <Named id={actor} name={actorOf} />,
    },
    {
      key: 'subject',
      title: t('column-subject'),
      width: 'minmax(120px, 1fr)',
      cell: ({ entry: { subject } }) => <Named id={subject} name={subjectOf} />,
    },
    {
      key: 'address',
      title: t('column-address'),
      width: 130,
      cell: ({ entry: { address } }) => (
        <code className="text-12 text-muted">{address ?? '–'}</code>
      ),
    },
  ];
}

/** By its name; the id stands in the title. */
function Named(props: {
  readonly id: string | null | undefined;
  name(id: string): string;
}): ReactElement {
  const { id, name } = props;
  if (id === null || id === undefined) return <span className="text-muted">–</span>;
  return (
    <span dir="auto" title={id}>
      {name(id)}
    </span>
  );
}
