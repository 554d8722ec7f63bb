/**
 * The writer of the audit trail. Whatever waits for a chain is written together; `note` lets it wait NOTE_DELAY_MS, so that
 * reads of personal data, of which there may be a thousand a second, cost twenty commits; `record` is written at once.
 *
 *   note, record --> lane of the chain --(delay, a free writer)--> group: seal, link, append --> checkpointer
 *
 * One group of a chain is under way at a time, and WRITERS_MAX in all. The queue is bounded: what does not fit is counted,
 * and one entry says how many were lost. While the database or the key store is gone groups wait and are tried again.
 */
import type { AuditClass, AuditEntry, AuditTrail } from '../core/audit.ts';
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import { DatabaseError } from '../platform/postgres/database.ts';
import { groupWriter } from './append-group.ts';
import type { AuditKeys } from './audit-keys.ts';
import type { AuditMetrics } from './audit-metrics.ts';
import type { ChainHead } from './chain.ts';
import type { Checkpointer } from './checkpointer.ts';
import type { EntryBox } from './entry-box.ts';
import { Lane, type Waiting } from './lane.ts';
import type { AuditStore } from './store.ts';

/** Ten seconds of a thousand reads a second; at most 40 MB where each names a hundred persons. */
export const QUEUE_ENTRIES_MAX = 10_000;
/** Entries wait for company this long; a person who looks for them does not notice. */
const NOTE_DELAY_MS = 50;
/** Chains written to at once by a process: what the audit trail may take of the database's connections. */
const WRITERS_MAX = 3;
/** Lanes kept for the chains they know the end of; an idle one that goes costs its next group a round trip. */
const LANES_MAX = 3_000;
const RETRY_MS = 100;
const RETRY_MS_MAX = 5_000;
/** A group that the database refuses this often holds something it will never take. */
const REFUSALS_MAX = 5;
/** Longer than a restart of the database takes, shorter than clients wait. */
const RECORD_TIMEOUT_MS = 5_000;
/** An idle process must end within 3 s, and HTTP has used some of it. */
const DRAIN_MS = 2_000;

export interface TrailDependencies {
  readonly store: AuditStore;
  readonly keys: AuditKeys;
  readonly box: EntryBox;
  readonly checkpointer: Pick<Checkpointer, 'appended'>;
  readonly metrics: AuditMetrics;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A class because it owns queues and timers. */
export class TrailWriter implements AuditTrail {
  readonly #deps: TrailDependencies;
  readonly #lanes = new Map<string, Lane>();
  /** Lanes whose time has come, in order. */
  readonly #ready = new Set<Lane>();
  readonly #delayed = new Set<Lane>();
  #delay: NodeJS.Timeout | undefined;
  #queued = 0;
  #writing = 0;
  #stopped = false;
  #gaveUp = false;
  readonly #idle: (() => void)[] = [];

  constructor(deps: TrailDependencies) {
    this.#deps = deps;
  }

  get queued(): number {
    return this.#queued;
  }

