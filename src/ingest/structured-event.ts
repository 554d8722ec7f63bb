/**
 * From the bytes of a JSON event to a draft for the log. The draft's attributes are ranges of the request body itself
 * as long as nothing in them is escaped and there are no extensions; otherwise they are copied side by side into the
 * request's arena. One parser serves a process: it is scratch memory and caches, and never waits in between.
 */
import type { EventDraft } from '../core/event.ts';
import {
  checkCharacters,
  checkContentType,
  checkDataSchema,
  checkSource,
  checkType,
  ID_BYTES_MAX,
  isTimestamp,
  SUBJECT_BYTES_MAX,
  type TextCheck,
} from './attributes.ts';
import { copyIn, createArena } from './byte-arena.ts';
import {
  createEnvelope,
  has,
  readEnvelope,
  Slot,
  SLOT_NAMES,
  type Envelope,
  type Source,
} from './envelope.ts';
import { dataOf, unquote } from './event-data.ts';
import { reserveFor, writeExtensions } from './extensions.ts';
import { createTextCache, type InternedText, type TextCache } from './interned-text.ts';
import { QUOTE, startScan } from './json-scan.ts';
import { invalid, type Rejection } from './rejection.ts';

export interface TextCaches {
  readonly types: TextCache;
  readonly sources: TextCache;
  readonly contentTypes: TextCache;
  readonly dataSchemas: TextCache;
}

export function createTextCaches(): TextCaches {
  return {
    types: createTextCache(checkType),
    sources: createTextCache(withCharacters(checkSource)),
    contentTypes: createTextCache(withCharacters(checkContentType)),
    dataSchemas: createTextCache(withCharacters(checkDataSchema)),
  };
}

/** Cached texts are not looked through each time they come, so their verdict covers their characters too. */
function withCharacters(check: (text: string) => TextCheck): (text: string) => TextCheck {
  return (text) => {
    const { problem, flag } = check(text);
    return { problem: problem ?? checkCharacters(text), flag };
  };
}

export interface EventParser {
  /** The byte after the event whose opening brace was at the `at` given to `parse`. */
  readonly end: number;
  /** Reads one event. Errors: JsonSyntaxError when the text is not JSON; everything else is a rejection. */
  parse(source: Source, at: number): EventDraft | Rejection;
}

export function isRejection(parsed: EventDraft | Rejection): parsed is Rejection {
  return 'code' in parsed;
}

/** A text attribute as a range: of the body, or of a buffer of its own when it had escapes. -1 when absent. */
interface TextRange {
  bytes: Buffer;
  start: number;
  end: number;
}

const ABSENT = -1;
const emptyRange = (): TextRange => ({ bytes: Buffer.alloc(0), start: ABSENT, end: ABSENT });

/** Scratch of one parser: the event that is being read. */
interface Reading {
  source: Source;
  readonly envelope: Envelope;
  readonly id: TextRange;
  readonly subject: TextRange;
  readonly time: TextRange;
  readonly other: TextRange;
  /** The three that a draft has as ranges. */
  readonly texts: readonly TextRange[];
  problem: Rejection | null;
}

const NO_SOURCE: Source = {
  body: Buffer.alloc(0),
  scan: startScan(Buffer.alloc(0)),
  arena: createArena(),
  plain: true,
};

function createReading(): Reading {
  const [id, subject, time] = [emptyRange(), emptyRange(), emptyRange()];
  const envelope = createEnvelope();
  const texts = [id, subject, time];
  return {
    source: NO_SOURCE,
    envelope,
    id,
    subject,
    time,
    other: emptyRange(),
    texts,
    problem: null,
  };
}

export function createEventParser(caches: TextCaches): EventParser {
  const reading = createReading();
  let end = 0;
  return {
    parse(source, at) {
      reading.source = source;
      end = readEnvelope(source.scan, at, reading.envelope);
      reading.problem = reading.envelope.problem;
      readRanges(reading);
      return readDraft(reading, caches);
    },
    get end() {
      return end;
    },
  };
}

/** Fills `range` with the text of an attribute; false when it is absent, null or faulty. */
function read(reading: Reading, slot: Slot, range: TextRange): boolean {
  const fault = readText(reading, slot, range);
  if (fault === null) return range.start !== ABSENT;
  reading.problem ??= faulty(slot, fault);
  return false;
}

function readCached(reading: Reading, slot: Slot, cache: TextCache): InternedText | null {
  const { other } = reading;
  const fault = readRange(reading, slot, other);
  if (fault !== null) reading.problem ??= faulty(slot, fault);
  if (fault !== null || other.start === ABSENT) return null;
  const text = cache.get(other.bytes, other.start, other.end);
  if (text.problem !== null) reading.problem ??= faulty(slot, text.problem);
  return text;
}

function readRanges(reading: Reading): void {
  const { id, subject, time, other } = reading;
  if (!read(reading, Slot.specversion, other)) reading.problem ??= missing('specversion');
  else if (!isVersion1(other)) reading.problem ??= faulty(Slot.specversion, 'is not "1.0"');
  if (!read(reading, Slot.id, id)) reading.problem ??= missing('id');
  read(reading, Slot.subject, subject);
  if (read(reading, Slot.time, time) && !isTimestamp(time.bytes, time.start, time.end))
    reading.problem ??= faulty(Slot.time, 'is not a timestamp of RFC 3339 with a zone');
  if (id.end - id.start > ID_BYTES_MAX)
    reading.problem ??= faulty(Slot.id, `is longer than ${ID_BYTES_MAX} bytes`);
  if (subject.end - subject.start > SUBJECT_BYTES_MAX)
    reading.problem ??= faulty(Slot.subject, `is longer than ${SUBJECT_BYTES_MAX} bytes`);
}

