/** Jobs in memory, for the simulator and for tests without a database. Time is that of the clock given. */
import { systemClock, type Clock } from '../../core/clock.ts';
import { silentLogger } from '../../core/logger.ts';
import { RUN_MS_MAX, STOP_MS, type Job, type JobRun, type Jobs, type WorkOptions } from './jobs.ts';
import { stage } from './memory-transaction.ts';
import { startWorker, type QueueEnd, type Worker } from './worker.ts';

interface HeldJob {
  readonly id: string;
  readonly queue: string;
  readonly key: string | null;
  readonly payload: string;
  dueMs: number;
  attempts: number;
  state: 'waiting' | 'running' | 'failed';
  /** When a job that runs counts as failed. */
  heldUntilMs: number;
}

/** What several processes share. */
export interface MemoryJobStorage {
  readonly jobs: Map<string, HeldJob>;
  next: number;
}

export function createMemoryJobStorage(): MemoryJobStorage {
  return { jobs: new Map(), next: 1 };
}

export interface MemoryJobsOptions {
  readonly storage?: MemoryJobStorage;
  readonly clock?: Clock;
  readonly runMsMax?: number;
  /** False when the caller drives the work with `runDue`; no timers then. */
  readonly automatic?: boolean;
}

export interface MemoryJobs extends Jobs {
  /** Runs what is due, each job once, one after another; gives how many ran. A job that throws waits again. */
  runDue(): Promise<number>;
  /** When the next waiting job is due, milliseconds since the epoch; null when none waits. */
  nextDueMs(): number | null;
}

const RETRY_MS = 1_000;
/** Doubling stops here: a day is what a person needs to repair something. */
const DOUBLINGS_MAX = 16;

interface Work {
  readonly handler: (run: JobRun) => Promise<void>;
  readonly options: WorkOptions;
}

export function createMemoryJobs(options: MemoryJobsOptions = {}): MemoryJobs {
  const { clock = systemClock, runMsMax = RUN_MS_MAX, automatic = true } = options;
  const storage = options.storage ?? createMemoryJobStorage();
  const work = new Map<string, Work>();
  const workers = new Map<string, Worker>();
  const endOfQueue = (queue: string): QueueEnd => endOf(storage, queue, { clock, runMsMax });
  return {
    async enqueue(tx, job) {
      const payload = JSON.stringify(job.payload);
      stage(tx, () => {
        put(storage, { ...job, payload }, clock.nowMs());
        workers.get(job.queue)?.nudge();
      });
    },
    async enqueueAll(tx, queue, jobs) {
      for (const job of jobs) await this.enqueue(tx, { ...job, queue });
    },
    async cancel(tx, job) {
      stage(tx, () => {
        removeWaiting(storage, job);
      });
    },
    work(queue, handler, workOptions) {
      work.set(queue, { handler, options: workOptions });
    },
    async start() {
      if (!automatic) return;
      for (const [queue, { handler, options: limits }] of work) {
        const settings = { ...limits, queue, handler, runMsMax, logger: silentLogger };
        workers.set(queue, startWorker(endOfQueue(queue), settings));
      }
    },
    async stop() {
      await Promise.all([...workers.values()].map((worker) => worker.stop(STOP_MS)));
    },
    async counts() {
      return countsOf(storage);
    },
    async runDue() {
      let ran = 0;
      for (const [queue, its] of work) ran += await runClaimed(endOfQueue(queue), its);
      return ran;
    },
    nextDueMs() {
      const waiting = [...storage.jobs.values()].filter(({ state }) => state === 'waiting');
      const due = waiting.map(({ dueMs }) => dueMs);
      return due.length === 0 ? null : Math.min(...due);
    },
  };
}

async function runClaimed(end: QueueEnd, { handler, options }: Work): Promise<number> {
  const jobs = await end.claim(Number.POSITIVE_INFINITY);
  for (const job of jobs)
    try {
      await handler(job);
      await end.finish([job.id]);
    } catch {
      await end.fail(job, { final: job.attempt >= options.attemptsMax, reason: 'THREW' });
    }
  return jobs.length;
}

function put(
  storage: MemoryJobStorage,
  job: Omit<Job, 'payload'> & { readonly payload: string },
  nowMs: number,
): void {
  if (job.key !== undefined) removeWaiting(storage, { queue: job.queue, key: job.key });
  const id = String(storage.next);
  storage.next += 1;
  storage.jobs.set(id, {
    id,
    queue: job.queue,
    key: job.key ?? null,
    payload: job.payload,
    dueMs: job.runAt === undefined ? nowMs : Date.parse(job.runAt),
    attempts: 0,
    state: 'waiting',
    heldUntilMs: 0,
  });
}

function removeWaiting(
  storage: MemoryJobStorage,
  { queue, key }: { readonly queue: string; readonly key: string },
): void {
  for (const job of storage.jobs.values())
    if (job.queue === queue && job.key === key && job.state === 'waiting')
      storage.jobs.delete(job.id);
}

function endOf(
  storage: MemoryJobStorage,
  queue: string,
  { clock, runMsMax }: { clock: Clock; runMsMax: number },
): QueueEnd {
  return {
    async claim(limit) {
      const now = clock.nowMs();
      const due = [...storage.jobs.values()].filter(
        (job) =>
          job.queue === queue &&
          (job.state === 'waiting'
            ? job.dueMs <= now
            : job.state === 'running' && job.heldUntilMs <= now),
      );
      return due.slice(0, limit).map((job) => {
        job.state = 'running';
        job.attempts += 1;
        job.heldUntilMs = now + runMsMax;
        const payload: unknown = JSON.parse(job.payload);
        return { id: job.id, payload, attempt: job.attempts };
      });
    },
    async finish(ids) {
      for (const id of ids) storage.jobs.delete(id);
    },
    async fail({ id }, { final }) {
      const job = storage.jobs.get(id);
      if (job === undefined) return;
      job.state = final || replaced(storage, job) ? 'failed' : 'waiting';
      job.dueMs = clock.nowMs() + RETRY_MS * 2 ** Math.min(job.attempts - 1, DOUBLINGS_MAX);
    },
  };
}

/** Whether another job with its key waits: that one stands for both. */
function replaced(storage: MemoryJobStorage, job: HeldJob): boolean {
  if (job.key === null) return false;
  return [...storage.jobs.values()].some(
    (other) =>
      other.id !== job.id &&
      other.queue === job.queue &&
      other.key === job.key &&
      other.state === 'waiting',
  );
}

function countsOf(
  storage: MemoryJobStorage,
): readonly { queue: string; waiting: number; failed: number }[] {
  const counts = new Map<string, { queue: string; waiting: number; failed: number }>();
  for (const { queue, state } of storage.jobs.values()) {
    const count = counts.get(queue) ?? { queue, waiting: 0, failed: 0 };
    if (state === 'waiting') count.waiting += 1;
    if (state === 'failed') count.failed += 1;
    counts.set(queue, count);
  }
  return [...counts.values()];
}
