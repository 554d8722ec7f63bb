/**
 * A stored event as CloudEvents JSON (JSON Event Format 1.0.2), with the extensions that say where and when it was
 * recorded. JSON data goes out as the bytes it came in as, so numbers beyond 2^53 keep every digit.
 */
import { DataKind, type StoredEvent } from './event.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Start of the room that heads are written to; grows to the largest head seen, which event size limits bound. */
let scratch = new Uint8Array(16 * 1024);

export interface RenderOptions {
  /** Adds the extension `tenant`: for readers of the whole log only. */
  readonly withTenant?: boolean;
}

/** UTF-8 bytes of one JSON object, without a line end after it. Line ends within the data are kept. */
export function renderEventJson(event: StoredEvent, options: RenderOptions = {}): Uint8Array {
  // Sealed data is JSON too; whoever may see it in clear was given it revealed.
  const isJson = event.dataKind === DataKind.json || event.dataKind === DataKind.sealed;
  const head = attributesJson(event, options) + (isJson ? ',"data":' : dataMember(event));
  // A UTF-16 unit takes at most three bytes of UTF-8.
  if (scratch.length < head.length * 3) scratch = new Uint8Array(head.length * 3);
  const { written } = encoder.encodeInto(head, scratch);
  const tail = isJson ? event.data.length : 0;
  const bytes = new Uint8Array(written + tail + 1);
  bytes.set(scratch.subarray(0, written));
  if (isJson) bytes.set(event.data, written);
  bytes[written + tail] = CLOSING_BRACE;
  return bytes;
}

const CLOSING_BRACE = 0x7d;

function attributesJson(event: StoredEvent, options: RenderOptions): string {
  let text = `{"specversion":"1.0","id":${JSON.stringify(event.id)},"source":${JSON.stringify(event.source)}`;
  text += `,"type":${JSON.stringify(event.type)}`;
  const { subject, time, dataContentType, dataSchema, extensionsJson, stream } = event;
  if (subject !== null) text += `,"subject":${JSON.stringify(subject)}`;
  if (time !== null) text += `,"time":${JSON.stringify(time)}`;
  if (dataContentType !== null) text += `,"datacontenttype":${JSON.stringify(dataContentType)}`;
  if (dataSchema !== null) text += `,"dataschema":${JSON.stringify(dataSchema)}`;
  // The text is an object: without its braces the members join ours.
  if (extensionsJson !== null && extensionsJson.length > 2)
    text += `,${extensionsJson.slice(1, -1)}`;
  text += `,"recordedtime":"${rfc3339Micros(event.recordedAtMicros)}"`;
  text += `,"position":"${positionText(event.position)}","bucket":${event.bucket}`;
  if (stream !== null)
    text += `,"stream":${JSON.stringify(stream)},"streamversion":${event.streamVersion}`;
  if (options.withTenant === true) text += `,"tenant":${JSON.stringify(event.tenant)}`;
  return text;
}

function dataMember(event: StoredEvent): string {
  switch (event.dataKind) {
    case DataKind.text:
      return `,"data":${JSON.stringify(decoder.decode(event.data))}`;
    case DataKind.binary:
      return `,"data_base64":"${base64Of(event.data)}"`;
    default:
      return '';
  }
}

/** 20 decimal digits, so that positions sort as text; a CloudEvents integer has 32 bits only. */
export function positionText(position: bigint): string {
  return position.toString().padStart(20, '0');
}

let lastMicros = -1n;
let lastText = '';

/** RFC 3339 in UTC with six digits of fraction. Events of a batch often share the moment, so the last is kept. */
export function rfc3339Micros(micros: bigint): string {
  if (micros === lastMicros) return lastText;
  const millis = new Date(Number(micros / 1000n)).toISOString().slice(0, -1);
  lastMicros = micros;
  lastText = `${millis}${(micros % 1000n).toString().padStart(3, '0')}Z`;
  return lastText;
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
