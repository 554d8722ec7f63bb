/**
 * The two shapes of an event inside Comptoir.
 *
 * `EventDraft` is an event on its way in: ranges of the bytes it arrived in, so that the hot path copies bytes and
 * makes no strings. `StoredEvent` is an event read from the log. Both are CloudEvents 1.0; `data` is kept as its
 * original bytes, so numbers beyond 2^53 survive.
 */

/**
 * How `data` is held. Text and binary differ only in how they are shown (`data` or `data_base64`); sealed is JSON with
 * sealed personal fields (personal-data.ts); erased had data about a person who was erased, and has none any more.
 */
export const DataKind = { none: 0, json: 1, text: 2, binary: 3, sealed: 4, erased: 5 } as const;
export type DataKind = (typeof DataKind)[keyof typeof DataKind];

/**
 * An event to be appended. Every `...Start`/`...End` pair is a half-open byte range of `bytes` (UTF-8, escapes
 * resolved); -1 means absent. `type`, `source`, `dataContentType` and `dataSchema` repeat from event to event and
 * come as strings. The draft must not change after it was handed over.
 */
export interface EventDraft {
  readonly bytes: Uint8Array;
  readonly idStart: number;
  readonly idEnd: number;
  readonly source: string;
  readonly type: string;
  readonly subjectStart: number;
  readonly subjectEnd: number;
  /** The `time` attribute as sent (RFC 3339). */
  readonly timeStart: number;
  readonly timeEnd: number;
  readonly dataContentType: string | null;
  readonly dataSchema: string | null;
  /** JSON object text `{"name":value,...}` of the extension attributes in the order sent, braces included. */
  readonly extensionsStart: number;
  readonly extensionsEnd: number;
  readonly dataKind: DataKind;
  /** The bytes that `dataStart` and `dataEnd` range over; often the same object as `bytes`. */
  readonly dataBytes: Uint8Array;
  readonly dataStart: number;
  readonly dataEnd: number;
}

/** Value of an extension attribute: string, boolean or 32-bit integer (CloudEvents 1.0, section 2). */
export type ExtensionValue = string | boolean | number;

/** An event as read from the log. Strings are decoded on access; asking for the same one twice decodes it twice. */
export interface StoredEvent {
  readonly tenant: string;
  readonly bucket: number;
  /** Dense 1, 2, 3 ... within the bucket. */
  readonly position: bigint;
  /** Microseconds since the Unix epoch; never falls within a bucket. */
  readonly recordedAtMicros: bigint;
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string | null;
  readonly time: string | null;
  readonly dataContentType: string | null;
  readonly dataSchema: string | null;
  /** JSON object text of the extension attributes, or null. */
  readonly extensionsJson: string | null;
  readonly dataKind: DataKind;
  /** The original bytes of `data` (a view, not a copy); empty when `dataKind` is none. */
  readonly data: Uint8Array;
  /** True when a module decided it, false when it was received from outside. */
  readonly decided: boolean;
  /** Set for decided events only. */
  readonly stream: string | null;
  /** 1, 2, 3 ... within the stream; 0n when there is no stream. */
  readonly streamVersion: bigint;
}

/** Attributes as plain values, for code that is not on the hot path. */
export interface EventAttributes {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject?: string | undefined;
  readonly time?: string | undefined;
  readonly dataContentType?: string | undefined;
  readonly dataSchema?: string | undefined;
  readonly extensions?: Readonly<Record<string, ExtensionValue>> | undefined;
}

export interface EventData {
  readonly kind: DataKind;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();
const NO_BYTES = new Uint8Array(0);

/** Builds a draft from plain values. The data bytes are referenced, not copied. */
export function draftOf(attributes: EventAttributes, data?: EventData): EventDraft {
  const extensions = attributes.extensions;
  const hasExtensions = extensions !== undefined && Object.keys(extensions).length > 0;
  const parts = [
    attributes.id,
    attributes.subject ?? '',
    attributes.time ?? '',
    hasExtensions ? JSON.stringify(extensions) : '',
  ].map((text) => encoder.encode(text));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  const ends: number[] = [];
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
    ends.push(at);
  }
  const [idEnd = 0, subjectEnd = 0, timeEnd = 0, extensionsEnd = 0] = ends;
  const dataBytes = data?.bytes ?? NO_BYTES;
  return {
    bytes,
    idStart: 0,
    idEnd,
    source: attributes.source,
    type: attributes.type,
    subjectStart: attributes.subject === undefined ? -1 : idEnd,
    subjectEnd: attributes.subject === undefined ? -1 : subjectEnd,
    timeStart: attributes.time === undefined ? -1 : subjectEnd,
    timeEnd: attributes.time === undefined ? -1 : timeEnd,
    dataContentType: attributes.dataContentType ?? null,
    dataSchema: attributes.dataSchema ?? null,
    extensionsStart: hasExtensions ? timeEnd : -1,
    extensionsEnd: hasExtensions ? extensionsEnd : -1,
    dataKind: data?.kind ?? DataKind.none,
    dataBytes,
    dataStart: 0,
    dataEnd: dataBytes.length,
  };
}

/** A draft whose data is the JSON text of `value`. */
export function jsonDraftOf(attributes: EventAttributes, value: unknown): EventDraft {
  const bytes = encoder.encode(JSON.stringify(value));
  return draftOf(
    { dataContentType: 'application/json', ...attributes },
    { kind: DataKind.json, bytes },
  );
}
