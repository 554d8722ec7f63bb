import { isAscii, isUtf8 } from 'node:buffer';
import type { EventDraft } from '../core/event.ts';
import { Failure } from '../core/errors.ts';
import { createArena } from './byte-arena.ts';
import {
  CLOSE_BRACKET,
  COMMA,
  expectEnd,
  JsonSyntaxError,
  OPEN_BRACE,
  OPEN_BRACKET,
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
  const ascii = isAscii(body);
  if (!ascii && !isUtf8(body)) throw new Failure('EVENT_INVALID', 'The body is not valid UTF-8.');
  const scan = startScan(body);
  return { body: scan.bytes, scan, arena: createArena(), plain: ascii && !body.includes(0x7f) };
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
  return syntaxChecked(() => {
    const batch: ParsedBatch = { count: 0, drafts: [], rejected: new Map() };
    const source = sourceOf(text);
    const { body, scan } = source;
    let at = skipSpace(body, 0);
    if (body[at] !== OPEN_BRACKET)
      throw new Failure('EVENT_INVALID', 'A batch in JSON is an array of events.');
    at = skipSpace(body, at + 1);
    if (body[at] === CLOSE_BRACKET) {
      expectEnd(scan, at + 1);
      return batch;
    }
    const { end, count } = parseElements({ parser, source, batch }, at);
    expectEnd(scan, end);
    return { ...batch, count };
  });
}

interface BatchReading {
  readonly parser: EventParser;
  readonly source: Source;
  readonly batch: ParsedBatch;
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
    if (body[at] === CLOSE_BRACKET) return { end: at + 1, count: index + 1 };
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
