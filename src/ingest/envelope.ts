/**
 * The members of one JSON event as byte ranges. Reading goes on after a fault that concerns this event alone (a name
 * given twice, an attribute in capitals), so that the events behind it in a batch are found; only text that is not
 * JSON stops it, by a JsonSyntaxError.
 */
import {
  EXTENSIONS_MAX,
  isAttributeName,
  NAME_LENGTH_MAX,
  SERVER_EXTENSIONS,
  type TextCheck,
} from './attributes.ts';
import type { ByteArena } from './byte-arena.ts';
import { createTextCache, type InternedText, type TextCache } from './interned-text.ts';
import {
  CLOSE_BRACE,
  COMMA,
  DEPTH_MAX,
  JsonSyntaxError,
  skipName,
  skipSpace,
  skipValue,
  type JsonScan,
} from './json-scan.ts';
import { invalid, type Rejection } from './rejection.ts';

/** Members with a meaning of their own; every other one is an extension. */
export const Slot = {
  specversion: 0,
  id: 1,
  source: 2,
  type: 3,
  subject: 4,
  time: 5,
  datacontenttype: 6,
  dataschema: 7,
  data: 8,
  dataBase64: 9,
} as const;
export type Slot = (typeof Slot)[keyof typeof Slot];

export const SLOT_NAMES = [
  'specversion',
  'id',
  'source',
  'type',
  'subject',
  'time',
  'datacontenttype',
  'dataschema',
  'data',
  'data_base64',
] as const;
const NAME_BYTES = SLOT_NAMES.map((name) => new TextEncoder().encode(name));

/** One extension: `name` is checked, the value is the range of the whole JSON value. */
export interface ExtensionRange {
  readonly name: InternedText;
  readonly start: number;
  readonly end: number;
  readonly escaped: boolean;
}

/** Scratch that is filled anew for each event. Ranges cover a member's whole value, quotes included. */
export interface Envelope {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Bit n: the member of slot n is there. */
  seen: number;
  /** Bit n: the value of slot n has escapes. */
  escaped: number;
  extensions: ExtensionRange[];
  /** The first fault found, or null. */
  problem: Rejection | null;
  /** The value of the member being read. */
  valueStart: number;
  valueEnd: number;
  valueEscaped: boolean;
  readonly names: TextCache;
}

export function createEnvelope(): Envelope {
  const count = SLOT_NAMES.length;
  return {
    starts: new Int32Array(count),
    ends: new Int32Array(count),
    seen: 0,
    escaped: 0,
    extensions: [],
    problem: null,
    valueStart: 0,
    valueEnd: 0,
    valueEscaped: false,
    names: createTextCache(checkName),
  };
}

/** The verdict on a member name that is not one of the known ones; the flag says that it is dropped from outside. */
function checkName(name: string): TextCheck {
  const problem = isAttributeName(name)
    ? null
    : `is not an attribute name: 1 to ${NAME_LENGTH_MAX} lower-case letters and digits`;
  return { problem, flag: SERVER_EXTENSIONS.has(name) };
}

export function has(envelope: Envelope, slot: Slot): boolean {
  return (envelope.seen & (1 << slot)) !== 0;
}

/** Reads the object whose opening brace is at `at`; answers with the byte after its closing brace. */
export function readEnvelope(scan: JsonScan, at: number, envelope: Envelope): number {
  const bytes = scan.bytes;
  envelope.seen = 0;
  envelope.escaped = 0;
  envelope.problem = null;
  if (envelope.extensions.length > 0) envelope.extensions = [];
  scan.depth = 1;
  scan.loneSurrogate = false;
  let i = skipSpace(bytes, at + 1);
  if (bytes[i] === CLOSE_BRACE) return i + 1;
  for (;;) {
    const nameStart = i + 1;
    scan.escaped = false;
    const start = skipName(scan, i);
    const nameEnd = scan.nameEnd;
    const nameEscaped = scan.escaped;
    scan.escaped = false;
    const end = skipValue(scan, start, 1);
    envelope.valueStart = start;
    envelope.valueEnd = end;
    envelope.valueEscaped = scan.escaped;
    const slot = nameEscaped ? -1 : slotOf(bytes, nameStart, nameEnd);
    if (slot >= 0) noteSlot(envelope, slot);
    else if (nameEscaped) noteEscaped(envelope, bytes.toString('utf8', nameStart - 1, nameEnd + 1));
    else noteExtension(envelope, envelope.names.get(bytes, nameStart, nameEnd));
    i = skipSpace(bytes, end);
    if (bytes[i] === CLOSE_BRACE) break;
    if (bytes[i] !== COMMA) throw new JsonSyntaxError(i, 'a comma or closing brace is missing');
    i = skipSpace(bytes, i + 1);
  }
  if (envelope.problem === null) envelope.problem = wholeProblem(scan);
  return i + 1;
}

