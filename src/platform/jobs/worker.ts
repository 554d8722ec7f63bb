/**
 * Works on one queue: claims due jobs, runs at most `concurrency` of them at a time, and reports what became of each.
 *
 *   claimed -> ended well: finished (removed)
 *           -> threw, or ran longer than its time: failed (again later, or given up)
 *           -> cut by `stop`: failed, so that another process need not wait for the time limit
 *
 * A process that is killed reports nothing: its jobs fail by the time limit, which the queue watches.
 */
import type { Logger } from '../../core/logger.ts';
import type { JobRun, WorkOptions } from './jobs.ts';

/** How soon a job of another process is seen, and how late a timer may be: a tenth of what people notice in a batch. */
const POLL_MS = 250;
/** After this process enqueued something, it looks this often: the commit is a moment away. */
const NUDGED_POLL_MS = 25;
const NUDGED_MS = 500;

export interface ClaimedJob extends JobRun {
  readonly id: string;
}

/** What a worker needs of the queue. None of these throws for a queue that is merely unreachable. */
export interface QueueEnd {
  /** Due jobs, at most `limit`, now held by this process. */
  claim(limit: number): Promise<readonly ClaimedJob[]>;
  finish(ids: readonly string[]): Promise<void>;
  /** Tries the job again later, or gives it up when `final`. `reason` is a code or an error's name, never a message. */
  fail(
    job: ClaimedJob,
    outcome: { readonly final: boolean; readonly reason: string },
  ): Promise<void>;
}

export interface WorkerOptions extends WorkOptions {
  readonly queue: string;
  readonly handler: (run: JobRun) => Promise<void>;
  readonly runMsMax: number;
  readonly logger: Logger;
}

export interface Worker {
  /** Something was enqueued by this process and will be committed soon. */
  nudge(): void;
  stop(graceMs: number): Promise<void>;
}

export function startWorker(end: QueueEnd, options: WorkerOptions): Worker {
  return new QueueWorker(end, options);
}

class QueueWorker implements Worker {
  readonly #end: QueueEnd;
  readonly #options: WorkerOptions;
  readonly #running = new Map<string, { job: ClaimedJob; ended: Promise<void> }>();
  readonly #cut = new Set<string>();
  readonly #looping: Promise<void>;
  #finished: string[] = [];
  #stopping = false;
  #nudgedUntil = 0;
  #wake: (() => void) | null = null;

  constructor(end: QueueEnd, options: WorkerOptions) {
    this.#end = end;
    this.#options = options;
    this.#looping = this.#loop();
  }

  nudge(): void {
    this.#nudgedUntil = performance.now() + NUDGED_MS;
    this.#wake?.();
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    this.#wake?.();
    await this.#looping;
    const ended = Promise.all([...this.#running.values()].map((run) => run.ended));
    await Promise.race([ended, pause(graceMs)]);
    for (const { job } of this.#running.values()) {
      this.#cut.add(job.id);
      await this.#end.fail(job, { final: false, reason: 'STOPPED' });
    }
    await this.#flush();
  }

  async #loop(): Promise<void> {
    while (!this.#stopping) {
      const { concurrency, claimAtLeast = 1 } = this.#options;
      const free = concurrency - this.#running.size;
      const isEnough = free >= claimAtLeast;
      if (isEnough) {
        const jobs = await this.#end.claim(free);
        for (const job of jobs) this.#begin(job);
        await this.#flush();
        // As many as could be taken: there may be more.
        if (jobs.length === free) continue;
      }
      await this.#rest(isEnough);
    }
  }

  #begin(job: ClaimedJob): void {
    const ended = this.#run(job).finally(() => {
      this.#running.delete(job.id);
      this.#wake?.();
    });
    this.#running.set(job.id, { job, ended });
  }

  async #run(job: ClaimedJob): Promise<void> {
    const { queue, attemptsMax, handler, runMsMax, logger } = this.#options;
    try {
      // One that was claimed oftener than it may run has been killing its process.
      if (job.attempt > attemptsMax) throw new Error('the attempts are used up');
      await within(runMsMax, handler(job));
      if (!this.#cut.has(job.id)) this.#finished.push(job.id);
    } catch (error) {
      if (this.#cut.has(job.id)) return;
      const final = job.attempt >= attemptsMax;
      const message = final ? 'a job was given up' : 'a job failed and will be tried again';
      logger.warn(message, { name: queue, attempt: job.attempt, error });
      await this.#end.fail(job, { final, reason: reasonOf(error) });
    }
  }

  async #flush(): Promise<void> {
    const ids = this.#finished;
    this.#finished = [];
    if (ids.length > 0) await this.#end.finish(ids);
  }

  /** What has ended is reported at once where all that could be taken was, else with the next claim. */
  #rest(reports: boolean): Promise<void> {
    if (this.#stopping || (reports && this.#finished.length > 0)) return Promise.resolve();
    const ms = performance.now() < this.#nudgedUntil ? NUDGED_POLL_MS : POLL_MS;
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#wake = done;
    });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`the job ran longer than ${ms} ms`));
    }, ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms).unref());
}
