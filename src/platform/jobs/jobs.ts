/**
 * The port of jobs: work that is done once, later, by any process, and survives restarts. A job is enqueued in the
 * transaction that made it necessary. Handlers run at least once, so what they do must bear a repetition.
 */
import type { Queryable } from '../postgres/database.ts';

/** A handler that has not ended by then counts as failed, and what a killed process held runs again elsewhere. */
export const RUN_MS_MAX = 30_000;
/** What `stop` waits for jobs under way. */
export const STOP_MS = 5_000;

export interface Job {
  /** `webhooks.deliver`: letters, digits, dots and dashes. */
  readonly queue: string;
  /** A waiting job of the same queue and key is replaced by this one; without a key jobs are independent. */
  readonly key?: string;
  /** Nothing can wait under the key yet, since it is as new as the job: nothing is looked for that it would replace. */
  readonly isFirst?: boolean;
  /** RFC 3339; at once when absent. */
  readonly runAt?: string;
  /** Small JSON without personal data: ids and positions, not contents. */
  readonly payload: object;
}

/** A job of a queue that is named once for all. */
export type KeyedJob = Pick<Job, 'runAt' | 'payload'> & { readonly key: string };

export interface JobRun {
  readonly payload: unknown;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

export interface WorkOptions {
  /** Jobs of the queue under way at a time in this process. */
  readonly concurrency: number;
  /** Attempts before a job that throws is given up; it is tried again with growing pauses until then. */
  readonly attemptsMax: number;
  /**
   * Takes jobs when so many can begin at once, and reports their ends together: for many short jobs, of which more are held
   * than run. 1 by default.
   */
  readonly claimAtLeast?: number;
}

export interface Jobs {
  enqueue(tx: Queryable, job: Job): Promise<void>;
  /** The same of many jobs of one queue, each with a key of its own: two statements, however many they are. */
  enqueueAll(tx: Queryable, queue: string, jobs: readonly KeyedJob[]): Promise<void>;
  /** Removes a waiting job; without effect when it runs or is done. */
  cancel(tx: Queryable, job: { readonly queue: string; readonly key: string }): Promise<void>;
  /** Begins to work on a queue. Call before `start`. */
  work(queue: string, handler: (run: JobRun) => Promise<void>, options: WorkOptions): void;
  start(): Promise<void>;
  /** Takes no more and waits for the jobs under way, each at most STOP_MS; what is cut runs again elsewhere. */
  stop(): Promise<void>;
  /** Waiting and given-up jobs by queue, for metrics and doctor. */
  counts(): Promise<readonly { queue: string; waiting: number; failed: number }[]>;
}
