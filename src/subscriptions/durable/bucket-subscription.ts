/**
 * One subscriber on one bucket. It stands at two positions: `saved`, the checkpoint as the store has it, and `seen`, up
 * to which nothing of interest lies, which is saved now and then only; a killed process looks at those events again.
 *
 *   reading -> nothing of interest: `seen` moves
 *           -> events: handle, then checkpoint and write in one transaction: both positions move
 *           -> the same, and more is there, and the subscriber allows it: `seen` moves, and while the transaction is
 *              under way the next chunk is read and handled; its own transaction begins when that one has ended
 *           -> overtaken by another process: stand where the store says
 *           -> a throw: pause, longer each time, and read again from `saved`
 *           -> no progress for SUSPENDED_AFTER_MS: suspended until somebody resumes it
 *           -> retention has removed what comes next: stand at the low mark, with an alarm
 */
import type { Clock } from '../../core/clock.ts';
import { Failure } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import type { LogReader } from '../../log/log.ts';
import { EVENTS_PER_READ, type ChunkReader } from './chunk-reader.ts';
import type { Subscriber } from './durable.ts';
import type { Permits } from '../permits.ts';
import type { Checkpoint, Place, SubscriptionStore } from './subscription-store.ts';

/** What lies unhandled longer holds retention back no more (DESIGN, Retention). */
export const SUSPENDED_AFTER_MS = 7 * 24 * 3600 * 1000;
/** Uninteresting events are saved this rarely: a commit for each batch of others would cost more than reading twice. */
const SAVE_EVERY_MS = 5_000;
/** One that stands at the head says so this often: nobody else can tell it from one that no process runs any more. */
const ALIVE_EVERY_MS = 3600_000;

export type StepResult =
  /** Nothing more to do until something is appended. */
  'idle' | 'moved' | 'suspended';

export interface BucketSubscriptionDependencies {
  readonly log: LogReader;
  readonly reader: ChunkReader;
  readonly store: SubscriptionStore;
  /** Bounds how many ask the store at once where they stand. */
  readonly reads: Permits;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called when events were lost to retention, or the subscription was suspended. */
  readonly alarm: (what: 'gap' | 'suspended', name: string) => void;
}

export class BucketSubscription {
  readonly place: Place;
  readonly #subscriber: Subscriber;
  readonly #deps: BucketSubscriptionDependencies;
  /** With an interest: what that said last, and nothing before it was asked. */
  #types: ReadonlySet<string> | null;
  #saved: bigint | null = null;
  #seen = 0n;
  #movedAtMs = 0;
  #savedAtMs = 0;
  #pendingSinceMicros: bigint | null = null;
  #uninterested = false;
  #wantedNothing = false;
  /** The move that is under way while the next chunk is handled. */
  #moving: { readonly to: bigint; readonly done: Promise<void> } | null = null;

  constructor(subscriber: Subscriber, bucket: number, deps: BucketSubscriptionDependencies) {
    this.place = { name: subscriber.name, bucket };
    this.#subscriber = subscriber;
    this.#types = subscriber.interest === undefined ? subscriber.types : new Set();
    this.#deps = deps;
  }

  /** Up to where nothing is left to handle; null before the first step. */
  get position(): bigint | null {
    return this.#moving === null && this.#saved !== null ? this.#seen : this.#saved;
  }

  /** True when it asked for its interest and nothing that was read mattered. */
  get uninterested(): boolean {
    return this.#uninterested;
  }

  /** True when nothing of what it read last was for it. */
  get wantedNothing(): boolean {
    return this.#wantedNothing;
  }

  /** Whether more lies before it than one read gives. */
  get isBehind(): boolean {
    const { log } = this.#deps;
    return log.knownHead(this.place.bucket) - this.#seen > BigInt(EVENTS_PER_READ);
  }

