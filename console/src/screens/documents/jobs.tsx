/** Operations of the last week: how far each is, what it made, and giving up. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Badge, type Tone } from '../../design/marks.tsx';
import { Card } from '../../design/page.tsx';
import { Moment } from '../../design/texts.tsx';
import { useWords } from '../../words/language.ts';
import { useLimits } from '../lists/use-limits.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { isOpen, isUnderWay, type DocumentRow, type JobRow } from './document-types.ts';
import { useDownload } from './download.ts';
import { OperationDialog } from './operation-dialog.tsx';
import { operationWords } from './operation-words.ts';
import { readJobsAgain, type Jobs } from './use-jobs.ts';
import type { Names } from './use-names.ts';
import { words } from './words.ts';

/** The server joins no more at once. */
const MERGED_MAX = 20;
/** Shown before somebody asks for older ones. */
const NEWEST = 5;
const TONES: Readonly<Record<JobRow['status'], Tone>> = {
  waiting: 'waiting',
  running: 'info',
  done: 'good',
  failed: 'bad',
  cancelled: 'plain',
};

export interface JobsCardProps {
  readonly jobs: Jobs;
  readonly names: Names;
  /** In the order in which they were chosen. */
  readonly selected: readonly DocumentRow[];
}

export function JobsCard({ jobs, names }: Omit<JobsCardProps, 'selected'>): ReactElement | null {
  const t = useWords(words);
  const [isWhole, setWhole] = useState(false);
  if (jobs.all.length === 0 && jobs.listError === null) return null;
  // What is under way is never behind a button.
  const shown = jobs.all.filter((job, at) => isWhole || at < NEWEST || isUnderWay(job));
  const more = shown.length < jobs.all.length ? () => setWhole(true) : jobs.loadMore;
  return (
    <Card title={t('jobs')}>
      <FailureNote error={jobs.listError} />
      <JobList jobs={shown} names={names} />
      {more === undefined ? null : (
        <div className="pt-2">
          <Button size="compact" onClick={more}>
            {t('more-jobs')}
          </Button>
        </div>
      )}
    </Card>
  );
}

/** Only while something is chosen that can be joined. */
export function SelectedBar({ jobs, names, selected }: JobsCardProps): ReactElement | null {
  const t = useWords(words);
  const say = useWords(operationWords);
  const limits = useLimits()('documents:write');
  const [isMerging, setMerging] = useState(false);
  if (selected.length < 2) return null;
  const isFit = selected.length <= MERGED_MAX && selected.every(isOpen);
  const blocked = { disabled: true, reason: say('merge-count', { count: MERGED_MAX }) };
  return (
    <div
      role="region"
      aria-label={t('selected', { count: selected.length })}
      className="flex flex-wrap items-center gap-3 rounded-card border border-brand bg-brand-soft px-4 py-2"
    >
      <span className="flex-1">{t('selected', { count: selected.length })}</span>
      <Button icon="merge" {...(isFit ? limits : blocked)} onClick={() => setMerging(true)}>
        {say('op-merge')}
      </Button>
      {isMerging ? (
        <OperationDialog
          documents={selected}
          operations={['merge']}
          jobs={jobs}
          names={names}
          onClose={() => {
            jobs.forgetError();
            setMerging(false);
          }}
        />
      ) : null}
    </div>
  );
}

export function JobList(props: {
  readonly jobs: readonly JobRow[];
  readonly names: Names;
}): ReactElement {
  return (
    <ul className="flex min-w-0 flex-col divide-y divide-line" aria-live="polite">
      {props.jobs.map((job) => (
        <Job key={job.id} job={job} names={props.names} />
      ))}
    </ul>
  );
}

function Job({ job, names }: { readonly job: JobRow; readonly names: Names }): ReactElement {
  const t = useWords(words);
  const download = useDownload();
  const { status, resultIds: results } = job;
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 py-2 first:pt-0 last:pb-0">
      <bdi className="min-w-0 flex-1 basis-48 truncate">{names.ofJob(job)}</bdi>
      <span className="text-12 text-muted">
        <Moment at={job.createdAt} relative />
      </span>
      <Badge tone={TONES[status]}>{t(status === 'failed' ? 'job-failed' : status)}</Badge>
      {isUnderWay(job) ? <JobProgress id={job.id} share={job.progress} /> : null}
      {results.map((result, index) => (
        <Button key={result} size="compact" icon="download" onClick={() => download(result)}>
          {results.length === 1 ? t('download') : `${t('download')} ${index + 1}`}
        </Button>
      ))}
      {status === 'failed' ? <JobFailure code={job.code ?? ''} /> : null}
    </li>
  );
}

function JobProgress({ id, share }: { readonly id: string; readonly share: number }): ReactElement {
  const t = useWords(words);
  const cancel = useCommand('POST /v1/documents/jobs/{id}/cancel');
  return (
    <>
      <progress className="h-2 w-32 accent-brand" max={1} value={share} aria-label={t('jobs')} />
      <Button
        size="compact"
        isBusy={cancel.isPending}
        onClick={() => cancel.mutate({ params: { id } }, { onSuccess: () => void readJobsAgain() })}
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
