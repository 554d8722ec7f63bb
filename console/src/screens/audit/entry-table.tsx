/** Audit entries newest first; one opens with what changed. */
import type { ReactElement } from 'react';
import {
  Badge,
  DataTable,
  DiffView,
  Drawer,
  EmptyState,
  ErrorNote,
  Facts,
  Mono,
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
import { useEntries, type AuditEntry } from './use-entries.ts';
import { useSubjects } from './use-subjects.ts';
import { words } from './words.ts';

const TONES: Readonly<Record<AuditClass, Tone>> = {
  audit: 'info',
  security: 'waiting',
  access: 'plain',
};

function keyOf({ class: kind, seq }: AuditEntry): string {
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
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const open = rows.find((entry) => keyOf(entry) === search['entry']);
  const isAsked = report !== 'access' || query.actor !== undefined;
  const text = !isAsked
    ? t('empty-access')
    : Object.keys(query).length > 0
      ? t('empty-filtered')
      : t('empty-text');
  return (
    <>
      {list.error === null ? null : (
        <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      )}
      <DataTable
        label={t(`tab-${report}`)}
        columns={useColumns()}
        rows={rows}
        rowKey={keyOf}
        density="compact"
        isLoading={list.isLoading || list.isFetchingNextPage}
        openKey={search['entry'] ?? null}
        onOpen={(entry) => set({ entry: keyOf(entry) }, { push: true })}
        loadMore={
          list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined
        }
        footer={t('rows-shown', { count: rows.length })}
        empty={
          list.error === null ? (
            <EmptyState icon="audit" title={t('empty-title')} text={text} />
          ) : undefined
        }
      />
      <Drawer
        title={open === undefined ? t('details') : said(open)}
        isOpen={open !== undefined}
        onClose={() => set({ entry: null })}
        width="wide"
      >
        {open === undefined ? null : <Entry entry={open} />}
      </Drawer>
    </>
  );
}

/** What an entry says was done. */
function useSaid(): (entry: AuditEntry) => string {
  const language = useLanguage();
  const namesOf = useEveryName();
  return (entry) => actionWords(entry, language, namesOf);
}

function useColumns(): readonly Column<AuditEntry>[] {
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
      cell: said,
    },
    {
      key: 'class',
      title: t('column-class'),
      width: 130,
      cell: (entry) => <Badge tone={TONES[entry.class]}>{t(`class-${entry.class}`)}</Badge>,
    },
    {
      key: 'recordedTime',
      title: t('column-time'),
      width: 172,
      cell: ({ recordedTime }) => (
        <time dateTime={recordedTime} className="text-13 text-muted">
          {formatMoment(recordedTime, language, { dateStyle: 'short', timeStyle: 'medium' })}
        </time>
      ),
    },
    {
      key: 'actor',
      title: t('column-actor'),
      width: 'minmax(140px, 1fr)',
      cell: ({ actor }) => <Named id={actor} name={actorOf} />,
    },
    {
      key: 'subject',
      title: t('column-subject'),
      width: 'minmax(120px, 1fr)',
      cell: ({ subject }) => <Named id={subject} name={subjectOf} />,
    },
    {
      key: 'address',
      title: t('column-address'),
      width: 130,
      cell: ({ address }) => <code className="text-12 text-muted">{address ?? '–'}</code>,
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

/** By its name, with the id below for whoever has to quote it. */
function NamedFact(props: Parameters<typeof Named>[0]): ReactElement | null {
  const { id, name } = props;
  if (id === null || id === undefined) return null;
  const said = name(id);
  return (
    <span className="flex min-w-0 flex-col">
      {said === id ? null : <span dir="auto">{said}</span>}
      <Mono copy>{id}</Mono>
    </span>
  );
}

function Entry({ entry }: { readonly entry: AuditEntry }): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const actorOf = useActors();
  const subjectOf = useSubjects();
  const mono = (text: string | null | undefined): ReactElement | null =>
    text === null || text === undefined ? null : <Mono copy>{text}</Mono>;
  const hasChanges = entry.before !== undefined || entry.after !== undefined;
  return (
    <div className="flex flex-col gap-4">
      {entry.damaged === true ? <Badge tone="bad">{t('damaged')}</Badge> : null}
      <Facts
        facts={[
          [
            t('column-time'),
            formatMoment(entry.recordedTime, language, { dateStyle: 'full', timeStyle: 'long' }),
          ],
          [t('column-action'), mono(entry.action)],
          [t('column-class'), t(`class-${entry.class}`)],
          [t('seq'), entry.seq],
          [t('column-actor'), <NamedFact key="actor" id={entry.actor} name={actorOf} />],
          [
            t('approver'),
            entry.approver === undefined ? null : (
              <NamedFact key="approver" id={entry.approver} name={actorOf} />
            ),
          ],
          [
            t('column-subject'),
            entry.subject === undefined ? null : (
              <NamedFact key="subject" id={entry.subject} name={subjectOf} />
            ),
          ],
          [t('people'), mono(entry.subjects?.join(', '))],
          [t('column-count'), entry.count],
          [t('column-address'), mono(entry.address)],
          [t('route'), mono(entry.route)],
          [t('purpose'), entry.purpose],
          [t('code'), mono(entry.code)],
          [t('trace'), mono(entry.traceId)],
        ]}
      />
      {hasChanges ? (
        <section className="flex flex-col gap-2">
          <h3 className="text-14">{t('changes-title')}</h3>
          <DiffView before={entry.before ?? {}} after={entry.after ?? {}} />
        </section>
      ) : null}
      {entry.omitted === undefined ? null : (
        <p className="text-muted">{t('omitted', { reason: entry.omitted })}</p>
      )}
    </div>
  );
}
