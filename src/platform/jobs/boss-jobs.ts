/**
 * Jobs on PostgreSQL with pg-boss (decision 9). Its tables live in the schema `jobs`, which it creates and migrates at
 * `start`, under a lock of its own, on our connections. Of pg-boss we use the tables, sending, claiming, failing and
 * expiring; the polling loop is ours (worker.ts), because its own looks twice a second at most and cannot be told that
 * there is news.
 *
 * A few statements here speak to its tables directly, for what it does not offer: a waiting job found by its key, giving
 * up before the retries are used up, counting, and making queues one after another. The contract suite holds them.
 */
import PgBoss from 'pg-boss';
import { assert } from '../../core/assert.ts';
import { silentLogger, type Logger } from '../../core/logger.ts';
import type { Database, Queryable } from '../postgres/database.ts';
import { openDatabase } from '../postgres/pool.ts';
import { countingIn, inTransaction, onPool } from './boss-database.ts';
import {
  RUN_MS_MAX,
  STOP_MS,
  type Job,
  type JobRun,
  type Jobs,
  type KeyedJob,
  type WorkOptions,
} from './jobs.ts';
import { startWorker, type ClaimedJob, type QueueEnd, type Worker } from './worker.ts';

/** Claims, failures and upkeep of a handful of queues: more would only wait for the same two cores. */
const CONNECTIONS_MAX = 3;
const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 30_000;
/** Jobs of a killed process are taken by another within their time limit and this. One scan of the waiting jobs. */
const EXPIRE_EVERY_MS = 5_000;
/** Given-up jobs are kept to be looked at. */
const GIVEN_UP_KEPT_SECONDS = 14 * 24 * 3600;
const MAINTAIN_EVERY_MS = 3600_000;
/** pg-boss drops jobs that waited longer than this past their time: never, as far as anybody who stops a server goes. */
const WAIT_DAYS_MAX = 3650;
const DAY_MS = 24 * 3600 * 1000;
/** The worker decides when to give up; this many only bounds what it never sees. */
const RETRIES_MAX = 1000;
/** First pause; each further one is twice as long, with chance added so that many jobs do not come back at once. */
const RETRY_SECONDS = 1;
/** A job that is due within this is waited for. */
const SOON_MS = 2_000;
/** Replacing a waiting job loses against another that does the same at the same moment; the third try is alone. */
const REPLACE_TRIES_MAX = 5;

export interface JobsOptions {
  readonly databaseUrl: string;
  readonly connectionsMax?: number;
  /** As of DatabaseOptions; no by default. */
  readonly keepsStatements?: boolean;
  readonly logger?: Logger;
  /** RUN_MS_MAX, less in tests of takeover; whole seconds. */
  readonly runMsMax?: number;
}

/** Jobs of one process. `start` before the first `enqueue`; a process that only enqueues calls no `work`. */
export function createJobs(options: JobsOptions): Jobs {
  return new BossJobs(options);
}

class BossJobs implements Jobs {
  readonly #database: Database;
  readonly #boss: PgBoss;
  readonly #logger: Logger;
  readonly #runMsMax: number;
  readonly #work = new Map<
    string,
    { handler: (run: JobRun) => Promise<void>; options: WorkOptions }
  >();
  readonly #workers = new Map<string, Worker>();
  readonly #timers: NodeJS.Timeout[] = [];
  #stopped: Promise<void> | undefined;

