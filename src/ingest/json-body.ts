import { isAscii, isUtf8 } from 'node:buffer';
import type { EventDraft } from '../core/event.ts';
import { Failure } from '../core/errors.ts';
import { createArena } from './byte-arena.ts';
import {
  CLOSE_BRACKET,
  COMMA,
  expectEnd,
  type JsonScan,
  JsonSyntaxError,
  OPEN_BRACE,
  OPEN_BRACKET,
  isSpace,
  scanOf,
  skipSpace,
  skipValue,
  startScan,
} from './json-scan.ts';
import { invalid, type Rejection } from './rejection.ts';
import { isRejection, type EventParser } from './structured-event.ts';
import { type Source } from './envelope.ts';

/** Largest event as sent. The contract: never less than 64 KiB, 1 MiB by default. */
export const EVENT_BYTES_MAX = 1_048_576;
/** Largest batch, plain or inflated. */
export const BATCH_BYTES_MAX = 8_388_608;
/** Most events in a batch. Measured on the prototype: more than 200 gain nothing, 1,000 already cost latency. */
export const BATCH_EVENTS_MAX = 1_000;

const NOWHERE = -1;

const EVENT_TOO_LARGE: Rejection = {
  code: 'TOO_LARGE',
  detail: `The event has more than ${EVENT_BYTES_MAX} bytes.`,
  at: '',
};

/** The events of a batch in order: `drafts` without the rejected ones, which stand under their index. */
export interface ParsedBatch {
  readonly count: number;
  readonly drafts: EventDraft[];
  readonly rejected: Map<number, Rejection>;
}

/** Makes a body ready for reading. Errors: EVENT_INVALID when it is not UTF-8. */
export function sourceOf(body: Buffer): Source {
  return sourceWith(startScan(body), isPlain(body));
}

function sourceWith(scan: JsonScan, plain: boolean): Source {
  return { body: scan.bytes, scan, arena: createArena(), plain };
}

/** Whether it is ASCII without DEL. Errors: EVENT_INVALID when it is not UTF-8. */
function isPlain(body: Buffer): boolean {
  const ascii = isAscii(body);
  if (!ascii && !isUtf8(body)) throw new Failure('EVENT_INVALID', 'The body is not valid UTF-8.');
  return ascii && !body.includes(0x7f);
}

/** Reads a structured body, one event. Errors: EVENT_INVALID when the text is not JSON at all. */
export function parseSingle(parser: EventParser, text: Buffer): EventDraft | Rejection {
  return syntaxChecked(() => {
    const source = sourceOf(text);
    const { body, scan } = source;
    const at = skipSpace(body, 0);
    if (body[at] !== OPEN_BRACE) {
      expectEnd(scan, skipValue(scan, at));
      return invalid('', 'An event in JSON is an object.');
    }
    const parsed = parser.parse(source, at);
    expectEnd(scan, parser.end);
    return parsed;
  });
}

/**
 * Reads a batched body: an array of events, each judged for itself. Errors: EVENT_INVALID when the whole is not a JSON
 * array, TOO_LARGE above the limit on events. One event that is too large is rejected like any other bad one.
 */
export function parseBatch(parser: EventParser, text: Buffer): ParsedBatch {
  return syntaxChecked(() => parseInPlace(parser, text) ?? parseCopy(parser, text));
}

/**
 * Reads a batch where it lies: while it is read, a 0 byte stands where its closing bracket does, and ends the scan as the
 * one behind a copy would. A copy of every body was half of the memory that V8 counts beside its heap: each 64 MB of that
 * make it collect all generations, three times a second at full load. Null for what is to be judged by a copy.
 */
function parseInPlace(parser: EventParser, text: Buffer): ParsedBatch | null {
  const last = lastOf(text);
  if (text[last] !== CLOSE_BRACKET) return null;
  const source = sourceWith(scanOf(text), isPlain(text));
  text[last] = 0;
  try {
    const { batch, end } = parseArray(parser, source, last);
    return end > last ? batch : null;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return null;
    throw error;
  } finally {
    text[last] = CLOSE_BRACKET;
  }
}

function parseCopy(parser: EventParser, text: Buffer): ParsedBatch {
  const source = sourceOf(text);
  const { batch, end } = parseArray(parser, source, NOWHERE);
  expectEnd(source.scan, end);
  return batch;
}

/** Where the last byte of the text is that is no white space; -1 when there is none. */
function lastOf(text: Buffer): number {
  let last = text.length - 1;
  while (isSpace(text[last])) last -= 1;
  return last;
}

/** `last`: where the array ends at a 0 byte in place of its bracket. */
function parseArray(
  parser: EventParser,
  source: Source,
  last: number,
): { readonly batch: ParsedBatch; readonly end: number } {
  const batch: ParsedBatch = { count: 0, drafts: [], rejected: new Map() };
  const { body } = source;
  const open = skipSpace(body, 0);
  if (body[open] !== OPEN_BRACKET)
    throw new Failure('EVENT_INVALID', 'A batch in JSON is an array of events.');
  const at = skipSpace(body, open + 1);
  if (at === last || body[at] === CLOSE_BRACKET) return { batch, end: at + 1 };
  const { end, count } = parseElements({ parser, source, batch, last }, at);
  return { batch: { ...batch, count }, end };
}

interface BatchReading {
  readonly parser: EventParser;
  readonly source: Source;
  readonly batch: ParsedBatch;
  readonly last: number;
}

function parseElements(reading: BatchReading, start: number): { end: number; count: number } {
  const body = reading.source.body;
  let at = start;
  for (let index = 0; ; index++) {
    if (index === BATCH_EVENTS_MAX)
      throw new Failure(
        'TOO_LARGE',
        `The batch has more than ${BATCH_EVENTS_MAX} events; nothing was stored.`,
      );
    const end = parseElement(reading, at, index);
    at = skipSpace(body, end);
    if (at === reading.last || body[at] === CLOSE_BRACKET) return { end: at + 1, count: index + 1 };
    if (body[at] !== COMMA) throw new JsonSyntaxError(at, 'a comma or closing bracket is missing');
    at = skipSpace(body, at + 1);
  }
}

/** Reads one element into the batch; answers with the byte after it. */
function parseElement({ parser, source, batch }: BatchReading, at: number, index: number): number {
  if (source.body[at] !== OPEN_BRACE) {
    const end = skipValue(source.scan, at);
    batch.rejected.set(index, invalid('', 'An event in JSON is an object.'));
    return end;
  }
  const parsed = parser.parse(source, at);
  if (isRejection(parsed)) batch.rejected.set(index, parsed);
  else if (parser.end - at > EVENT_BYTES_MAX) batch.rejected.set(index, EVENT_TOO_LARGE);
  else batch.drafts.push(parsed);
  return parser.end;
}

function syntaxChecked<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof JsonSyntaxError)
      throw new Failure('EVENT_INVALID', error.message, { cause: error });
    throw error;
  }
}