  note(entry: AuditEntry): void {
    const lane = this.#laneOf(entry);
    if (this.#isFull()) {
      this.#lose(lane, 1);
      return;
    }
    this.#add(lane, { entry, atMs: this.#deps.clock.nowMs() });
    if (this.#stopped) this.#makeReady(lane);
    else this.#delayLane(lane);
  }

  record(entry: AuditEntry): Promise<void> {
    if (this.#isFull()) return Promise.reject(unavailable());
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => reject(unavailable()), RECORD_TIMEOUT_MS);
    const lane = this.#laneOf(entry);
    this.#add(lane, { entry, atMs: this.#deps.clock.nowMs(), settle: { resolve, reject } });
    this.#makeReady(lane);
    return promise.finally(() => clearTimeout(timer));
  }

  /** Resolves when everything noted so far is stored, or never will be; what still comes does not count. */
  async flush(): Promise<void> {
    this.#hurry();
    await Promise.all([...this.#lanes.values()].map((lane) => lane.flushed()));
  }

  /** Takes in what still comes and writes it; gives up on what is not written within DRAIN_MS. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const timer = setTimeout(() => {
      this.#gaveUp = true;
      for (const resolve of this.#idle.splice(0)) resolve();
    }, DRAIN_MS);
    this.#hurry();
    if (this.#queued > 0 || this.#writing > 0)
      await new Promise<void>((resolve) => void this.#idle.push(resolve));
    clearTimeout(timer);
    clearTimeout(this.#delay);
    if (this.#queued > 0)
      this.#deps.logger.error('entries of the audit trail were lost', { count: this.#queued });
    this.#gaveUp = true;
  }

  #hurry(): void {
    for (const lane of this.#delayed) this.#makeReady(lane);
    this.#delayed.clear();
  }

  #isFull(): boolean {
    return this.#queued >= QUEUE_ENTRIES_MAX || this.#gaveUp;
  }

  #add(lane: Lane, waiting: Waiting): void {
    lane.add(waiting);
    this.#queued += 1;
  }

  #lose(lane: Lane, count: number): void {
    lane.lose(count, this.#deps.clock.nowMs());
    this.#deps.metrics.lost(lane.chain.class, count);
  }

  #laneOf({ tenant, class: of }: { readonly tenant: string; readonly class: AuditClass }): Lane {
    const name = `${of}/${tenant}`;
    const known = this.#lanes.get(name);
    if (known !== undefined) return known;
    if (this.#lanes.size >= LANES_MAX) this.#dropIdle();
    const lane = new Lane({ tenant, class: of });
    this.#lanes.set(name, lane);
    return lane;
  }

  #dropIdle(): void {
    for (const [name, lane] of this.#lanes)
      if (lane.isEmpty && !lane.busy) this.#lanes.delete(name);
  }

  #delayLane(lane: Lane): void {
    this.#delayed.add(lane);
    this.#delay ??= setTimeout(() => {
      this.#delay = undefined;
      const delayed = [...this.#delayed];
      this.#delayed.clear();
      for (const each of delayed) this.#makeReady(each);
    }, NOTE_DELAY_MS);
    this.#delay.unref();
  }

  #makeReady(lane: Lane): void {
    this.#ready.add(lane);
    this.#work();
  }

  #work(): void {
    for (const lane of this.#ready) {
      if (this.#writing >= WRITERS_MAX) return;
      if (lane.busy) continue;
      this.#ready.delete(lane);
      if (lane.isEmpty) continue;
      lane.busy = true;
      this.#writing += 1;
      void this.#writeGroup(lane).then((stored) => {
        lane.busy = false;
        this.#writing -= 1;
        // The word about entries that were refused goes along with the next one: alone it might be refused for ever.
        if (lane.length > 0 || (stored && !lane.isEmpty)) this.#ready.add(lane);
        this.#work();
        if (this.#queued > 0 || this.#writing > 0) return;
        for (const resolve of this.#idle.splice(0)) resolve();
      });
    }
  }

  /** Whether the group was stored. */
  async #writeGroup(lane: Lane): Promise<boolean> {
    const { metrics, checkpointer, logger } = this.#deps;
    const { group, taken } = lane.take(this.#deps.clock.nowMs());
    try {
      const head = await this.#stored(lane, group);
      lane.head = head;
      metrics.written(lane.chain.class, group.length);
      checkpointer.appended(lane.chain, head, group.length);
      for (const { settle } of group) settle?.resolve();
      return true;
    } catch (error) {
      const count = group.length;
      logger.error('entries of the audit trail could not be stored', { count, error });
      for (const { settle } of group) settle?.reject(unavailable(error));
      this.#lose(lane, count);
      lane.head = null;
      return false;
    } finally {
      this.#queued -= taken;
      lane.settled(taken);
    }
  }

  /** Tries until it is stored. Throws what will not pass by waiting, and anything once the process ends. */
  async #stored(lane: Lane, group: readonly Waiting[]): Promise<ChainHead> {
    const { store, keys, box, logger } = this.#deps;
    let writer: ReturnType<typeof groupWriter> | undefined;
    for (let tries = 0, refusals = 0; ; tries += 1) {
      try {
        writer ??= groupWriter({ store, keys }, lane.chain, {
          head: lane.head,
          bodies: await box.seal(lane.chain, group),
        });
        return await writer.write();
      } catch (error) {
        if (!passes(error)) refusals += 1;
        if (refusals >= REFUSALS_MAX || error instanceof TypeError || this.#gaveUp) throw error;
        if (tries === 0) logger.warn('the audit trail cannot be written now', { error });
        await pause(Math.min(RETRY_MS * 2 ** Math.min(tries, 10), RETRY_MS_MAX));
      }
    }
  }
}

/** Whether waiting may help: the database or the key store is not reachable. */
function passes(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.kind !== 'server';
  return error instanceof Failure && error.retryable;
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, delayMs).unref());
}

function unavailable(cause?: unknown): Failure {
  return new Failure('UNAVAILABLE', 'The audit trail cannot be written at the moment.', {
    cause,
    retryAfterSeconds: 1,
  });
}
