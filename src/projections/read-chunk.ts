/**
 * From batches of the log to the events that one read model is to handle next: filtered by type before any event
 * object is made, recorded (brought to the newest version, parsed), with the keys of the rows they touch.
 */
import type { StoredEvent } from '../core/event.ts';
import type { ReadModel } from '../core/read-model.ts';
import { createEventRecorder, type EventRecorder } from '../core/record-event.ts';
import type { RecordedEvent } from '../core/recorded-event.ts';
import type { LogBatch } from '../log/log.ts';
import { checkedKey } from './row-values.ts';
import { reasonOf } from './failure-reason.ts';
import { factsOf, sharedEvent, type EventFacts } from './shared-events.ts';

/** One event on its way into a read model. */
export interface PreparedEvent {
  readonly position: bigint;
  readonly tenant: string;
  /** Empty when it has none. */
  readonly stream: string;
  readonly type: string;
  /** Of its data. */
  readonly bytes: number;
  /** Null when it could not be recorded. */
  readonly event: RecordedEvent | null;
  /** Null when they cannot be known. */
  readonly keys: readonly string[] | null;
  /** Whether none of its rows can be there before it. */
  readonly begins: boolean;
  /** Why it cannot be handled; null when it can. */
  readonly failure: string | null;
}

export interface Chunk {
  /** Everything up to here was looked at. */
  readonly last: bigint;
  readonly events: readonly PreparedEvent[];
  /** Recorded time of the first event looked at; null when there was none. */
  readonly sinceMicros: bigint | null;
  readonly end: ChunkEnd;
}

/**
 * Why a chunk ends: nothing followed when it was read; the next event was recorded after the moment of the shadow; a
 * limit was reached; or what one read gave is handled at once, since it may be all there is.
 */
export type ChunkEnd = 'head' | 'sealed' | 'full' | 'read';

export interface ChunkLimits {
  /** Events handled in one transaction. */
  readonly events: number;
  /** Rows touched in one transaction. */
  readonly rows: number;
  /** Of the data of the events handled: parsed they take three to four times as much. */
  readonly bytes: number;
  /** Events looked at, handled or not. */
  readonly looked: number;
}

export interface EventPreparer {
  readonly types: ReadonlySet<string>;
  /** Null when the model does not want it after all. */
  prepare(stored: StoredEvent): PreparedEvent | null;
  /** The same for an event of a batch: what is recorded of it is shared with other read models. Null also for none. */
  prepareAt(batch: LogBatch, index: number): PreparedEvent | null;
}

export function createPreparer(model: ReadModel): EventPreparer {
  const recorder: EventRecorder = createEventRecorder(model.on, model.received);
  const prepared = (
    { position, tenant, stream, type, bytes }: EventFacts,
    record: () => RecordedEvent | null,
  ): PreparedEvent | null => {
    let event: RecordedEvent | null = null;
    let keys: readonly string[] | null = null;
    let begins = false;
    let failure: string | null = null;
    try {
      event = record();
      if (event === null) return null;
      begins = model.begins?.(event) ?? false;
      keys = keysOf(model, event);
    } catch (error) {
      begins = false;
      failure = reasonOf(event === null ? 'record' : 'keys', error);
    }
    return { position, tenant, stream, type, bytes, event, keys, begins, failure };
  };
  return {
    types: recorder.types,
    prepare: (stored) => prepared(factsOf(stored), () => recorder.record(stored)),
    prepareAt(batch, index) {
      const shared = sharedEvent(batch, index);
      return shared === null ? null : prepared(shared.facts, () => shared.record(recorder));
    },
  };
}

const NO_KEYS: readonly string[] = [];

function keysOf(model: ReadModel, event: RecordedEvent): readonly string[] {
  const keys = model.keys(event);
  if (keys.length === 0) return NO_KEYS;
  if (keys.length === 1) {
    checkedKey(keys[0]);
    return keys;
  }
  return [...new Set(keys.map(checkedKey))];
}

/** Types of each batch, so that a batch without one of the model's is stepped over at once. */
const typesOfBatches = new WeakMap<LogBatch, readonly string[]>();

function typesOf(batch: LogBatch): readonly string[] {
  if (batch.types !== null) return batch.types;
  const known = typesOfBatches.get(batch);
  if (known !== undefined) return known;
  const found = new Set<string>();
  for (let index = 0; index < batch.count; index += 1) found.add(batch.typeAt(index));
  const types = [...found];
  typesOfBatches.set(batch, types);
  return types;
}

