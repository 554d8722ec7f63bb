/**
 * A stream's state as the fold of its events, with what the pipeline keeps beside it. Pure but for `notes`, which all
 * states of one stream in memory share.
 */
import type { DecidedEvent } from '../core/decision.ts';
import type { StoredEvent } from '../core/event.ts';
import type { PersonalMarks } from '../core/event-type.ts';
import type { PersonReference } from '../core/personal-data.ts';
import type { KnownAggregate } from './catalogue.ts';
import { holdsPersonalFields, personOf } from './personal-fields.ts';

export interface FoldedStream {
  readonly state: unknown;
  /** Of the last event; 0n without events. */
  readonly version: bigint;
  /** Of the last event; of the last unit where a unit wrote to several streams. */
  readonly position: bigint;
  /** CloudEvents `time` of the last event, null without events. */
  readonly at: string | null;
  /** CloudEvents id of the last event, empty without events. */
  readonly eventId: string;
  /** How often persons had been erased when the first of it was read: what is older is not kept. */
  readonly epoch: number;
  /** What the state weighs at most: the bytes of the events in it, or of its JSON once that was measured. */
  readonly bytes: number;
  readonly notes: StreamNotes;
}

/** What is known of a stream beside its state. One object for all states of the stream in memory; it only grows. */
export interface StreamNotes {
  /** Version and time of the newest snapshot written or read; 0n and 0 for none. */
  snapshotVersion: bigint;
  snapshotAtMs: number;
  /** Persons of whom the state may hold something: by reference as read from sealed events, by id as told by marks. */
  readonly references: Set<PersonReference>;
  readonly personIds: Set<string>;
  /** Length of the JSON of the state when it was measured last; 0 before. */
  measuredBytes: number;
  /** When the newest state in memory was last known to hold everything appended before, by the clock; 0 for never. */
  verifiedAtMs: number;
  /** The turn of the process (`StreamLoader.turn`) in which the newest read of it began; 0 for never. */
  readInTurn: number;
}

export function emptyStream({ aggregate }: KnownAggregate, epoch: number): FoldedStream {
  return {
    state: aggregate.initialState,
    version: 0n,
    position: 0n,
    at: null,
    eventId: '',
    epoch,
    bytes: 0,
    notes: {
      snapshotVersion: 0n,
      snapshotAtMs: 0,
      references: new Set(),
      personIds: new Set(),
      measuredBytes: 0,
      verifiedAtMs: 0,
      readInTurn: 0,
    },
  };
}

/** An event as it was read. */
export interface ReadEvent {
  /** With its fields in clear. */
  readonly event: StoredEvent;
  /** Persons whose sealed fields it holds. */
  readonly persons: readonly PersonReference[];
}

/**
 * The stream after one event more. An event of a type that the aggregate does not know counts as a version but leaves
 * the state as it is; `onUnknown` is told. Throws what an upcaster or `evolve` throws.
 */
export function foldStored(
  before: FoldedStream,
  { event, persons }: ReadEvent,
  { known, onUnknown }: { readonly known: KnownAggregate; readonly onUnknown: () => void },
): FoldedStream {
  const recorded = known.recorder.record(event);
  const after = {
    ...before,
    version: event.streamVersion,
    position: event.position,
    at: event.time,
    eventId: event.id,
    bytes: before.bytes + event.data.length,
  };
  if (recorded === null) {
    onUnknown();
    return after;
  }
  const marks = known.events.get(recorded.type)?.marks ?? null;
  notePersons(before.notes, { marks, data: recorded.data, persons });
  const decided: DecidedEvent = { type: recorded.type, data: recorded.data };
  const moment = { at: recorded.at, version: recorded.version };
  return { ...after, state: known.aggregate.evolve(before.state, decided, moment) };
}

/** Fields of an erased person are null: of such an event nothing is in the state that could be forgotten. */
function notePersons(
  notes: StreamNotes,
  {
    marks,
    data,
    persons,
  }: Pick<ReadEvent, 'persons'> & { marks: PersonalMarks | null; data: unknown },
): void {
  const holds = marks !== null && holdsPersonalFields(marks, data);
  // Without marks now, those of an older version may have been sealed: then the event itself says whom it is about.
  if (holds || marks === null) for (const reference of persons) notes.references.add(reference);
  const person = holds ? personOf(marks, data) : null;
  if (person !== null) notes.personIds.add(person);
}

/** An event that was decided and encoded, but not appended yet. */
export interface NewEvent {
  readonly eventId: string;
  /** `data` as it will be read back: parsed from `json`. */
  readonly event: DecidedEvent;
  readonly json: string;
  readonly at: string;
}

/** The stream after an event just decided: the same state that reading it back will give. Throws what `evolve` throws. */
export function foldNew(
  before: FoldedStream,
  { event, json, at, eventId }: NewEvent,
  known: KnownAggregate,
): FoldedStream {
  const version = before.version + 1n;
  const state = known.aggregate.evolve(before.state, event, { at, version: Number(version) });
  const marks = known.events.get(event.type)?.marks ?? null;
  notePersons(before.notes, { marks, data: event.data, persons: [] });
  return { ...before, state, version, at, eventId, bytes: before.bytes + json.length };
}
