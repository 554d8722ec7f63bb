/** Operations on documents, as the server keeps them for a week: whoever began them, wherever. */
import { useEffect } from 'react';
import { readAgain, useCommand } from '../../api/api.ts';
import { usePages } from '../lists/use-pages.ts';
import { isUnderWay, type JobRow } from './document-types.ts';
import type { OperationName, Options } from './operation-forms.ts';

/** Between two looks while something is under way. */
const LOOK_AGAIN_MS = 1000;
const PAGE_ROWS = 50;
const JOBS = 'GET /v1/documents/jobs';

export interface JobRequest {
  readonly operation: OperationName;
  readonly inputs: readonly string[];
  readonly options: Options;
}

export interface Jobs {
  /** Newest first. */
  readonly all: readonly JobRow[];
  readonly loadMore: (() => void) | undefined;
  readonly listError: ReturnType<typeof usePages>['error'];
  /** What was asked for is not kept: it may hold a password. */
  start(request: JobRequest, onStarted: () => void): void;
  readonly isBusy: boolean;
  readonly error: ReturnType<typeof useCommand<'POST /v1/documents/jobs'>>['error'];
  forgetError(): void;
}

export function useJobs(): Jobs {
  const list = usePages<JobRow>(JOBS, {}, { limit: PAGE_ROWS });
  const begin = useCommand('POST /v1/documents/jobs', { again: [JOBS] });
  const isAwaited = list.rows.some(isUnderWay);
  useEffect(() => {
    if (!isAwaited) return undefined;
    const timer = setInterval(() => void readAgain(JOBS), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isAwaited]);
  const results = list.rows.reduce((sum, { resultIds }) => sum + resultIds.length, 0);
  // What was made is a document as well.
  useEffect(() => {
    if (results > 0) void readAgain('GET /v1/documents');
  }, [results]);
  return {
    all: list.rows,
    loadMore: list.loadMore,
    listError: list.error,
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
          onSuccess: () => {
            begin.reset();
            onStarted();
          },
        },
      ),
  };
}

/** After a job was given up. */
export async function readJobsAgain(): Promise<void> {
  await readAgain(JOBS);
}
