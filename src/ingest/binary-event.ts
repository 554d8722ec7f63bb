/**
 * One event in binary content mode: attributes in `ce-` headers, `datacontenttype` in Content-Type, data as the body
 * (HTTP protocol binding 1.0.2, section 3.1).
 *
 * Data under a JSON content type must be JSON in UTF-8 (RFC 8259 knows no other encoding between systems): with
 * another charset the request is refused as UNSUPPORTED_MEDIA_TYPE rather than kept as bytes that no reader could be
 * given as `data`. Without Content-Type, data that is JSON is held as JSON, everything else as bytes. Other types are
 * held as text when they are text by their media type and valid UTF-8, else as bytes; that decides only how they are
 * shown, never whether two events are equal.
 */
import { isUtf8 } from 'node:buffer';
import {
  DataKind,
  draftOf,
  type EventData,
  type EventDraft,
  type ExtensionValue,
} from '../core/event.ts';
import {
  checkCharacters,
  checkContentType,
  EXTENSIONS_BYTES_MAX,
  EXTENSIONS_MAX,
  ID_BYTES_MAX,
  isAttributeName,
  isTimestamp,
  NAME_LENGTH_MAX,
  SERVER_EXTENSIONS,
  SUBJECT_BYTES_MAX,
} from './attributes.ts';
import { jsonWithin } from './event-data.ts';
import { tooMuch } from './extensions.ts';
import { decodeHeaderValue } from './header-value.ts';
import { charsetOf, requireUtf8 } from './media-type.ts';
import { invalid, type Rejection } from './rejection.ts';
import { missing, reservedRejection, type TextCaches } from './structured-event.ts';

/** Names and values in turn, as `IncomingMessage.rawHeaders` has them. */
export type RawHeaders = readonly string[];

const PREFIX = /^ce-/i;

export function hasEventHeaders(headers: RawHeaders): boolean {
  for (let i = 0; i < headers.length; i += 2) if (PREFIX.test(headers[i] ?? '')) return true;
  return false;
}

/** Reads the event. Errors: UNSUPPORTED_MEDIA_TYPE for JSON in another charset; everything else is a rejection. */
export function parseBinaryEvent(
  caches: TextCaches,
  headers: RawHeaders,
  body: Buffer,
): EventDraft | Rejection {
  const read = readHeaders(headers);
  if (!(read instanceof Map)) return read;
  const contentType = read.get('datacontenttype');
  read.delete('datacontenttype');
  const problem = contentType === undefined ? null : checkContentType(contentType).problem;
  if (problem !== null) return invalid('content-type', `Content-Type ${problem}.`);
  const data = dataOf(contentType, body);
  return 'code' in data ? data : draftFrom(caches, read, { contentType, data });
}

/** Attributes by name, Content-Type as `datacontenttype`; values decoded and free of control characters. */
function readHeaders(headers: RawHeaders): Map<string, string> | Rejection {
  const attributes = new Map<string, string>();
  for (let i = 0; i < headers.length; i += 2) {
    const header = (headers[i] ?? '').toLowerCase();
    if (header === 'content-type') {
      // Which of two was meant cannot be told: Node takes the first, a proxy may have looked at the second.
      if (attributes.has('datacontenttype'))
        return invalid('content-type', 'The header Content-Type is given more than once.');
      attributes.set('datacontenttype', headers[i + 1] ?? '');
    }
    if (!header.startsWith('ce-')) continue;
    const name = header.slice(3);
    const shown = name.slice(0, NAME_LENGTH_MAX);
    if (!isAttributeName(name))
      return invalid(
        shown,
        `"${shown}" is not an attribute name: 1 to ${NAME_LENGTH_MAX} letters and digits.`,
      );
    if (name === 'datacontenttype' || name === 'data')
      return invalid(
        name,
        `The header ce-${name} is not allowed; use ${name === 'data' ? 'the body' : 'Content-Type'}.`,
      );
    if (attributes.has(name))
      return invalid(name, `The header ce-${name} is given more than once.`);
    const decoded = decodeHeaderValue(headers[i + 1] ?? '');
    const problem = 'problem' in decoded ? decoded.problem : checkCharacters(decoded.text);
    if ('problem' in decoded || problem !== null)
      return invalid(name, `The header ce-${name} ${problem}.`);
    attributes.set(name, decoded.text);
  }
  return attributes;
}

