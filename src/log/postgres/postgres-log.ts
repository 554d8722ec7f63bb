import { bucketOfTenant } from '../../core/bucket.ts';
import { Failure } from '../../core/errors.ts';
import type { EventDraft, StoredEvent } from '../../core/event.ts';
import { type Logger, silentLogger } from '../../core/logger.ts';
import { type MetricRegistry, noMetrics } from '../../core/metrics.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { DedupeWindow } from '../dedupe/bucket-keys.ts';
import { KeyHasher } from '../dedupe/key-hasher.ts';
import type {
  AnswerRecord,
  DecidedAppend,
  DecidedOutcome,
  EventLog,
  FindNewestPage,
  FindNewestQuery,
  FindPage,
  FindQuery,
  LogBatch,
  LogHead,
  ReadOptions,
  ReceivedOutcome,
  StoredAnswer,
} from '../log.ts';
import { checkAnswer, checkUnit, checkVersionsRead } from '../check-append.ts';
import { answerBytes, draftBytes } from './append-unit.ts';
import { BatchCache } from './batch-cache.ts';
import { type AppendedBatch, BucketState } from './bucket-state.ts';
import { BucketWriter } from './bucket-writer.ts';
import { eraseEvents } from './erase-events.ts';
import { findEvents, findNewestEvents } from './find-events.ts';
import type { FindSources } from './find-sources.ts';
import { HeadWatch } from './head-watch.ts';
import { defineLogMetrics, type LogMetrics } from './log-metrics.ts';
import { LookUps } from './look-ups.ts';
import { Maintenance } from './maintenance.ts';
import { type LogInfo, openInfo } from './open-info.ts';
import { ReadCache } from './read-cache.ts';
import { readBatchesAfter } from './read-batches.ts';
import { readAllHeads, readHead } from './read-head.ts';
import { readStreamVersions } from './read-stream.ts';
import { type RetentionRule, readRetention, setRetention } from './retain-events.ts';
import { readFailure, type LogFaults } from './settle-append.ts';

/** Buckets of a new log. Fixed for its life: the Kafka partition and the Citus distribution value of later. */
const BUCKETS_DEFAULT = 16;
/** Events of one batch: packing 2,000 takes about 3 ms of the event loop, and more would not pack better. */
const BATCH_EVENTS_MAX = 2_000;
/** Packed bytes of newest batches kept for tails and duplicate checks: about 70,000 events. */
const CACHE_BYTES = 6 * 1024 * 1024;
/** Raw bytes of batches read back. */
const READ_CACHE_BYTES = 8 * 1024 * 1024;

export interface PostgresLogOptions {
  readonly database: Database;
  /** Used when the log is created; later its own number stands. */
  readonly bucketCount?: number;
  readonly dedupeWindowSeconds: number;
  readonly dedupeKeysMax: number;
  /** Most events of one append. */
  readonly batchEventsMax?: number;
  /** Whether this process seals, compacts and retains in the background. */
  readonly maintenance?: boolean;
  /** Position of a bucket that every reader with a checkpoint has passed: retention stops there. Null for no bound. */
  readonly passed?: (bucket: number) => Promise<bigint | null>;
  readonly metrics?: MetricRegistry;
  readonly logger?: Logger;
  /** Asked before anything is queued: a refusal is thrown, for example while the disk is full. */
  readonly refusal?: () => Failure | undefined;
  /** Told once a batch, whichever way its events came: feeds the live figures. */
  readonly onBatch?: (batch: AppendedBatch) => void;
  /** For tests of unknown outcomes. */
  readonly faults?: LogFaults;
}

/** What the PostgreSQL log has beyond the port. */
export interface PostgresLog extends EventLog {
  /** Seals, compacts and retains everything now. */
  maintain(): Promise<void>;
  setRetention(tenant: string, type: string, ageSeconds: number | null): Promise<void>;
  retention(tenant: string): Promise<readonly RetentionRule[]>;
  /** Puts tombstones in place of received events of a tenant; answers with how many were replaced now. */
  eraseReceived(tenant: string, positions: readonly bigint[]): Promise<number>;
  /** Forgets stored batches that are held in memory: another process may have rewritten them. */
  forgetBatches(): void;
  /** Events waiting to be appended by this process. */
  queuedEvents(): number;
}

/** Opens the log of a migrated database, creating it when it is new. */
export async function openPostgresLog(options: PostgresLogOptions): Promise<PostgresLog> {
  const info = await openInfo(options.database, options.bucketCount ?? BUCKETS_DEFAULT);
  const heads = await readAllHeads(options.database);
  return new Log({ ...info, heads }, options);
}

/** What is known of the log when it is opened. */
type Opened = LogInfo & { readonly heads: ReadonlyMap<number, number> };