function readDraft(reading: Reading, caches: TextCaches): EventDraft | Rejection {
  const { source, envelope, id, subject, time } = reading;
  const type = readCached(reading, Slot.type, caches.types);
  const from = readCached(reading, Slot.source, caches.sources);
  const contentType = readCached(reading, Slot.datacontenttype, caches.contentTypes);
  const schema = readCached(reading, Slot.dataschema, caches.dataSchemas);
  if (reading.problem !== null) return reading.problem;
  if (type === null || from === null) return missing(type === null ? 'type' : 'source');
  const data = dataOf(source.body, envelope, contentType === null || contentType.flag);
  if ('code' in data) return data;
  if (type.flag || from.flag) return reservedRejection(type, from);
  const extensionsLength = gather(reading);
  if (typeof extensionsLength !== 'number') return extensionsLength;
  const extensionsEnd = extensionsLength === 0 ? ABSENT : source.arena.used;
  return {
    bytes: id.bytes,
    idStart: id.start,
    idEnd: id.end,
    source: from.text,
    type: type.text,
    subjectStart: subject.start,
    subjectEnd: subject.end,
    timeStart: time.start,
    timeEnd: time.end,
    dataContentType: contentType === null ? null : contentType.text,
    dataSchema: schema === null ? null : schema.text,
    extensionsStart: extensionsLength === 0 ? ABSENT : extensionsEnd - extensionsLength,
    extensionsEnd,
    dataKind: data.kind,
    dataBytes: data.bytes,
    dataStart: data.start,
    dataEnd: data.end,
  };
}

function faulty(slot: Slot, fault: string): Rejection {
  const name = SLOT_NAMES[slot];
  return invalid(name, `The attribute "${name}" ${fault}.`);
}

export function missing(name: string): Rejection {
  return invalid(name, `The required attribute "${name}" is missing.`);
}

export function reservedRejection(type: InternedText, source: InternedText): Rejection {
  const at = type.flag ? 'type' : 'source';
  const value = type.flag ? type.text : source.text;
  return {
    code: 'RESERVED_TYPE',
    detail: `The ${at} "${value}" is reserved for events that this server decides.`,
    at,
  };
}

/** Fills `range` with the text of the slot, -1 when it is absent or null; answers with what is wrong, or null. */
function readText(reading: Reading, slot: Slot, range: TextRange): string | null {
  const fault = readRange(reading, slot, range);
  if (fault !== null || range.start === ABSENT) return fault;
  const { bytes, start, end } = range;
  const escaped = bytes !== reading.source.body;
  if (!escaped && (reading.source.plain || isPlain(bytes, start, end))) return null;
  return checkCharacters(bytes.toString('utf8', start, end));
}

/** The same without a look at the characters. */
function readRange({ source, envelope }: Reading, slot: Slot, range: TextRange): string | null {
  const { body } = source;
  range.bytes = body;
  range.start = ABSENT;
  range.end = ABSENT;
  if (!has(envelope, slot)) return null;
  const start = envelope.starts[slot] ?? 0;
  const end = envelope.ends[slot] ?? 0;
  if (body[start] !== QUOTE) return body[start] === 0x6e ? null : 'is not a string';
  if (end - start === 2) return 'is empty';
  range.start = start + 1;
  range.end = end - 1;
  if ((envelope.escaped & (1 << slot)) === 0) return null;
  range.bytes = Buffer.from(unquote(body, start, end), 'utf8');
  range.start = 0;
  range.end = range.bytes.length;
  return null;
}

/** Whether a range is printable ASCII: most attributes are, also where the data around them is not. */
function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x20 || byte > 0x7e) return false;
  }
  return true;
}

function isVersion1(range: TextRange): boolean {
  const { bytes, start, end } = range;
  return (
    end - start === 3 &&
    bytes[start] === 0x31 &&
    bytes[start + 1] === 0x2e &&
    bytes[start + 2] === 0x30
  );
}

/**
 * Brings texts and extensions into one buffer, as a draft has them: nothing to do as long as all are plain ranges of the
 * body. Answers with the bytes of the extensions, then the last ones in the arena, or with why they are refused.
 */
function gather({ source, envelope, texts }: Reading): number | Rejection {
  const { arena, body } = source;
  const { extensions } = envelope;
  if (extensions.length === 0 && texts.every((range) => range.bytes === body)) return 0;
  let room = 0;
  for (const range of texts) room += range.end - range.start;
  reserveFor(arena, extensions, room);
  for (const range of texts) {
    if (range.start !== ABSENT) {
      const length = range.end - range.start;
      range.start = copyIn(arena, range.bytes, range);
      range.end = range.start + length;
    }
    range.bytes = arena.chunk;
  }
  const start = arena.used;
  return writeExtensions(source, extensions) ?? arena.used - start;
}
