import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../core/logger.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { segmentKeys } from '../dedupe/bucket-keys.ts';
import type { KeyHasher } from '../dedupe/key-hasher.ts';
import { compactStep } from './compact-batches.ts';
import type { LogMetrics } from './log-metrics.ts';
import { readAllHeads } from './read-head.ts';
import { ANSWERS_AT_ONCE, removeAnswers } from './remove-answers.ts';
import { retainEvents } from './retain-events.ts';
import { sealRuns } from './seal-runs.ts';

/** Between two rounds. */
const ROUND_MS = 1_000;
/** Rounds between two compactions and two retentions of a bucket. */
const COMPACT_EVERY = 5;
const RETAIN_EVERY = 60;
/** Rows younger than this are left alone by compaction: other writers read them to catch up. */
const COMPACT_AGE_SECONDS = 10;
/** Steps of compaction in one round and bucket, so that a round ends: 14,000 events a second of a bucket are kept up with. */
const COMPACT_STEPS_MAX = 30;
/**
 * Pause after a step of the background, as a multiple of what it took. A step is some 40 ms of the event loop that answers
 * requests; 20 of them without a pause were 0.9 s in which an append took 31 ms instead of 3, and 207 at most.
 */
const COMPACT_PAUSE_SHARE = 2;
/** A step that took longer waited for the database. */
const COMPACT_PAUSE_MS_MAX = 200;
/** Steps of removing old answers in one round and bucket: 50,000 a minute keeps up with 800 a second. */
const ANSWER_STEPS_MAX = 50;

export interface MaintenanceDependencies {
  readonly database: Database;
  readonly hasher: KeyHasher;
  readonly logger: Logger;
  readonly metrics: LogMetrics;
  /** Called after new runs were written for a bucket. */
  readonly sealed: (bucket: number) => Promise<void>;
  /** Called in every round for a bucket: time to put in order what memory holds of it. */
  readonly tended: (bucket: number) => Promise<void>;
  /** Called when stored batches of a bucket were, or may have been, rewritten by this or another process. */
  readonly rewritten: (bucket: number) => void;
  /** Position that every reader with a checkpoint has passed: retention stops there. Null for no bound. */
  readonly passed?: ((bucket: number) => Promise<bigint | null>) | undefined;
}

/** Background work of the log: sealing, compaction, retention. Any number of processes may run it. */
export class Maintenance {
  readonly #deps: MaintenanceDependencies;
  readonly #compactedTo = new Map<number, number>();
  readonly #seenHeads = new Map<number, number>();
  readonly #retained = new Map<string, number>();
  #round = 0;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(deps: MaintenanceDependencies) {
    this.#deps = deps;
  }

  start(): void {
    if (this.#closed || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#running = this.#tick().finally(() => {
        this.#running = null;
        this.start();
      });
    }, ROUND_MS);
    this.#timer.unref();
  }

  /** Does everything there is to do now, rows of any age included. For tests, benchmarks and `doctor`. */
  async runOnce(): Promise<void> {
    for (const [bucket, head] of await readAllHeads(this.#deps.database)) {
      await this.#removeAnswers(bucket, Number.MAX_SAFE_INTEGER);
      if (head === 0) continue;
      await this.#seal(bucket, 1);
      await this.#compact(bucket, { ageSeconds: 0, stepsMax: Number.MAX_SAFE_INTEGER });
      await this.#retain(bucket);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }

  async #tick(): Promise<void> {
    this.#round++;
    try {
      const heads = await readAllHeads(this.#deps.database);
      const grown = new Set(
        [...heads.keys()].filter(
          (bucket) => heads.get(bucket) !== (this.#seenHeads.get(bucket) ?? 0),
        ),
      );
      for (const [bucket, head] of heads) {
        if (this.#closed) return;
        // A bucket without events may have answers: refusals append nothing.
        if (head === 0 && !this.#retains(bucket)) continue;
        this.#seenHeads.set(bucket, head);
        await this.#tend(bucket, grown.has(bucket) ? segmentKeys(grown.size) : null);
      }
    } catch (error) {
      this.#deps.logger.warn('a round of maintenance of the log ended early', { error });
    }
  }

  /** The round of one bucket; a fault in it must not keep the others waiting. */
  async #tend(bucket: number, keysMin: number | null): Promise<void> {
    try {
      if (keysMin !== null) await this.#seal(bucket, keysMin);
      await this.#deps.tended(bucket);
      if (this.#round % COMPACT_EVERY === bucket % COMPACT_EVERY)
        await this.#compact(bucket, {
          ageSeconds: COMPACT_AGE_SECONDS,
          stepsMax: COMPACT_STEPS_MAX,
        });
      if (!this.#retains(bucket)) return;
      await this.#removeAnswers(bucket, ANSWER_STEPS_MAX);
      await this.#retain(bucket);
    } catch (error) {
      this.#deps.logger.warn('maintenance of a bucket failed', { bucket, error });
    }
  }

  /** Whether retention is due in this round. */
  #retains(bucket: number): boolean {
    return this.#round % RETAIN_EVERY === bucket % RETAIN_EVERY;
  }

  async #seal(bucket: number, keysMin: number): Promise<void> {
    for (;;) {
      const keys = await sealRuns(this.#deps.database, bucket, keysMin);
      if (keys === 0) return;
      this.#deps.metrics.sealedKeys.add(keys);
      await this.#deps.sealed(bucket);
      if (this.#closed) return;
    }
  }

  async #compact(bucket: number, limits: { ageSeconds: number; stepsMax: number }): Promise<void> {
    const { database, hasher, metrics } = this.#deps;
    let from = limits.ageSeconds === 0 ? 0 : (this.#compactedTo.get(bucket) ?? 0);
    for (let step = 0; step < limits.stepsMax && !this.#closed; step++) {
      const beganMs = performance.now();
      const { merged, next } = await compactStep(database, bucket, {
        from,
        hasher,
        ageSeconds: limits.ageSeconds,
      });
      metrics.compactedEvents.add(merged);
      if (next === null) return;
      from = next;
      this.#compactedTo.set(bucket, next);
      const pauseMs = (performance.now() - beganMs) * COMPACT_PAUSE_SHARE;
      if (limits.ageSeconds > 0) await delay(Math.min(pauseMs, COMPACT_PAUSE_MS_MAX));
    }
  }

  /** Not under the maintenance lock: several processes at it skip each other's rows. */
  async #removeAnswers(bucket: number, stepsMax: number): Promise<void> {
    for (let step = 0; step < stepsMax && !this.#closed; step++)
      if ((await removeAnswers(this.#deps.database, bucket)) < ANSWERS_AT_ONCE) return;
  }

  async #retain(bucket: number): Promise<void> {
    const { database, hasher, metrics, passed } = this.#deps;
    const { rules, removed } = await retainEvents(database, bucket, {
      hasher,
      applied: this.#retained,
      passed: (await passed?.(bucket)) ?? null,
    });
    metrics.removedEvents.add(removed);
    // Also when nothing was removed here: another process may have done it, and our caches still hold the events.
    if (rules > 0) this.#deps.rewritten(bucket);
  }
}