class Log implements PostgresLog {
  readonly incarnation: string;
  readonly bucketCount: number;
  readonly #options: PostgresLogOptions;
  readonly #database: Database;
  readonly #hasher: KeyHasher;
  readonly #logger: Logger;
  readonly #metrics: LogMetrics;
  readonly #window: DedupeWindow;
  readonly #cache = new BatchCache(CACHE_BYTES);
  readonly #reads: ReadCache;
  readonly #lookUps: LookUps;
  readonly #watch: HeadWatch;
  readonly #maintenance: Maintenance;
  readonly #buckets = new Map<number, { state: BucketState; writer: BucketWriter }>();

  constructor(info: Opened, options: PostgresLogOptions) {
    this.incarnation = info.incarnation;
    this.bucketCount = info.bucketCount;
    this.#options = options;
    this.#database = options.database;
    this.#hasher = new KeyHasher(info.hashSecret);
    this.#reads = new ReadCache(READ_CACHE_BYTES, this.#hasher);
    this.#logger = options.logger ?? silentLogger;
    const registry = options.metrics ?? noMetrics;
    this.#metrics = defineLogMetrics(registry);
    registry.gauge({
      name: 'comptoir_log_queued_events',
      help: 'Events waiting to be appended.',
      collect: () => this.queuedEvents(),
    });
    registry.gauge({
      name: 'comptoir_log_dedupe_bytes',
      help: 'Memory of the dedupe index: exact tables and filters.',
      collect: () => [...this.#window.buckets].reduce((sum, keys) => sum + keys.memoryBytes, 0),
    });
    this.#window = new DedupeWindow({
      windowSeconds: options.dedupeWindowSeconds,
      keysMax: options.dedupeKeysMax,
    });
    this.#lookUps = new LookUps(this.#database);
    this.#watch = new HeadWatch(this.#database, this.#logger, info.heads);
    this.#maintenance = new Maintenance({
      database: this.#database,
      hasher: this.#hasher,
      logger: this.#logger,
      metrics: this.#metrics,
      sealed: async (bucket) => this.#buckets.get(bucket)?.state.adoptRuns(),
      tended: async (bucket) => this.#buckets.get(bucket)?.state.groupFilters(),
      rewritten: (bucket) => this.#forget(bucket),
      passed: options.passed,
    });
    if (options.maintenance ?? true) this.#maintenance.start();
  }

  bucketOf(tenant: string): number {
    return bucketOfTenant(tenant, this.bucketCount);
  }

  appendReceived(
    tenant: string,
    drafts: readonly EventDraft[],
  ): Promise<readonly ReceivedOutcome[]> {
    if (drafts.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      this.#refuse();
      const bytes = draftBytes(drafts);
      this.#writer(this.bucketOf(tenant)).submit({
        kind: 'received',
        tenant,
        drafts,
        bytes,
        events: drafts.length,
        resolve,
        reject,
      });
    });
  }

  appendDecided(append: DecidedAppend): Promise<DecidedOutcome> {
    checkUnit(append);
    return new Promise((resolve, reject) => {
      this.#refuse();
      const drafts = append.streams.flatMap(({ events }) => events);
      this.#writer(this.bucketOf(append.tenant)).submit({
        kind: 'decided',
        append,
        bytes: draftBytes(drafts) + answerBytes(append.answer),
        events: Math.max(drafts.length, 1),
        resolve,
        reject,
      });
    });
  }

  recordAnswer(
    tenant: string,
    answer: AnswerRecord,
  ): Promise<{ readonly recorded: boolean; readonly answer: StoredAnswer }> {
    checkAnswer(answer);
    return new Promise((resolve, reject) => {
      this.#refuse();
      this.#writer(this.bucketOf(tenant)).submit({
        kind: 'answer',
        tenant,
        answer,
        bytes: answerBytes(answer),
        events: 1,
        resolve,
        reject,
      });
    });
  }

  async findAnswer(tenant: string, key: Uint8Array): Promise<StoredAnswer | null> {
    return this.#reading(() =>
      this.#lookUps.answer({ bucket: this.bucketOf(tenant), tenant, key }),
    );
  }

  async findCommand(
    tenant: string,
    stream: string,
    commandId: string,
  ): Promise<{ readonly version: bigint; readonly position: bigint } | null> {
    const bucket = this.bucketOf(tenant);
    return this.#reading(() => this.#lookUps.command({ bucket, tenant, stream, commandId }));
  }

  async head(bucket: number): Promise<LogHead> {
    const head = await this.#reading(() => readHead(this.#database, bucket));
    return {
      position: BigInt(head.position),
      recordedAtMicros: BigInt(head.recordedAt),
      lowMark: BigInt(head.lowMark),
    };
  }

  knownHead(bucket: number): bigint {
    return BigInt(this.#watch.known(bucket));
  }

  async readBatches(
    bucket: number,
    after: bigint,
    options: ReadOptions,
  ): Promise<readonly LogBatch[]> {
    const cached = this.#cache.after(bucket, Number(after), options);
    if (cached.length > 0) return cached;
    const batches = await this.#reading(() =>
      readBatchesAfter(this.#database, bucket, { ...options, after: Number(after) }),
    );
    const first = batches[0];
    if (first && first.firstPosition > after + 1n) throw expired(first.firstPosition);
    return batches;
  }

  readStream(
    tenant: string,
    stream: string,
    options: { fromVersion: bigint; limit: number },
  ): Promise<readonly StoredEvent[]> {
    const place = { bucket: this.bucketOf(tenant), tenant, stream };
    return this.#reading(() => this.#lookUps.stream({ ...place, ...options }));
  }

  async streamVersions(tenant: string, streams: readonly string[]): Promise<readonly bigint[]> {
    checkVersionsRead(streams);
    if (streams.length === 0) return [];
    const places = streams.map((stream) => ({ tenant, stream }));
    const bucket = this.bucketOf(tenant);
    const versions = await this.#reading(() => readStreamVersions(this.#database, bucket, places));
    return versions.map(BigInt);
  }

  async find(query: FindQuery): Promise<FindPage> {
    const bucket = this.bucketOf(query.tenant);
    if (query.after > 0n) {
      const { lowMark } = await this.head(bucket);
      if (query.after < lowMark) throw expired(lowMark + 1n);
    }
    return this.#reading(() => findEvents(query, this.#findSources(bucket)));
  }

  findNewest(query: FindNewestQuery): Promise<FindNewestPage> {
    const sources = this.#findSources(this.bucketOf(query.tenant));
    return this.#reading(() => findNewestEvents(query, sources));
  }

  onAppend(bucket: number, listener: () => void): () => void {
    return this.#watch.listen(bucket, listener);
  }

  async maintain(): Promise<void> {
    await this.#maintenance.runOnce();
  }

  setRetention(tenant: string, type: string, ageSeconds: number | null): Promise<void> {
    const windowSeconds = this.#options.dedupeWindowSeconds;
    const rule = { tenant, type, ageSeconds, windowSeconds };
    return setRetention(this.#database, this.bucketOf(tenant), rule);
  }

  async retention(tenant: string): Promise<readonly RetentionRule[]> {
    const rules = await readRetention(this.#database, this.bucketOf(tenant));
    return rules.filter((rule) => rule.tenant === tenant);
  }

  async eraseReceived(tenant: string, positions: readonly bigint[]): Promise<number> {
    const bucket = this.bucketOf(tenant);
    const work = { tenant, positions: positions.map(Number), hasher: this.#hasher };
    const erased = await this.#reading(() => eraseEvents(this.#database, bucket, work));
    this.#forget(bucket);
    return erased;
  }

  forgetBatches(): void {
    for (let bucket = 0; bucket < this.bucketCount; bucket++) this.#forget(bucket);
  }

  queuedEvents(): number {
    let events = 0;
    for (const { writer } of this.#buckets.values()) events += writer.queuedEvents;
    return events;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#buckets.values()].map(({ writer }) => writer.close()));
    await this.#maintenance.close();
    this.#watch.close();
  }

  #writer(bucket: number): BucketWriter {
    const known = this.#buckets.get(bucket);
    if (known) return known.writer;
    const state = new BucketState(bucket, {
      database: this.#database,
      hasher: this.#hasher,
      window: this.#window,
      cache: this.#cache,
      reads: this.#reads,
      logger: this.#logger,
      metrics: this.#metrics,
      faults: this.#options.faults,
      onBatch: this.#options.onBatch,
      moved: (which, head) => this.#watch.moved(which, head),
    });
    const writer = new BucketWriter(state, {
      batchEventsMax: this.#options.batchEventsMax ?? BATCH_EVENTS_MAX,
    });
    this.#buckets.set(bucket, { state, writer });
    return writer;
  }

  #findSources(bucket: number): FindSources {
    const cache = this.#cache.of(bucket);
    return { on: this.#database, bucket, hasher: this.#hasher, ...cache };
  }

  #forget(bucket: number): void {
    this.#cache.forget(bucket);
    this.#reads.forget(bucket);
  }

  #refuse(): void {
    const refusal = this.#options.refusal?.();
    if (refusal) throw refusal;
  }

  /** Turns a lost connection of a read into what the caller may be told. */
  async #reading<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      throw readFailure(error);
    }
  }
}

function expired(earliest: bigint): Failure {
  return new Failure('CURSOR_EXPIRED', 'The events behind this cursor were removed by retention.', {
    extra: { earliestPosition: String(earliest - 1n) },
  });
}