  constructor(options: JobsOptions) {
    this.#logger = options.logger ?? silentLogger;
    this.#runMsMax = options.runMsMax ?? RUN_MS_MAX;
    this.#database = openDatabase({
      url: options.databaseUrl,
      connectionsMax: options.connectionsMax ?? CONNECTIONS_MAX,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      keepsStatements: options.keepsStatements === true,
      logger: this.#logger,
    });
    this.#boss = new PgBoss({
      db: onPool(this.#database, this.#logger),
      schema: 'jobs',
      supervise: false,
      schedule: false,
      archiveFailedAfterSeconds: GIVEN_UP_KEPT_SECONDS,
    });
    this.#boss.on('error', (error) => {
      this.#logger.warn('the job queue had an error', { error });
    });
  }

  work(queue: string, handler: (run: JobRun) => Promise<void>, options: WorkOptions): void {
    assert(!this.#work.has(queue), `somebody works on the queue ${queue} already`);
    this.#work.set(queue, { handler, options });
  }

  async start(): Promise<void> {
    await this.#boss.start();
    await this.#indexKeys();
    for (const [queue, { handler, options }] of this.#work) {
      await this.#createQueue(queue);
      const settings = {
        ...options,
        queue,
        handler,
        runMsMax: this.#runMsMax,
        logger: this.#logger,
      };
      this.#workers.set(queue, startWorker(this.#endOf(queue), settings));
    }
    if (this.#work.size === 0) return;
    this.#every(EXPIRE_EVERY_MS, () => this.#boss.expire());
    this.#every(MAINTAIN_EVERY_MS, () => this.#boss.maintain());
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#end();
    return this.#stopped;
  }

  async enqueue(tx: Queryable, job: Job): Promise<void> {
    for (let attempt = 1; attempt <= REPLACE_TRIES_MAX; attempt += 1) {
      if (job.key !== undefined && (job.isFirst !== true || attempt > 1))
        await this.cancel(tx, { queue: job.queue, key: job.key });
      const id = await this.#boss.send(job.queue, job.payload, {
        db: inTransaction(tx),
        ...(job.key === undefined ? {} : { singletonKey: job.key }),
        // pg-boss takes times that end in Z only.
        ...(job.runAt === undefined ? {} : { startAfter: new Date(job.runAt).toISOString() }),
        retentionDays: WAIT_DAYS_MAX,
        retryLimit: RETRIES_MAX,
        retryDelay: RETRY_SECONDS,
        retryBackoff: true,
        expireInSeconds: Math.ceil(this.#runMsMax / 1000),
      });
      if (id !== null) {
        if (isSoon(job)) this.#workers.get(job.queue)?.nudge();
        return;
      }
      // Nothing was stored: nobody has worked on this queue yet, or another job with this key was faster.
      await this.#createQueue(job.queue);
    }
    throw new Error(`a job of ${job.queue} was replaced by others each time it was enqueued`);
  }

  /** A first sale of each of five thousand guests sets as many timers: one by one each took two round trips. */
  async enqueueAll(tx: Queryable, queue: string, jobs: readonly KeyedJob[]): Promise<void> {
    if (jobs.length === 0) return;
    const keys = jobs.map(({ key }) => key);
    await this.#cancelAll(tx, queue, keys);
    const { stored, db } = countingIn(tx);
    const nowMs = Date.now();
    const sent = jobs.map(({ key, payload, runAt = new Date(nowMs).toISOString() }) => ({
      name: queue,
      data: payload,
      singletonKey: key,
      startAfter: new Date(runAt).toISOString(),
      keepUntil: new Date(Date.parse(runAt) + WAIT_DAYS_MAX * DAY_MS).toISOString(),
      retryLimit: RETRIES_MAX,
      retryDelay: RETRY_SECONDS,
      retryBackoff: true,
      expireInSeconds: Math.ceil(this.#runMsMax / 1000),
    }));
    await this.#boss.insert(sent, { db });
    // Nobody has worked on this queue yet, or others with these keys were faster.
    if (stored() < jobs.length) for (const job of jobs) await this.enqueue(tx, { ...job, queue });
    else if (jobs.some(isSoon)) this.#workers.get(queue)?.nudge();
  }

  async cancel(
    tx: Queryable,
    job: { readonly queue: string; readonly key: string },
  ): Promise<void> {
    await this.#cancelAll(tx, job.queue, [job.key]);
  }

  /** Index jobs_waiting_by_key; locks the rows, in the order in which the keys stand. */
  async #cancelAll(tx: Queryable, queue: string, keys: readonly string[]): Promise<void> {
    await tx.query({
      text: `delete from jobs.job where name = $1 and singleton_key = any($2) and state < 'active'`,
      prepared: true,
      values: [queue, keys.toSorted()],
    });
  }

  async counts(): Promise<readonly { queue: string; waiting: number; failed: number }[]> {
    // Reads every job: tens of milliseconds for 100,000 waiting ones.
    const { rows } = await this.#database.query<{ queue: string; waiting: number; failed: number }>(
      {
        text: `select q.name as queue,
                      (count(j.id) filter (where j.state < 'active'))::integer as waiting,
                      (count(j.id) filter (where j.state = 'failed'))::integer as failed
                 from jobs.queue q left join jobs.job j on j.name = q.name
                group by q.name order by q.name`,
      },
    );
    return rows;
  }

  /**
   * One waiting job for a key: found by it, and enforced. On the partitioned parent, so every queue made later has it
   * too. A running job whose replacement waits is given up when it fails, because a second waiting one cannot be.
   */
  async #indexKeys(): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await lockTables(tx);
      await tx.query({
        text: `create unique index if not exists jobs_waiting_by_key on jobs.job (name, singleton_key)
                where singleton_key is not null and state < 'active'`,
      });
    });
  }

  /** A queue is a partition with foreign keys: two made at the same moment deadlocked without the lock. */
  async #createQueue(queue: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await lockTables(tx);
      await tx.query({
        text: `select jobs.create_queue($1, '{"policy":"standard"}')`,
        values: [queue],
      });
    });
  }

  #endOf(queue: string): QueueEnd {
    return {
      claim: async (limit) => {
        // pg-boss gives no jobs when the statement fails; the pool has reported why.
        const jobs = await this.#boss.fetch<unknown>(queue, {
          batchSize: limit,
          includeMetadata: true,
          priority: false,
        });
        return jobs.map(({ id, data, retryCount }) => ({
          id,
          payload: data,
          attempt: retryCount + 1,
        }));
      },
      // Removed rather than completed: nobody reads what is done, and the table stays as small as what waits.
      finish: (ids) => this.#quietly(() => this.#boss.deleteJob(queue, [...ids])),
      fail: (job, outcome) => this.#quietly(() => this.#fail(queue, job, outcome)),
    };
  }

  async #fail(
    queue: string,
    job: ClaimedJob,
    { final, reason }: { readonly final: boolean; readonly reason: string },
  ): Promise<void> {
    if (final)
      await this.#database.query({
        text: `update jobs.job set retry_limit = retry_count where name = $1 and id = $2 and state = 'active'`,
        values: [queue, job.id],
      });
    await this.#boss.fail(queue, job.id, { reason });
  }

  /** What cannot be reported now is decided by the time limit. */
  async #quietly(report: () => Promise<unknown>): Promise<void> {
    try {
      await report();
    } catch (error) {
      this.#logger.warn('the end of a job could not be recorded; it will run again', { error });
    }
  }

  #every(ms: number, task: () => Promise<unknown>): void {
    const run = (): void => {
      task().catch((error: unknown) => {
        this.#logger.warn('upkeep of the job queue failed', { error });
      });
    };
    this.#timers.push(setInterval(run, ms).unref());
  }

  async #end(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all([...this.#workers.values()].map((worker) => worker.stop(STOP_MS)));
    await this.#boss.stop({ graceful: false, close: false });
    await this.#database.close();
  }
}

/** Whether looking at once may find it: what is due tomorrow is found by looking now and then. */
function isSoon({ runAt }: Pick<Job, 'runAt'>): boolean {
  return runAt === undefined || Date.parse(runAt) - Date.now() < SOON_MS;
}

/** Held until the end of the transaction by whoever changes the tables. */
async function lockTables(tx: Queryable): Promise<void> {
  await tx.query({ text: `select pg_advisory_xact_lock(hashtextextended('comptoir.jobs', 0))` });
}