  /** Age in milliseconds of the oldest event that is known and not handled; 0 without one. */
  lagMs(): number {
    if (this.#pendingSinceMicros === null) return 0;
    return Math.max(0, this.#deps.clock.nowMs() - Number(this.#pendingSinceMicros / 1000n));
  }

  /** Forgets where it stood: another process may have moved the checkpoint. */
  forget(): void {
    this.#saved = null;
    this.#moving = null;
  }

  /** Stands where the store was just seen to say; false, and nowhere, when the subscription is suspended. */
  stand(checkpoint: Checkpoint): boolean {
    if (checkpoint.suspended) return false;
    this.#saved = checkpoint.position;
    this.#seen = checkpoint.position;
    this.#movedAtMs = checkpoint.movedAtMs;
    this.#savedAtMs = this.#deps.clock.nowMs();
    return true;
  }

  /** Reads and handles one chunk. Throws what reading, handling or storing throws; the checkpoint then stays. */
  async step(): Promise<StepResult> {
    if (this.#saved === null && !(await this.#load())) return 'suspended';
    try {
      return await this.#advance();
    } catch (error) {
      await this.#settled().catch(() => {});
      if (error instanceof Failure && error.code === 'CURSOR_EXPIRED') return this.#jump();
      // Whether the transaction was committed may be unknown; the store knows.
      this.forget();
      throw error;
    }
  }

  /** Saves what was looked at without interest. */
  async save(): Promise<void> {
    await this.#settled();
    if (this.#saved === null || this.#seen === this.#saved) return;
    await this.#move(this.#seen, null);
  }

  async #advance(): Promise<StepResult> {
    const { reader } = this.#deps;
    const after = this.#seen;
    const { bucket } = this.place;
    const interest =
      this.#subscriber.interest === undefined
        ? undefined
        : async () => (this.#types = (await this.#subscriber.interest?.(bucket)) ?? null);
    const chunk = await reader.next({ ...this.place, after, types: this.#types, interest });
    const [first] = chunk?.events ?? [];
    this.#wantedNothing = chunk !== null && first === undefined;
    this.#uninterested = interest !== undefined && this.#wantedNothing;
    if (chunk === null || first === undefined) {
      await this.#settled();
      this.#pendingSinceMicros = null;
      if (chunk !== null) this.#seen = chunk.through;
      await this.#saveNowAndThen();
      return (chunk?.reachedHead ?? true) ? 'idle' : 'moved';
    }
    this.#pendingSinceMicros = first.recordedAtMicros;
    if (this.#stuck()) return this.#suspend();
    const { through, events, reachedHead } = chunk;
    const from = this.#moving?.to ?? this.#saved ?? after;
    const write = await this.#subscriber.handle({ bucket, after: from, through, events });
    await this.#settled();
    // Overtaken in the move before: what follows from there is to be handled again.
    if (this.#saved === null) return 'moved';
    const moving = this.#move(through, write);
    if (write?.overlaps === true && this.#deps.log.knownHead(bucket) > through) {
      moving.catch(() => {});
      this.#moving = { to: through, done: moving };
      this.#seen = through;
      return 'moved';
    }
    await moving;
    this.#pendingSinceMicros = null;
    const overtaken = this.#saved === null;
    return reachedHead && !overtaken ? 'idle' : 'moved';
  }

  /** Waits for the move under way. Throws what it throws. */
  async #settled(): Promise<void> {
    const moving = this.#moving;
    if (moving === null) return;
    try {
      await moving.done;
    } finally {
      this.#moving = null;
    }
  }

  async #saveNowAndThen(): Promise<void> {
    const nowMs = this.#deps.clock.nowMs();
    if (nowMs - this.#savedAtMs >= SAVE_EVERY_MS) await this.save();
    if (nowMs - this.#movedAtMs >= ALIVE_EVERY_MS) await this.#move(this.#seen, null);
  }

  async #move(to: bigint, write: Parameters<SubscriptionStore['advance']>[2]): Promise<void> {
    const { store, clock } = this.#deps;
    if (this.#saved === null) return;
    const moved = await store.advance(this.place, { from: this.#saved, to }, write);
    if (!moved) {
      this.forget();
      return;
    }
    this.#saved = to;
    this.#seen = to;
    this.#savedAtMs = clock.nowMs();
    this.#movedAtMs = this.#savedAtMs;
  }

  /** Stands where the store says; false when it says that the subscription is suspended. */
  async #load(): Promise<boolean> {
    const { store, reads } = this.#deps;
    const checkpoint = await reads.run(() => store.readOne(this.place));
    if (checkpoint === null) throw new Error(`the checkpoint of ${this.place.name} is missing`);
    return this.stand(checkpoint);
  }

  /** A subscription that began at old events and works through them lags too, but makes progress. */
  #stuck(): boolean {
    const standingMs = this.#deps.clock.nowMs() - this.#movedAtMs;
    return Math.min(this.lagMs(), standingMs) > SUSPENDED_AFTER_MS;
  }

  async #suspend(): Promise<StepResult> {
    const { store, logger, alarm } = this.#deps;
    await store.suspend(this.place);
    this.forget();
    alarm('suspended', this.place.name);
    logger.error('a subscription made no progress for 7 days and was suspended', this.place);
    return 'suspended';
  }

  async #jump(): Promise<StepResult> {
    const { log, logger, alarm } = this.#deps;
    const { lowMark } = await log.head(this.place.bucket);
    const from = this.#seen;
    if (lowMark <= from) throw new Error('the log says expired above its low mark');
    await this.#move(lowMark, null);
    alarm('gap', this.place.name);
    logger.error('retention removed events that a subscription had not handled', {
      ...this.place,
      position: String(from),
      count: Number(lowMark - from),
    });
    return 'moved';
  }
}
