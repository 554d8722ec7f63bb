/**
 * Events of a batch that several read models handle, read and parsed once: ten of them look at every order, and parsing
 * for each was a tenth of what a sale cost this process. Nothing outlives the batch.
 */
import type { StoredEvent } from '../core/event.ts';
import type { EventRecorder } from '../core/record-event.ts';
import type { RecordedEvent } from '../core/recorded-event.ts';
import type { LogBatch } from '../log/log.ts';

/** Where an event stands and what it is: read from the columns of its batch once, and not for each read model. */
export interface EventFacts {
  readonly position: bigint;
  readonly tenant: string;
  /** Empty when it has none. */
  readonly stream: string;
  readonly type: string;
  /** Of its data. */
  readonly bytes: number;
}

export function factsOf(stored: StoredEvent): EventFacts {
  const { position, tenant, type, data } = stored;
  return { position, tenant, stream: stored.stream ?? '', type, bytes: data.length };
}

export interface SharedEvent {
  readonly facts: EventFacts;
  /** As `EventRecorder.record`. Read models are pure, so they may be given one object. */
  record(recorder: EventRecorder): RecordedEvent | null;
}

const eventsOfBatches = new WeakMap<LogBatch, (SharedEvent | undefined)[]>();

/** Null when retention has removed it. */
export function sharedEvent(batch: LogBatch, index: number): SharedEvent | null {
  let events = eventsOfBatches.get(batch);
  if (events === undefined) eventsOfBatches.set(batch, (events = []));
  const known = events[index];
  if (known !== undefined) return known;
  const stored = batch.eventAt(index);
  if (stored === null) return null;
  const made = new Shared(stored);
  events[index] = made;
  return made;
}

class Shared implements SharedEvent {
  readonly facts: EventFacts;
  readonly #stored: StoredEvent;
  #recorded: RecordedEvent | undefined;

  constructor(stored: StoredEvent) {
    this.#stored = stored;
    this.facts = factsOf(stored);
  }

  record(recorder: EventRecorder): RecordedEvent | null {
    // A decided type has one definition; who may see a received one is for each reader to say.
    if (!this.#stored.decided || !recorder.types.has(this.facts.type))
      return recorder.record(this.#stored);
    this.#recorded ??= recorder.record(this.#stored) ?? undefined;
    return this.#recorded ?? null;
  }
}
