import type { Logger } from '../../core/logger.ts';
import type { Database, Queryable } from '../../platform/postgres/database.ts';
import type { StoredBatch } from '../codec/stored-batch.ts';
import { BucketKeys, type DedupeWindow } from '../dedupe/bucket-keys.ts';
import type { KeyHasher } from '../dedupe/key-hasher.ts';
import type { DecidedAppend } from '../log.ts';
import type { AppendAnswer, PreparedBatch } from './append-batch.ts';
import type { BatchCache } from './batch-cache.ts';
import { createGentlePace } from './gentle-pace.ts';
import { loadKeys, loadRuns } from './load-keys.ts';
import type { LogMetrics } from './log-metrics.ts';
import { lookUpKeys } from './look-up-keys.ts';
import type { AppendPlan, PlanSources } from './plan-append.ts';
import { streamKey } from './plan-decided.ts';
import { readAnswers, readCommands } from './read-answers.ts';
import { readBatchesHolding, readThrough } from './read-batches.ts';
import type { ReadCache } from './read-cache.ts';
import { readHead } from './read-head.ts';
import { readStreamVersions, type StreamPlace } from './read-stream.ts';
import type { LogFaults } from './settle-append.ts';

/** Stream versions kept in memory; beyond it the map starts anew and versions are read again. */
const STREAM_VERSIONS_MAX = 100_000;

export interface BucketDependencies {
  readonly database: Database;
  readonly hasher: KeyHasher;
  readonly window: DedupeWindow;
  readonly cache: BatchCache;
  readonly reads: ReadCache;
  readonly logger: Logger;
  readonly metrics: LogMetrics;
  readonly faults?: LogFaults | undefined;
  readonly onBatch?: ((batch: AppendedBatch) => void) | undefined;
  /** Tells the readers of this process that the bucket has a new head. */
  readonly moved: (bucket: number, head: number) => void;
}

/** One append of this process that is durable. */
export interface AppendedBatch {
  /** Of one batch; 0 when it held answers only. */
  readonly events: number;
  /** From sending it to the database until its commit was known. */
  readonly ms: number;
}

/** What a process knows of a bucket it writes to: keys and stream versions as of a head. */
export class BucketState {
  readonly bucket: number;
  readonly keys: BucketKeys;
  readonly #deps: BucketDependencies;
  #versions = new Map<string, number>();
  /** True while another writer may have appended since `keys.known`. */
  #stale = true;

  /** Units committed here, while somebody holds them: what `follows` asks for. */
  readonly #appended = new WeakSet<DecidedAppend>();

  constructor(bucket: number, deps: BucketDependencies) {
    this.bucket = bucket;
    this.#deps = deps;
    this.keys = new BucketKeys(0, deps.window);
  }

  get database(): Database {
    return this.#deps.database;
  }
  get hasher(): KeyHasher {
    return this.#deps.hasher;
  }
  get logger(): Logger {
    return this.#deps.logger;
  }
  get faults(): LogFaults | undefined {
    return this.#deps.faults;
  }

