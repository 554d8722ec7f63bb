/**
 * When two events with the same key are the same event. A repeat with the same content is a duplicate, with other
 * content a conflict. Both log implementations decide by this file alone.
 *
 * The relation is an equivalence (reflexive, symmetric, transitive) and ignores how the event travelled:
 * - attributes compare as parsed; extension attributes compare as a set of names and values, each value in the
 *   canonical string form of CloudEvents 1.0, section 2, because HTTP binary mode carries every value as a string;
 * - JSON data without `datacontenttype` equals the same with `application/json` (CloudEvents 1.0, section 2.2);
 * - JSON data compares without insignificant white space, number lexemes kept: `1.0` and `1.00` differ, and so do
 *   `"A"` and `"\u0041"`;
 * - text, binary and absent data compare by bytes: in binary mode an empty body and no data cannot be told apart;
 * - sealed data compares as JSON: the same value of a field seals to the same text (src/personal-data/sealed-box.ts);
 * - an event whose content was erased with its person equals whatever comes again under its key: nothing is left to
 *   compare, and storing it anew would bring it back.
 */
import { DataKind, type EventDraft, type StoredEvent } from './event.ts';

/** What is compared. Every `StoredEvent` is one; `contentOfDraft` shows a draft as one. */
export type EventContent = Pick<
  StoredEvent,
  | 'id'
  | 'source'
  | 'type'
  | 'subject'
  | 'time'
  | 'dataContentType'
  | 'dataSchema'
  | 'extensionsJson'
  | 'dataKind'
  | 'data'
>;

/** Whether two events with the same key have the same content. JSON data and extensions must be well-formed. */
export function sameContent(a: EventContent, b: EventContent): boolean {
  if (a.dataKind === DataKind.erased || b.dataKind === DataKind.erased)
    return a.id === b.id && a.source === b.source;
  return (
    a.type === b.type &&
    a.source === b.source &&
    a.dataSchema === b.dataSchema &&
    effectiveContentType(a) === effectiveContentType(b) &&
    a.id === b.id &&
    a.subject === b.subject &&
    a.time === b.time &&
    sameData(a, b) &&
    sameExtensions(a.extensionsJson, b.extensionsJson)
  );
}

/** A view of a draft that decodes each attribute only when it is asked for. */
export function contentOfDraft(draft: EventDraft): EventContent {
  return {
    get id() {
      return textAt(draft, draft.idStart, draft.idEnd) ?? '';
    },
    source: draft.source,
    type: draft.type,
    get subject() {
      return textAt(draft, draft.subjectStart, draft.subjectEnd);
    },
    get time() {
      return textAt(draft, draft.timeStart, draft.timeEnd);
    },
    dataContentType: draft.dataContentType,
    dataSchema: draft.dataSchema,
    get extensionsJson() {
      return textAt(draft, draft.extensionsStart, draft.extensionsEnd);
    },
    dataKind: draft.dataKind,
    get data() {
      return draft.dataBytes.subarray(draft.dataStart, draft.dataEnd);
    },
  };
}

/**
 * Whether two well-formed JSON texts differ in insignificant white space only. Allocates nothing: equal bytes are
 * found by one native comparison, otherwise both texts are walked in step.
 */
export function sameJson(a: Uint8Array, b: Uint8Array): boolean {
  if (sameBytes(a, b)) return true;
  let i = 0;
  let j = 0;
  let inString = false;
  for (;;) {
    if (!inString) {
      i = skipWhiteSpace(a, i);
      j = skipWhiteSpace(b, j);
    }
    if (i >= a.length || j >= b.length) return i >= a.length && j >= b.length;
    const byte = a[i];
    if (byte !== b[j]) return false;
    i += 1;
    j += 1;
    if (byte === QUOTE) inString = !inString;
    else if (byte === BACKSLASH && inString) {
      if (i >= a.length || a[i] !== b[j]) return false;
      i += 1;
      j += 1;
    }
  }
}

/**
 * Well-formed JSON text without insignificant white space: two texts are `sameJson` exactly when these bytes are
 * equal, so a hash over them stands for the content. Returns `bytes` itself when there is nothing to remove.
 */
export function compactJson(bytes: Uint8Array): Uint8Array {
  const first = firstWhiteSpace(bytes);
  if (first < 0) return bytes;
  const out = new Uint8Array(bytes.length);
  out.set(bytes.subarray(0, first));
  let length = first;
  let inString = false;
  for (let i = first; i < bytes.length; i += 1) {
    // safe because the loop bound keeps the index inside the array
    const byte = bytes[i] as number;
    if (!inString && isWhiteSpace(byte)) continue;
    out[length++] = byte;
    if (byte === QUOTE) inString = !inString;
    else if (byte === BACKSLASH && inString && i + 1 < bytes.length) {
      i += 1;
      // safe because the condition above keeps the index inside the array
      out[length++] = bytes[i] as number;
    }
  }
  return out.subarray(0, length);
}

/** Extension attributes as sorted `[name, canonical string]` pairs; equal sets give equal lists. */
function canonicalExtensions(json: string | null): readonly (readonly [string, string])[] {
  if (json === null) return [];
  // safe because extensions are JSON object text by the definition of EventDraft and StoredEvent
  const values = JSON.parse(json) as Record<string, unknown>;
  return Object.entries(values)
    .map(([name, value]) => [name, String(value)] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
}

/** The content type that takes part in the comparison: JSON data has `application/json` where none is given. */
function effectiveContentType(content: EventContent): string | null {
  if (content.dataContentType === null && isJson(content)) return 'application/json';
  return content.dataContentType;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const decoder = new TextDecoder();

function textAt(draft: EventDraft, start: number, end: number): string | null {
  return start < 0 ? null : decoder.decode(draft.bytes.subarray(start, end));
}

function sameData(a: EventContent, b: EventContent): boolean {
  if (isJson(a) !== isJson(b)) return false;
  return isJson(a) ? sameJson(a.data, b.data) : sameBytes(a.data, b.data);
}

function isJson({ dataKind }: EventContent): boolean {
  return dataKind === DataKind.json || dataKind === DataKind.sealed;
}

function sameExtensions(a: string | null, b: string | null): boolean {
  if (a === b) return true;
  const left = canonicalExtensions(a);
  const right = canonicalExtensions(b);
  return (
    left.length === right.length &&
    left.every(([name, value], index) => name === right[index]?.[0] && value === right[index]?.[1])
  );
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

function isWhiteSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function skipWhiteSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isWhiteSpace(bytes[at])) at += 1;
  return at;
}

/** Index of the first white space outside a string, or -1. */
function firstWhiteSpace(bytes: Uint8Array): number {
  let inString = false;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (byte === QUOTE) inString = !inString;
    else if (inString) i += byte === BACKSLASH ? 1 : 0;
    else if (isWhiteSpace(byte)) return i;
  }
  return -1;
}
