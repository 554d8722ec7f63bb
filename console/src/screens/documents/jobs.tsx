/** Operations that this screen began: how far each is, what it made, and giving up. */
import { useState, type ReactElement } from 'react';
import { readAgain, useCommand, useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Badge, type Tone } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { useWords } from '../../words/language.ts';
import { useLimits } from '../guests/use-may.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { isOpen, type DocumentRow } from './document-types.ts';
import { useDownload } from './download.ts';
import { OperationDialog } from './operation-dialog.tsx';
import type { OperationName, Options } from './operation-forms.ts';
import { operationWords } from './operation-words.ts';
import { words } from './words.ts';

const LOOK_AGAIN_MS = 1000;
/** The server joins no more at once. */
const MERGED_MAX = 20;
const TONES: Readonly<Record<string, Tone>> = {
  waiting: 'waiting',
  running: 'info',
  done: 'good',
  failed: 'bad',
  cancelled: 'plain',
};

export interface JobRequest {
  readonly operation: OperationName;
  readonly inputs: readonly string[];
  readonly options: Options;
}

/** What was asked for is not kept: it may hold a password. */
interface BegunJob {
  readonly id: string;
  readonly inputs: readonly string[];
}

export interface Jobs {
  /** Newest first. */
  readonly begun: readonly BegunJob[];
  start(request: JobRequest, onStarted: () => void): void;
  readonly isBusy: boolean;
  readonly error: ReturnType<typeof useCommand<'POST /v1/documents/jobs'>>['error'];
  forgetError(): void;
}

export function useJobs(): Jobs {
  const [begun, setBegun] = useState<readonly BegunJob[]>([]);
  const begin = useCommand('POST /v1/documents/jobs');
  return {
    begun,
    isBusy: begin.isPending,
    error: begin.error,
    forgetError: begin.reset,
    start: ({ operation, inputs, options }, onStarted) =>
      begin.mutate(
        {
          // safe because the description leaves open what an operation takes
          body: { operation, inputs, options: options as Record<string, never> },
        },
        {
          onSuccess: ({ id }) => {
            setBegun((now) => [{ id, inputs }, ...now.filter((each) => each.id !== id)]);
            begin.reset();
            onStarted();
          },
        },
      ),
  };
}

export function JobsBar({
  jobs,
  selected,
}: {
  readonly jobs: Jobs;
  /** In the order in which they were chosen. */
  readonly selected: readonly DocumentRow[];
}): ReactElement | null {
  const t = useWords(words);
  const say = useWords(operationWords);
  const limits = useLimits()('documents:write');
  const [isMerging, setMerging] = useState(false);
  if (jobs.begun.length === 0 && selected.length < 2) return null;
  const isFit = selected.length <= MERGED_MAX && selected.every(isOpen);
  const blocked = { disabled: true, reason: say('merge-count', { count: MERGED_MAX }) };
  return (
    <Card
      title={t('jobs')}
      actions={
        selected.length < 2 ? undefined : (
          <Button icon="merge" {...(isFit ? limits : blocked)} onClick={() => setMerging(true)}>
            {`${say('op-merge')} (${t('selected', { count: selected.length })})`}
          </Button>
        )
      }
    >
      {isMerging ? (
        <OperationDialog
          documents={selected}
          operations={['merge']}
          jobs={jobs}
          onClose={() => {
            jobs.forgetError();
            setMerging(false);
          }}
        />
      ) : null}
      <JobList ids={jobs.begun.map(({ id }) => id)} />
    </Card>
  );
}

export function JobList({ ids }: { readonly ids: readonly string[] }): ReactElement {
  return (
    <ul className="flex flex-col gap-2" aria-live="polite">
      {ids.map((id) => (
        <Job key={id} id={id} />
      ))}
    </ul>
  );
}

/** The job, read again until it has ended; then the list of documents is read, which has what it made. */
function useJob(id: string) {
  const [isOver, setOver] = useState(false);
  const read = useRead(
    'GET /v1/documents/jobs/{id}',
    { params: { id } },
    isOver ? {} : { everyMs: LOOK_AGAIN_MS },
  );
  const job = read.data;
  const status = job?.status ?? 'waiting';
  const hasEnded = status === 'done' || status === 'failed' || status === 'cancelled';
  if (hasEnded && !isOver) {
    setOver(true);
    void readAgain('GET /v1/documents');
  }
  const results = job?.resultIds ?? (job?.resultId === undefined ? [] : [job.resultId]);
  return { job, status, hasEnded, results, error: read.error };
}

function Job({ id }: { readonly id: string }): ReactElement {
  const t = useWords(words);
  const say = useWords(operationWords);
  const download = useDownload();
  const { job, status, hasEnded, results, error } = useJob(id);
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-3">
      <span className="min-w-0 flex-1 truncate">
        {job?.operation === undefined ? null : say(`op-${job.operation}`)}
      </span>
      <Badge tone={TONES[status] ?? 'plain'}>
        {t(status === 'failed' ? 'job-failed' : status)}
      </Badge>
      {hasEnded ? null : <JobProgress id={id} share={job?.progress ?? 0} />}
      {status === 'failed' ? <JobFailure code={job?.code ?? ''} /> : null}
      {results.map((result, index) => (
        <Button key={result} size="compact" icon="download" onClick={() => download(result)}>
          {results.length === 1 ? t('download') : `${t('download')} ${index + 1}`}
        </Button>
      ))}
      <FailureNote error={error} />
    </li>
  );
}

function JobProgress({ id, share }: { readonly id: string; readonly share: number }): ReactElement {
  const t = useWords(words);
  const cancel = useCommand('POST /v1/documents/jobs/{id}/cancel', {
    again: ['GET /v1/documents/jobs/{id}'],
  });
  return (
    <>
      <progress className="h-2 w-32 accent-brand" max={1} value={share} aria-label={t('jobs')} />
      <Button
        size="compact"
        isBusy={cancel.isPending}
        onClick={() => cancel.mutate({ params: { id } })}
      >
        {t('cancel')}
      </Button>
      <FailureNote error={cancel.error} />
    </>
  );
}

/** Words where the person can do something about it; the code always. */
function JobFailure({ code }: { readonly code: string }): ReactElement {
  const say = useWords(operationWords);
  const key = `why-${code}`;
  // safe because the words have the key
  const why = Object.hasOwn(operationWords.en, key) ? say(key as 'why-PAGES_INVALID') : null;
  return (
    <span className="w-full text-13 break-words text-wine">
      {why} <code className="text-12">{code}</code>
    </span>
  );
}
