/**
 * How the payload of an event is held, by the rules of the JSON event format 1.0.2, section 3.1:
 *
 * - `data` under a JSON content type (or none, which means application/json) is a JSON value, kept as its bytes.
 * - `data: null` is an explicit null payload, distinct from no payload (section 3.1.1), and kept as the bytes `null`.
 * - `data` under another content type is text when it is a JSON string; any other JSON value is kept as JSON.
 * - `data_base64` is bytes. Under a JSON content type bytes that are JSON are held as JSON, so that the event equals the
 *   one that came in binary mode; bytes that are not JSON stay bytes.
 */
import { isUtf8 } from 'node:buffer';
import { DataKind } from '../core/event.ts';
import { has, Slot, type Envelope } from './envelope.ts';
import {
  DEPTH_MAX,
  expectEnd,
  JsonSyntaxError,
  QUOTE,
  skipSpace,
  skipValue,
  startScan,
} from './json-scan.ts';
import { invalid, type Rejection } from './rejection.ts';

export interface DataRange {
  readonly kind: DataKind;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

const NO_BYTES = new Uint8Array(0);
export const NO_DATA: DataRange = { kind: DataKind.none, bytes: NO_BYTES, start: 0, end: 0 };

/** The payload of a structured event whose envelope was read from `body`. */
export function dataOf(
  body: Buffer,
  envelope: Envelope,
  declaresJson: boolean,
): DataRange | Rejection {
  const start = envelope.starts[Slot.data] ?? 0;
  const end = envelope.ends[Slot.data] ?? 0;
  if (has(envelope, Slot.dataBase64)) {
    const binary = base64Data(body, envelope, declaresJson);
    if (binary === null) return has(envelope, Slot.data) ? jsonRange(body, start, end) : NO_DATA;
    if (has(envelope, Slot.data))
      return invalid('data_base64', 'The event has both data and data_base64.');
    return binary;
  }
  if (!has(envelope, Slot.data)) return NO_DATA;
  if (declaresJson || body[start] !== QUOTE) return jsonRange(body, start, end);
  if ((envelope.escaped & (1 << Slot.data)) === 0)
    return { kind: DataKind.text, bytes: body, start: start + 1, end: end - 1 };
  const text = Buffer.from(unquote(body, start, end), 'utf8');
  return { kind: DataKind.text, bytes: text, start: 0, end: text.length };
}

function jsonRange(bytes: Uint8Array, start: number, end: number): DataRange {
  return { kind: DataKind.json, bytes, start, end };
}

/** The text of a JSON string that the scanner has accepted, given with its quotes. */
export function unquote(body: Buffer, start: number, end: number): string {
  // safe because the scanner accepted these bytes as a JSON string
  return JSON.parse(body.toString('utf8', start, end)) as string;
}

/** The bytes of `data_base64`; null when the member is null, which means absent. */
function base64Data(
  body: Buffer,
  envelope: Envelope,
  declaresJson: boolean,
): DataRange | Rejection | null {
  const start = envelope.starts[Slot.dataBase64] ?? 0;
  const end = envelope.ends[Slot.dataBase64] ?? 0;
  if (body[start] === 0x6e) return null;
  if (body[start] !== QUOTE) return invalid('data_base64', 'data_base64 is not a string.');
  // PHP and others escape every "/" of JSON text, which base64 is full of.
  const escaped = (envelope.escaped & (1 << Slot.dataBase64)) !== 0;
  const text = escaped ? unquote(body, start, end) : body.toString('latin1', start + 1, end - 1);
  const bytes = decodeBase64(text);
  if (bytes === null)
    return invalid('data_base64', 'data_base64 is not base64 with padding (RFC 4648, section 4).');
  const json = declaresJson ? jsonWithin(bytes) : null;
  return json ?? { kind: DataKind.binary, bytes, start: 0, end: bytes.length };
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Strict base64: the standard alphabet, padding, no white space, no bits beyond the last byte; null otherwise. */
function decodeBase64(text: string): Buffer | null {
  if (text.length % 4 !== 0 || !BASE64.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  // Only the last group can be written in more than one way.
  const tail = bytes.subarray(bytes.length - (bytes.length % 3 || 3)).toString('base64');
  return text.endsWith(tail) ? bytes : null;
}

/** The one JSON value in the bytes without the white space around it, or null when they are not JSON. */
export function jsonWithin(bytes: Uint8Array): DataRange | null {
  if (!isUtf8(bytes)) return null;
  const scan = startScan(bytes);
  try {
    const start = skipSpace(scan.bytes, 0);
    const end = skipValue(scan, start, 1);
    expectEnd(scan, end);
    return scan.depth > DEPTH_MAX || scan.loneSurrogate ? null : jsonRange(scan.bytes, start, end);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return null;
    throw error;
  }
}