function dataOf(contentType: string | undefined, body: Buffer): EventData | Rejection {
  if (body.length === 0) return { kind: DataKind.none, bytes: body };
  const declaresJson = contentType !== undefined && checkContentType(contentType).flag;
  if (declaresJson) requireUtf8(contentType);
  if (declaresJson || contentType === undefined) {
    const json = jsonWithin(body);
    if (json !== null)
      return { kind: DataKind.json, bytes: json.bytes.subarray(json.start, json.end) };
    if (declaresJson)
      return invalid('data', `The body is not the JSON that its Content-Type declares.`);
  }
  const isText = contentType !== undefined && declaresText(contentType) && isUtf8(body);
  return { kind: isText ? DataKind.text : DataKind.binary, bytes: body };
}

/** Text by media type, in UTF-8 or no charset named: what can be shown as a string without changing a byte. */
function declaresText(contentType: string): boolean {
  const charset = charsetOf(contentType);
  const utf8 =
    charset === null || charset === 'utf-8' || charset === 'utf8' || charset === 'us-ascii';
  return utf8 && /^(?:text\/|application\/(?:[^;/]+\+)?xml\b)/i.test(contentType);
}

interface Payload {
  readonly contentType: string | undefined;
  readonly data: EventData;
}

function draftFrom(
  caches: TextCaches,
  attributes: Map<string, string>,
  payload: Payload,
): EventDraft | Rejection {
  const take = (name: string): string | undefined => {
    const value = attributes.get(name);
    attributes.delete(name);
    return value;
  };
  const version = take('specversion');
  if (version === undefined) return missing('specversion');
  if (version !== '1.0') return invalid('specversion', 'The attribute "specversion" is not "1.0".');
  const [id, type, source] = [take('id'), take('type'), take('source')];
  const [subject, time, dataSchema] = [take('subject'), take('time'), take('dataschema')];
  if (id === undefined) return missing('id');
  if (type === undefined) return missing('type');
  if (source === undefined) return missing('source');
  const problem =
    textProblem({ id, subject, time }) ?? cachedProblem(caches, { type, source, dataSchema });
  if (problem !== null) return problem;
  const extensions = extensionsOf(attributes);
  if (extensions === null) return tooMuch();
  const { contentType: dataContentType, data } = payload;
  return draftOf(
    { id, type, source, subject, time, dataSchema, dataContentType, extensions },
    data,
  );
}

interface OwnTexts {
  readonly id: string;
  readonly subject: string | undefined;
  readonly time: string | undefined;
}

function textProblem({ id, subject, time }: OwnTexts): Rejection | null {
  if (id === '') return invalid('id', 'The attribute "id" is empty.');
  if (subject === '') return invalid('subject', 'The attribute "subject" is empty.');
  if (Buffer.byteLength(id) > ID_BYTES_MAX)
    return invalid('id', `The attribute "id" is longer than ${ID_BYTES_MAX} bytes.`);
  if (subject !== undefined && Buffer.byteLength(subject) > SUBJECT_BYTES_MAX)
    return invalid('subject', `The attribute "subject" is longer than ${SUBJECT_BYTES_MAX} bytes.`);
  if (time === undefined) return null;
  const bytes = Buffer.from(time);
  return isTimestamp(bytes, 0, bytes.length)
    ? null
    : invalid('time', 'The attribute "time" is not a timestamp of RFC 3339 with a zone.');
}

interface CachedTexts {
  readonly type: string;
  readonly source: string;
  readonly dataSchema: string | undefined;
}

function cachedProblem(caches: TextCaches, texts: CachedTexts): Rejection | null {
  const typeBytes = Buffer.from(texts.type);
  const sourceBytes = Buffer.from(texts.source);
  const schemaBytes = Buffer.from(texts.dataSchema ?? 'urn:none');
  const type = caches.types.get(typeBytes, 0, typeBytes.length);
  const source = caches.sources.get(sourceBytes, 0, sourceBytes.length);
  const schema = caches.dataSchemas.get(schemaBytes, 0, schemaBytes.length);
  if (type.problem !== null) return invalid('type', `The attribute "type" ${type.problem}.`);
  if (source.problem !== null)
    return invalid('source', `The attribute "source" ${source.problem}.`);
  if (schema.problem !== null)
    return invalid('dataschema', `The attribute "dataschema" ${schema.problem}.`);
  return type.flag || source.flag ? reservedRejection(type, source) : null;
}

/** What is left after the known attributes: extensions, without those that this server sets itself. */
function extensionsOf(
  attributes: Map<string, string>,
): Record<string, ExtensionValue> | undefined | null {
  for (const name of SERVER_EXTENSIONS) attributes.delete(name);
  if (attributes.size === 0) return undefined;
  if (attributes.size > EXTENSIONS_MAX) return null;
  let bytes = 0;
  for (const [name, value] of attributes) bytes += name.length + value.length;
  // Names are lower-case letters and digits: none of them is special to an object, `__proto__` cannot be one.
  return bytes > EXTENSIONS_BYTES_MAX ? null : Object.fromEntries(attributes);
}