  /** Learns what others appended, if they may have. Under the head lock pass the transaction: then always. */
  async catchUp(under?: Queryable): Promise<void> {
    if (!this.#stale && !under) return;
    await loadKeys(under ?? this.#deps.database, this.bucket, this.keys);
    this.#stale = false;
  }

  /** The head was not where we believed: forget what depends on it. */
  overtaken(): void {
    this.#stale = true;
    this.#versions = new Map();
    this.#deps.metrics.overtaken.add(1);
  }

  /**
   * Adopts new runs, so that exact tables they cover can go. Runs that reach beyond what the writer knows are left to
   * its next `catchUp`: a plan may be under way, and stream versions belong to `keys.known` too.
   */
  async adoptRuns(): Promise<void> {
    const head = await readHead(this.#deps.database, this.bucket);
    await loadRuns(this.#deps.database, this.bucket, {
      keys: this.keys,
      nowMicros: head.recordedAt,
      knownOnly: true,
    });
  }

  /** Puts filters together so that many runs cost a look at few. */
  async groupFilters(): Promise<void> {
    const pace = createGentlePace();
    await this.keys.groupFilters(() => pace.breathe());
  }

  planSources(under?: Queryable): PlanSources {
    const on = under ?? this.#deps.database;
    return {
      keys: this.keys,
      hasher: this.#deps.hasher,
      lookUp: (lookUps) => {
        this.#deps.metrics.filterLookUps.add(lookUps.length);
        return lookUpKeys(on, this.bucket, lookUps);
      },
      holding: (positions) => this.#holding(on, positions),
      recall: (high, low) => this.#deps.reads.recall(this.bucket, { high, low }),
      knownVersion: (key) => this.#versions.get(key),
      versions: (streams) => this.#readVersions(on, streams),
      answers: (places) => readAnswers(on, this.bucket, places),
      commands: (places) => readCommands(on, this.bucket, places),
      isAppended: (append) => this.#appended.has(append),
    };
  }

  /** Takes in a committed batch. */
  committed(plan: AppendPlan, prepared: PreparedBatch, answer: AppendAnswer): void {
    const { fresh } = plan;
    const first = answer.head - fresh.length + 1;
    for (const finding of plan.findings)
      if ('versions' in finding) this.#appended.add(finding.unit.append);
    fresh.forEach((event, index) => {
      this.keys.add(event.high, event.low, first + index);
    });
    if (this.#versions.size > STREAM_VERSIONS_MAX) this.#versions = new Map();
    for (const { tenant, stream, after } of plan.streams.values())
      this.#versions.set(streamKey(tenant, stream), after);
    if (fresh.length === 0) return;
    const part = {
      batchId: prepared.batchId,
      lastPosition: answer.head,
      recordedAt: answer.recordedAt,
    };
    this.#deps.cache.add(this.bucket, {
      first,
      count: fresh.length,
      packed: prepared.packed,
      parts: [part],
      types: prepared.types,
    });
    this.#deps.moved(this.bucket, answer.head);
  }

  measure(prepared: PreparedBatch, durationMs: number): void {
    const { metrics } = this.#deps;
    metrics.appendSeconds.observe(durationMs / 1000);
    this.#deps.onBatch?.({ events: prepared.count, ms: durationMs });
    if (prepared.count === 0) return;
    metrics.batchEvents.observe(prepared.count);
    metrics.appendedEvents.add(prepared.count);
    metrics.appendedBytes.add(prepared.packed.payload.length);
  }

  /** After an error nothing is certain but what the database says. */
  doubt(): void {
    this.#stale = true;
    this.#versions = new Map();
  }

  async #holding(
    on: Queryable,
    positions: readonly number[],
  ): Promise<{ batches: StoredBatch[]; through: number }> {
    const found = new Map<number, StoredBatch>();
    const missing: number[] = [];
    let last = 0;
    for (const position of positions) {
      // Ascending: neighbours mostly stand in the batch just found.
      if (position <= last) continue;
      const batch =
        this.#deps.cache.holding(this.bucket, position) ??
        this.#deps.reads.holding(this.bucket, position);
      if (batch) found.set(batch.last, batch);
      else missing.push(position);
      last = batch?.last ?? 0;
    }
    const timesForgotten = this.#deps.reads.timesForgotten(this.bucket);
    const read = await readBatchesHolding(on, this.bucket, {
      positions: missing,
      direction: 'oldest-first',
    });
    for (const batch of read) {
      this.#deps.reads.add(batch, timesForgotten);
      found.set(batch.last, batch);
    }
    const batches = [...found.values()].sort((a, b) => a.first - b.first);
    return { batches, through: readThrough(read, 'oldest-first') };
  }

  async #readVersions(on: Queryable, streams: readonly StreamPlace[]): Promise<number[]> {
    const versions = await readStreamVersions(on, this.bucket, streams);
    streams.forEach(({ tenant, stream }, index) => {
      this.#versions.set(streamKey(tenant, stream), versions[index] ?? 0);
    });
    return versions;
  }
}
