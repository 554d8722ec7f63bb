/**
 * Decided events as CloudEvents. The data are not checked against the event's schema here: a decider makes them from an
 * input that was checked, its tests check every event it decides, and checking once more would cost each command
 * several microseconds to find what only a defect can cause.
 */
import {
  DataKind,
  draftOf,
  type EventData,
  type EventDraft,
  type ExtensionValue,
} from '../core/event.ts';
import type { DecidedEvent } from '../core/decision.ts';
import type { PersonalData } from '../core/personal-data.ts';
import { Failure } from '../core/errors.ts';
import type { KnownAggregate, KnownEvent } from './catalogue.ts';
import type { NewEvent } from './fold.ts';
import type { CommandCause } from './pipeline.ts';

/** Where the events of one command come from. */
export interface Origin {
  readonly commandId: string;
  /** Of `commandNameOf`. */
  readonly command: string;
  readonly actor: string;
  /** The user who approved it, where approval was needed. */
  readonly approver: string | null;
  readonly cause: CommandCause | undefined;
}

/** Such as `orders.PlaceOrder`: names are unlike within an aggregate only, and a unit may write to streams of others. */
export function commandNameOf({ aggregate }: KnownAggregate, { name }: { name: string }): string {
  return `${aggregate.category}.${name}`;
}

/**
 * Extension attributes of every event of a command, as JSON text. `correlationid` is the command itself when nothing
 * caused it; `causationid` and `hops` are there only when something did, `approver` when somebody had to approve it.
 */
export function extensionsOf({ commandId, command, actor, approver, cause }: Origin): string {
  const extensions: Record<string, ExtensionValue> = {
    commandid: commandId,
    command,
    correlationid: cause?.correlationId ?? commandId,
    ...(cause === undefined ? {} : { causationid: cause.causationId }),
    actor,
    ...(approver === null ? {} : { approver }),
    ...(cause === undefined ? {} : { hops: cause.hops }),
  };
  return JSON.stringify(extensions);
}

/**
 * The event with its data as they will be read back, so that the state kept in memory is the one a replay gives: a
 * member set to undefined, a date or minus zero does not survive JSON. Errors: INTERNAL for a type that the aggregate
 * does not declare, which is a defect of its module.
 */
export function newEvent(
  known: KnownAggregate,
  decided: DecidedEvent,
  { eventId, at }: { readonly eventId: string; readonly at: string },
): NewEvent {
  if (!known.events.has(decided.type))
    throw new Failure(
      'INTERNAL',
      `${known.aggregate.category} decided an event of a type it does not declare: ${decided.type}.`,
    );
  const json = JSON.stringify(decided.data);
  // safe because the text was made from an object in the line above
  const data = survivesJson(decided.data) ? decided.data : (JSON.parse(json) as object);
  return { eventId, event: { type: decided.type, data }, json, at };
}

/**
 * Whether reading back what is written gives an equal value. Nearly all data do, and looking costs less than a copy that
 * lives as long as the stream's state does: an eighth of what a sale left to the collector. Only for what `JSON.stringify`
 * took.
 */
export function survivesJson(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'object':
      if (value === null) return true;
      return Array.isArray(value) ? listSurvives(value) : membersSurvive(value);
    default:
      return false;
  }
}

function listSurvives(values: readonly unknown[]): boolean {
  for (let index = 0; index < values.length; index += 1)
    if (!survivesJson(values[index])) return false;
  return true;
}

/** Of a plain object: of others, such as a Date, only what they make of themselves is read back. */
function membersSurvive(value: object): boolean {
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  // safe because members are read by the names that the object itself gives
  const members = value as Readonly<Record<string, unknown>>;
  for (const name in members) if (!survivesJson(members[name])) return false;
  return true;
}

export interface DraftPlace {
  readonly tenant: string;
  readonly known: KnownAggregate;
  /** Id within the category: the subject of the event. */
  readonly id: string;
  /** Of `extensionsOf`. */
  readonly extensions: string;
}

/**
 * Errors: those of `PersonalData.seal`, which is asked only where the type has marks; all other events are there at once, so
 * that nobody waits for them.
 */
export function encodeEvent(
  fresh: NewEvent,
  place: DraftPlace,
  personal: Pick<PersonalData, 'seal'>,
): EventDraft | Promise<EventDraft> {
  const known = place.known.events.get(fresh.event.type);
  if (known === undefined) throw new TypeError('newEvent has checked that the type is known');
  if (known.marks === null) return plainDraft(fresh, place, known);
  return personal
    .seal(place.tenant, known.marks, fresh.event.data)
    .then((data) => draftWith(data, fresh, { place, known }));
}

interface Encoded {
  readonly place: DraftPlace;
  readonly known: KnownEvent;
}

/** All its bytes in one buffer: each buffer costs 200 bytes and a quarter of a microsecond beside what is in it. */
function plainDraft(fresh: NewEvent, place: DraftPlace, known: KnownEvent): EventDraft {
  const head = headOf(fresh, place);
  const bytes = Buffer.from(head + fresh.json);
  const isAscii = bytes.length === head.length + fresh.json.length;
  const headEnd = isAscii ? head.length : Buffer.byteLength(head);
  const data = { bytes, start: headEnd, kind: DataKind.json };
  if (headEnd === head.length) return rangesOf(fresh, { place, known }, { bytes, headEnd, data });
  return draftWith({ kind: DataKind.json, bytes: bytes.subarray(headEnd) }, fresh, {
    place,
    known,
  });
}

function draftWith(data: EventData, fresh: NewEvent, encoded: Encoded): EventDraft {
  const head = headOf(fresh, encoded.place);
  const bytes = Buffer.from(head);
  if (bytes.length === head.length)
    return rangesOf(fresh, encoded, {
      bytes,
      headEnd: bytes.length,
      data: { bytes: data.bytes, start: 0, kind: data.kind },
    });
  const { known, place } = encoded;
  return draftOf(
    {
      source: place.known.source,
      type: known.wire,
      dataContentType: 'application/json',
      id: fresh.eventId,
      subject: place.id,
      time: fresh.at,
      // safe because `extensionsOf` wrote the text
      extensions: JSON.parse(place.extensions) as Record<string, ExtensionValue>,
    },
    data,
  );
}

/** Id, subject, time and extensions behind one another. */
function headOf({ eventId, at }: NewEvent, { id, extensions }: DraftPlace): string {
  return `${eventId}${id}${at}${extensions}`;
}

/** Of a head that is ASCII, as ids, times and names as good as always are: its lengths as text are lengths in bytes. */
function rangesOf(
  { eventId, at }: NewEvent,
  { place, known }: Encoded,
  {
    bytes,
    headEnd,
    data,
  }: {
    readonly bytes: Uint8Array;
    readonly headEnd: number;
    readonly data: { readonly bytes: Uint8Array; readonly start: number; readonly kind: DataKind };
  },
): EventDraft {
  const idEnd = eventId.length;
  const subjectEnd = idEnd + place.id.length;
  const timeEnd = subjectEnd + at.length;
  return {
    source: place.known.source,
    type: known.wire,
    dataContentType: 'application/json',
    bytes,
    idStart: 0,
    idEnd,
    subjectStart: idEnd,
    subjectEnd,
    timeStart: subjectEnd,
    timeEnd,
    dataSchema: null,
    extensionsStart: timeEnd,
    extensionsEnd: headEnd,
    dataKind: data.kind,
    dataBytes: data.bytes,
    dataStart: data.start,
    dataEnd: data.bytes.length,
  };
}
