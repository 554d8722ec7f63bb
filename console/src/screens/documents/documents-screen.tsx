/** PDFs: uploaded, judged, worked on. */
import { useEffect, useState, type ReactElement } from 'react';
import { readAgain } from '../../api/api.ts';
import { DataTable } from '../../design/data-table.tsx';
import { type Column } from '../../design/table-parts.ts';
import { Badge, EmptyState, ErrorNote } from '../../design/marks.tsx';
import { Page } from '../../design/page.tsx';
import { Moment } from '../../design/texts.tsx';
import { useProblemToast } from '../../design/problem-toast.ts';
import { useUrlState } from '../../design/url-state.ts';
import type { Language } from '../../words/define-words.ts';
import { useLanguage, useWords, type Speak } from '../../words/language.ts';
import { FileField } from '../lists/file-field.tsx';
import { usePages, type Pages } from '../lists/use-pages.ts';
import { DocumentDrawer } from './document-drawer.tsx';
import { missingOf } from './document-names.ts';
import { VERDICT_TONES, verdictOf, type DocumentRow } from './document-types.ts';
import { formatBytes } from './format-bytes.ts';
import { JobsCard, SelectedBar } from './jobs.tsx';
import { sendDocument } from './upload.ts';
import { useFarther } from './use-farther.ts';
import { useJobs, type Jobs } from './use-jobs.ts';
import { useNames, type Names } from './use-names.ts';
import { words } from './words.ts';

/** Between two looks at documents that are being judged. */
const LOOK_AGAIN_MS = 1000;

function documentsScreenColumns(of: {
  readonly t: Speak<keyof typeof words.en>;
  readonly language: Language;
  readonly names: Names;
}): readonly Column<DocumentRow>[] {
  const { t, language, names } = of;
  return [
    {
      key: 'id',
      title: t('document'),
      width: 'minmax(140px, 1fr)',
      sortable: names.of,
      cell: (row) => <bdi className="truncate font-medium">{names.of(row)}</bdi>,
    },
    {
      key: 'verdict',
      title: t('verdict'),
      width: 190,
      cell: (row) => <Badge tone={VERDICT_TONES[verdictOf(row)]}>{t(verdictOf(row))}</Badge>,
    },
    {
      key: 'pages',
      title: t('pages'),
      numeric: true,
      width: 80,
      cell: (row) => row.pages ?? '–',
    },
    {
      key: 'bytes',
      title: t('size'),
      numeric: true,
      width: 110,
      sortable: true,
      cell: (row) => formatBytes(row.bytes, language),
    },
    {
      key: 'createdAt',
      title: t('created'),
      width: 200,
      sortable: true,
      cell: (row) => <Moment at={row.createdAt} />,
    },
  ];
}

export function DocumentsScreen(): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const [openId, setOpen] = useUrlState('open');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const jobs = useJobs();
  const list = usePages<DocumentRow>('GET /v1/documents', {}, { limit: 100 });
  const isReadOut = useReadForNames(list, jobs);
  const names = useNames(useFarther({ documents: list.rows, jobs: jobs.all }, isReadOut));
  const chosen = [...selected].flatMap((id) => list.rows.find((row) => row.id === id) ?? []);
  useLookAgain(list.rows.some((row) => verdictOf(row) === 'judging'));
  return (
    <Page title={t('title')}>
      <Upload />
      <SelectedBar jobs={jobs} names={names} selected={chosen} />
      {list.error === null ? null : <ErrorNote error={list.error} onRetry={list.readAgain} />}
      <DataTable<DocumentRow>
        label={t('title')}
        rows={list.rows}
        rowKey={({ id }) => id}
        isLoading={list.isLoading}
        loadMore={list.loadMore}
        selected={selected}
        onSelect={setSelected}
        onOpen={({ id }) => setOpen(id)}
        empty={<EmptyState icon="documents" title={t('empty-title')} text={t('empty-text')} />}
        columns={documentsScreenColumns({ t, language, names })}
      />
      <JobsCard jobs={jobs} names={names} />
      {openId === '' ? null : (
        <DocumentDrawer
          key={openId}
          id={openId}
          jobs={jobs}
          names={names}
          onClose={() => setOpen('')}
        />
      )}
    </Page>
  );
}

/** Rows beyond which the lists are not read for names any more: what is missing then is looked up one by one. */
const READ_FOR_NAMES_MAX = 400;

/** A result is called after what it was made of, which may stand further back in the lists. True once they were read for it. */
function useReadForNames(list: Pages<DocumentRow>, jobs: Jobs): boolean {
  const missing = missingOf({ documents: list.rows, jobs: jobs.all });
  const moreJobs = jobs.all.length < READ_FOR_NAMES_MAX ? jobs.loadMore : undefined;
  const moreRows = list.rows.length < READ_FOR_NAMES_MAX ? list.loadMore : undefined;
  useEffect(() => {
    if (missing.jobs) moreJobs?.();
  }, [missing.jobs, moreJobs]);
  useEffect(() => {
    if (missing.documents) moreRows?.();
  }, [missing.documents, moreRows]);
  const isFull = (rows: number): boolean => rows >= READ_FOR_NAMES_MAX;
  return (
    (missing.jobs && isFull(jobs.all.length)) || (missing.documents && isFull(list.rows.length))
  );
}

function useLookAgain(isAwaited: boolean): void {
  useEffect(() => {
    if (!isAwaited) return undefined;
    const timer = setInterval(() => void readAgain('GET /v1/documents'), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isAwaited]);
}

function Upload(): ReactElement {
  const t = useWords(words);
  const told = useProblemToast();
  const [sending, setSending] = useState<
    readonly { readonly name: string; readonly part: number }[]
  >([]);
  const send = (file: File): void => {
    const { name } = file;
    const set = (part: number): void =>
      setSending((now) => [...now.filter((each) => each.name !== name), { name, part }]);
    set(0);
    void sendDocument(file, set)
      .then(
        () => readAgain('GET /v1/documents'),
        (error: unknown) => told(error, (why) => t('failed', { name, why })),
      )
      .finally(() => setSending((now) => now.filter((each) => each.name !== name)));
  };
  return (
    <div className="flex flex-col gap-2">
      <FileField label={t('upload')} accept="application/pdf,.pdf" multiple onFile={send} />
      {sending.map(({ name, part }) => (
        <label key={name} className="flex min-w-0 items-center gap-3 text-13">
          <span dir="auto" className="min-w-0 flex-1 truncate">
            {t('sending', { name })}
          </span>
          <progress className="h-2 w-40 accent-brand" max={1} value={part} />
        </label>
      ))}
    </div>
  );
}