function wholeProblem(scan: JsonScan): Rejection | null {
  if (scan.depth > DEPTH_MAX)
    return invalid('', `The event is nested deeper than ${DEPTH_MAX} levels.`);
  if (scan.loneSurrogate)
    return invalid('', 'The event has an escape that is half a surrogate pair.');
  return null;
}

function noteSlot(envelope: Envelope, slot: number): void {
  const bit = 1 << slot;
  if ((envelope.seen & bit) !== 0) envelope.problem ??= givenTwice(SLOT_NAMES[slot] ?? '');
  envelope.seen |= bit;
  if (envelope.valueEscaped) envelope.escaped |= bit;
  envelope.starts[slot] = envelope.valueStart;
  envelope.ends[slot] = envelope.valueEnd;
}

/** A member whose name has escapes: any name can be written that way, a known one too. */
function noteEscaped(envelope: Envelope, quotedName: string): void {
  // safe because the scanner accepted these bytes as a JSON string
  const name = JSON.parse(quotedName) as string;
  const bytes = Buffer.from(name, 'utf8');
  const slot = slotOf(bytes, 0, bytes.length);
  if (slot >= 0) noteSlot(envelope, slot);
  else noteExtension(envelope, envelope.names.get(bytes, 0, bytes.length));
}

function noteExtension(envelope: Envelope, name: InternedText): void {
  if (name.problem !== null) {
    const shown = name.text.slice(0, NAME_LENGTH_MAX);
    envelope.problem ??= invalid(shown, `"${shown}" ${name.problem}.`);
    return;
  }
  if (name.flag) return;
  const { extensions } = envelope;
  for (const extension of extensions)
    if (extension.name.text === name.text) envelope.problem ??= givenTwice(name.text);
  if (extensions.length >= EXTENSIONS_MAX)
    envelope.problem ??= invalid(
      '',
      `The event has more than ${EXTENSIONS_MAX} extension attributes.`,
    );
  else
    extensions.push({
      name,
      start: envelope.valueStart,
      end: envelope.valueEnd,
      escaped: envelope.valueEscaped,
    });
}

function givenTwice(name: string): Rejection {
  return invalid(name, `The member "${name}" is given more than once.`);
}

/** The slot of a member name, or -1. Decided by length first: it leaves at most three candidates. */
function slotOf(bytes: Uint8Array, start: number, end: number): number {
  switch (end - start) {
    case 2:
      return matching(bytes, start, Slot.id);
    case 4: {
      if (bytes[start] === 0x64) return matching(bytes, start, Slot.data);
      return bytes[start + 1] === 0x79
        ? matching(bytes, start, Slot.type)
        : matching(bytes, start, Slot.time);
    }
    case 6:
      return matching(bytes, start, Slot.source);
    case 7:
      return matching(bytes, start, Slot.subject);
    case 10:
      return matching(bytes, start, Slot.dataschema);
    case 11:
      return matching(bytes, start, bytes[start] === 0x73 ? Slot.specversion : Slot.dataBase64);
    case 15:
      return matching(bytes, start, Slot.datacontenttype);
    default:
      return -1;
  }
}

function matching(bytes: Uint8Array, start: number, slot: Slot): number {
  const name = NAME_BYTES[slot];
  if (name === undefined) return -1;
  for (let i = name.length - 1; i >= 0; i--) if (bytes[start + i] !== name[i]) return -1;
  return slot;
}

/** A request body that is being read. */
export interface Source {
  readonly body: Buffer;
  readonly scan: JsonScan;
  readonly arena: ByteArena;
  /** ASCII without DEL: attributes without escapes then need no look at their characters. */
  readonly plain: boolean;
}