export function holdsAny(batch: LogBatch, types: ReadonlySet<string>): boolean {
  return typesOf(batch).some((type) => types.has(type));
}

/**
 * Reads on until a limit, the head or the moment of a shadow is reached; `eager`, only until there is something to
 * handle, so that it need not wait for the answer that nothing follows.
 */
export async function readChunk(options: {
  readonly preparer: EventPreparer;
  readonly read: (after: bigint) => Promise<readonly LogBatch[]>;
  readonly after: bigint;
  readonly limits: ChunkLimits;
  readonly asOfMicros: bigint | null;
  readonly eager: boolean;
}): Promise<Chunk> {
  const building = new ChunkBuilder(options);
  for (;;) {
    const batches = await options.read(building.last);
    if (batches.length === 0) return building.end('head');
    for (const batch of batches) {
      const stopped = building.add(batch);
      if (stopped !== 'whole') return building.end(stopped);
    }
    if (building.full) return building.end('full');
    if (options.eager && building.any) return building.end('read');
  }
}

class ChunkBuilder {
  readonly #preparer: EventPreparer;
  readonly #limits: ChunkLimits;
  readonly #asOfMicros: bigint | null;
  readonly #after: bigint;
  readonly #events: PreparedEvent[] = [];
  readonly #keys = new Map<string, Set<string>>();
  #rows = 0;
  #bytes = 0;
  #sinceMicros: bigint | null = null;
  last: bigint;

  constructor(options: {
    readonly preparer: EventPreparer;
    readonly after: bigint;
    readonly limits: ChunkLimits;
    readonly asOfMicros: bigint | null;
  }) {
    this.#preparer = options.preparer;
    this.#limits = options.limits;
    this.#asOfMicros = options.asOfMicros;
    this.#after = options.after;
    this.last = options.after;
  }

  get full(): boolean {
    return (
      this.#events.length >= this.#limits.events ||
      this.#rows >= this.#limits.rows ||
      this.#bytes >= this.#limits.bytes ||
      this.last - this.#after >= BigInt(this.#limits.looked)
    );
  }

  get any(): boolean {
    return this.#events.length > 0;
  }

  end(end: ChunkEnd): Chunk {
    return { last: this.last, events: this.#events, sinceMicros: this.#sinceMicros, end };
  }

  /** `full` and `sealed`: the rest of the batch was left. */
  add(batch: LogBatch): 'whole' | 'full' | 'sealed' {
    const { types } = this.#preparer;
    const first = Math.max(0, Number(this.last - batch.firstPosition + 1n));
    if (first >= batch.count) return 'whole';
    this.#sinceMicros ??= batch.recordedAtMicrosAt(first);
    const wanted = holdsAny(batch, types);
    const asOf = this.#asOfMicros;
    if (!wanted && (asOf === null || batch.recordedAtMicrosAt(batch.count - 1) <= asOf)) {
      this.last = batch.lastPosition;
      return 'whole';
    }
    for (let index = first; index < batch.count; index += 1) {
      if (asOf !== null && batch.recordedAtMicrosAt(index) > asOf)
        return this.#leave(batch, { index, why: 'sealed' });
      // One without any of the types may have come unread.
      if (!wanted || !types.has(batch.typeAt(index))) continue;
      if (this.full) return this.#leave(batch, { index, why: 'full' });
      this.#take(this.#preparer.prepareAt(batch, index));
    }
    this.last = batch.lastPosition;
    return 'whole';
  }

  #leave<Why>(batch: LogBatch, at: { readonly index: number; readonly why: Why }): Why {
    this.last = batch.firstPosition + BigInt(at.index) - 1n;
    return at.why;
  }

  #take(prepared: PreparedEvent | null): void {
    if (prepared === null) return;
    this.#events.push(prepared);
    this.#bytes += prepared.bytes;
    let keys = this.#keys.get(prepared.tenant);
    if (keys === undefined) this.#keys.set(prepared.tenant, (keys = new Set()));
    const before = keys.size;
    for (const key of prepared.keys ?? NO_KEYS) keys.add(key);
    this.#rows += keys.size - before;
  }
}
