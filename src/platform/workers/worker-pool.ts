/**
 * A bounded pool of warm children for work that must not take the server down: decoding of images, parsing of PDFs.
 * Each job has a private folder, gone when the job is over and swept at the next start after a crash.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../core/errors.ts';
import { WorkerProcess, type Outcome, type WorkerOptions } from './worker-process.ts';

/** Native libraries leak a little; a fresh child costs 100 ms of CPU. */
const TASKS_PER_WORKER_MAX = 200;
/** Children that end before they begin, one after another, say that none can. */
const STARTS_MAX = 4;
const FOLDER_MODE = 0o700;

export interface PoolOptions extends WorkerOptions {
  /** Children at most; they are started when first needed and stay. */
  readonly size: number;
  /** Jobs that may wait; more are refused (L14). */
  readonly waitingMax: number;
  /** Where private folders are made; belongs to this pool alone. */
  readonly folder: string;
}

export interface Job<Result> {
  readonly task: unknown;
  /** Puts the input into the job's folder. */
  prepare(folder: string): Promise<void>;
  /** Takes the output from the folder, which is gone afterwards. */
  collect(result: unknown, folder: string): Promise<Result>;
  progress?(share: number): void;
  /** Ends the job, waiting or running. */
  readonly signal?: AbortSignal;
}

export type JobOutcome<Result> =
  { readonly kind: 'done'; readonly result: Result } | Exclude<Outcome, { kind: 'done' }>;

export interface WorkerPool {
  /** Errors: OVERLOADED when too many wait, UNAVAILABLE when stopped or aborted, and those of `prepare` and `collect`. */
  run<Result>(job: Job<Result>): Promise<JobOutcome<Result>>;
  readonly waiting: number;
  readonly running: number;
  /** Process ids of the children, for who watches them. */
  readonly pids: readonly number[];
  /** Refuses what waits, kills what runs. */
  stop(): Promise<void>;
}

export async function openWorkerPool(options: PoolOptions): Promise<WorkerPool> {
  await rm(options.folder, { recursive: true, force: true });
  await mkdir(options.folder, { recursive: true, mode: FOLDER_MODE });
  return new Pool(options);
}

interface Place {
  grant(): void;
  refuse(error: Failure): void;
}

/** A class because it owns processes. */
class Pool implements WorkerPool {
  readonly #options: PoolOptions;
  readonly #idle: WorkerProcess[] = [];
  readonly #all = new Set<WorkerProcess>();
  readonly #queue: Place[] = [];
  readonly #jobs = new Set<Promise<unknown>>();
  #running = 0;
  #stopped = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  get running(): number {
    return this.#running;
  }

  get pids(): readonly number[] {
    return [...this.#all].flatMap((worker) => worker.pid ?? []);
  }

  async run<Result>(job: Job<Result>): Promise<JobOutcome<Result>> {
    await this.#place(job.signal);
    const work = this.#runNow(job);
    this.#jobs.add(work);
    try {
      return await work;
    } finally {
      this.#jobs.delete(work);
      this.#running -= 1;
      this.#queue.shift()?.grant();
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const place of this.#queue.splice(0)) place.refuse(stopped());
    for (const worker of this.#all) worker.kill();
    await Promise.allSettled(this.#jobs);
    await Promise.all([...this.#all].map((worker) => worker.end()));
    await rm(this.#options.folder, { recursive: true, force: true });
  }

  #place(signal: AbortSignal | undefined): Promise<void> {
    const { size, waitingMax } = this.#options;
    if (this.#stopped || signal?.aborted === true) return Promise.reject(stopped());
    if (this.#running < size) {
      this.#running += 1;
      return Promise.resolve();
    }
    if (this.#queue.length >= waitingMax)
      return Promise.reject(
        new Failure('OVERLOADED', 'Too many jobs wait for a worker.', { retryAfterSeconds: 2 }),
      );
    return new Promise((resolve, reject) => {
      const place: Place = {
        grant: () => {
          signal?.removeEventListener('abort', leave);
          this.#running += 1;
          resolve();
        },
        refuse: reject,
      };
      const leave = (): void => {
        this.#queue.splice(this.#queue.indexOf(place), 1);
        reject(stopped());
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#queue.push(place);
    });
  }

  async #runNow<Result>(job: Job<Result>): Promise<JobOutcome<Result>> {
    // At once: to hand calls as short as these to another thread costs more than they take.
    const folder = mkdtempSync(path.join(this.#options.folder, 'job-'));
    try {
      await job.prepare(folder);
      const outcome = await this.#onWorker(job, folder);
      if (this.#stopped || job.signal?.aborted === true) throw stopped();
      if (outcome.kind !== 'done') return outcome;
      return { kind: 'done', result: await job.collect(outcome.result, folder) };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** A child that was killed before it took the task up says nothing of the task: another one gets it. */
  async #onWorker<Result>(job: Job<Result>, folder: string): Promise<Outcome> {
    for (let start = 1; ; start += 1) {
      const outcome = await this.#onOneWorker(job, folder);
      const isOver = this.#stopped || job.signal?.aborted === true || start === STARTS_MAX;
      if (outcome.kind !== 'failed' || outcome.begun || isOver) return outcome;
    }
  }

  async #onOneWorker<Result>(job: Job<Result>, folder: string): Promise<Outcome> {
    const worker = await this.#takeWorker();
    if (worker === null)
      return { kind: 'failed', detail: 'a worker could not be started', begun: false };
    const abort = (): void => worker.kill();
    job.signal?.addEventListener('abort', abort, { once: true });
    if (job.signal?.aborted === true) abort();
    try {
      const progress = (share: number): void => job.progress?.(share);
      const outcome = await worker.run({ task: { task: job.task, folder }, progress });
      await this.#giveBack(worker, outcome);
      return outcome;
    } finally {
      job.signal?.removeEventListener('abort', abort);
    }
  }

  async #takeWorker(): Promise<WorkerProcess | null> {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (!idle.hasEnded) return idle;
      this.#all.delete(idle);
    }
    if (this.#stopped) return null;
    const worker = new WorkerProcess(this.#options);
    this.#all.add(worker);
    if (await worker.ready) return worker;
    this.#all.delete(worker);
    return null;
  }

  async #giveBack(worker: WorkerProcess, { kind }: Outcome): Promise<void> {
    const isWorn = worker.tasksDone >= TASKS_PER_WORKER_MAX;
    if (kind === 'done' && !isWorn && !worker.hasEnded && !this.#stopped) {
      this.#idle.push(worker);
      return;
    }
    // Its folder can only be removed safely when it can write no more.
    await worker.end();
    this.#all.delete(worker);
  }
}

function stopped(): Failure {
  return new Failure('UNAVAILABLE', 'The job was ended before it was done.', {
    retryAfterSeconds: 1,
  });
}
