/** Operations that this screen began: how far each is, what it made, and giving up. */
import { useState, type ReactElement } from 'react';
import { client, readAgain, useCommand, useRead } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Badge, type Tone } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { useWords } from '../../words/language.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { words } from './words.ts';

const LOOK_AGAIN_MS = 1000;
const TONES: Readonly<Record<string, Tone>> = {
  waiting: 'waiting',
  running: 'info',
  done: 'good',
  failed: 'bad',
  cancelled: 'plain',
};

export interface Jobs {
  readonly ids: readonly string[];
  start(operation: string, inputs: readonly string[]): void;
  readonly isBusy: boolean;
  readonly error: ReturnType<typeof useCommand<'POST /v1/documents/jobs'>>['error'];
}

export function useJobs(): Jobs {
  const [ids, setIds] = useState<readonly string[]>([]);
  const begin = useCommand('POST /v1/documents/jobs');
  return {
    ids,
    isBusy: begin.isPending,
    error: begin.error,
    start: (operation, inputs) =>
      begin.mutate(
        {
          body: {
            // safe because the screens offer operations of the interface only
            operation: operation as 'info',
            inputs,
            // safe because the description leaves open what an operation takes
            ...(operation === 'rotate'
              ? { options: { angle: 90 } as unknown as Record<string, never> }
              : {}),
          },
        },
        { onSuccess: ({ id }) => setIds((now) => [id, ...now]) },
      ),
  };
}

/** A short link, opened at once. */
export async function download(id: string): Promise<void> {
  const { body } = await client.call('POST /v1/documents/{id}/links', {
    params: { id },
    body: { seconds: 60 },
  });
  window.open(body.url, '_blank', 'noopener');
}

export function JobsBar({
  jobs,
  selected,
}: {
  readonly jobs: Jobs;
  readonly selected: readonly string[];
}): ReactElement | null {
  const t = useWords(words);
  if (jobs.ids.length === 0 && selected.length < 2 && jobs.error === null) return null;
  return (
    <Card
      title={t('jobs')}
      actions={
        selected.length < 2 ? undefined : (
          <Button icon="merge" isBusy={jobs.isBusy} onClick={() => jobs.start('merge', selected)}>
            {`${t('op-merge')} (${t('selected', { count: selected.length })})`}
          </Button>
        )
      }
    >
      <FailureNote error={jobs.error} />
      <ul className="flex flex-col gap-2">
        {jobs.ids.map((id) => (
          <Job key={id} id={id} />
        ))}
      </ul>
    </Card>
  );
}

function Job({ id }: { readonly id: string }): ReactElement {
  const t = useWords(words);
  const [isOver, setOver] = useState(false);
  const read = useRead(
    'GET /v1/documents/jobs/{id}',
    { params: { id } },
    isOver ? {} : { everyMs: LOOK_AGAIN_MS },
  );
  const cancel = useCommand('POST /v1/documents/jobs/{id}/cancel', {
    again: ['GET /v1/documents/jobs/{id}'],
  });
  const job = read.data;
  const status = job?.status ?? 'waiting';
  const hasEnded = status === 'done' || status === 'failed' || status === 'cancelled';
  if (hasEnded && !isOver) {
    setOver(true);
    void readAgain('GET /v1/documents');
  }
  const results = job?.resultIds ?? (job?.resultId === undefined ? [] : [job.resultId]);
  const key = `op-${job?.operation ?? ''}`;
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-3">
      <span className="min-w-0 flex-1 truncate">
        {/* safe because the words have the key */}
        {Object.hasOwn(words.en, key) ? t(key as 'op-info') : job?.operation}
      </span>
      <Badge tone={TONES[status] ?? 'plain'}>
        {t(status === 'failed' ? 'job-failed' : status)}
      </Badge>
      {hasEnded ? null : (
        <>
          <progress
            className="h-2 w-32 accent-brand"
            max={1}
            value={job?.progress ?? 0}
            aria-label={t('jobs')}
          />
          <Button
            size="compact"
            isBusy={cancel.isPending}
            onClick={() => cancel.mutate({ params: { id } })}
          >
            {t('cancel')}
          </Button>
        </>
      )}
      {status === 'failed' ? <code className="text-12 text-wine">{job?.code}</code> : null}
      {results.map((result) => (
        <Button key={result} size="compact" icon="download" onClick={() => void download(result)}>
          {t('download')}
        </Button>
      ))}
      <FailureNote error={cancel.error} />
    </li>
  );
}
