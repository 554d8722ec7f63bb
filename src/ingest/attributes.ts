/**
 * What CloudEvents 1.0 (sections 2 and 3) asks of attribute values, checked on text or bytes without building anything.
 * The checks answer with what is wrong, or null.
 */

/** UUIDs take 36 bytes, composed natural keys a few hundred; more is a payload in disguise. */
export const ID_BYTES_MAX = 1_024;
/** Sources and schemas are URIs; 2,048 is what the web agrees to carry. */
export const URI_LENGTH_MAX = 2_048;
export const SUBJECT_BYTES_MAX = 2_048;
export const TYPE_LENGTH_MAX = 512;
export const CONTENT_TYPE_LENGTH_MAX = 256;
/** A timestamp with nanoseconds and zone takes 35; more digits of a second mean nothing. */
const TIME_BYTES_MAX = 64;
/** Attribute names longer than this are refused (CloudEvents advises 20; senders with more exist). */
export const NAME_LENGTH_MAX = 64;
/** Extensions of one event: documented ones number about twenty. Bounds the comparison of their names. */
export const EXTENSIONS_MAX = 64;
/** All extensions of one event as JSON text; headers of a request are bounded to 16 KiB anyway. */
export const EXTENSIONS_BYTES_MAX = 65_536;

/** Set by this server when an event is read, dropped when one comes from outside: what was read may be posted again. */
export const SERVER_EXTENSIONS: ReadonlySet<string> = new Set([
  'recordedtime',
  'position',
  'bucket',
  'stream',
  'streamversion',
]);

export interface TextCheck {
  /** What is wrong with the value, or null. */
  readonly problem: string | null;
  /** Content types: declares JSON. Types and sources: reserved for this server. */
  readonly flag: boolean;
}

/** C0 and C1 controls, half surrogate pairs and noncharacters: not allowed in a CloudEvents String (section 2.1). */
const BAD_CHARACTER = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;

export function checkCharacters(text: string): string | null {
  return BAD_CHARACTER.test(text)
    ? 'has a control character or a code point that is not a character'
    : null;
}

export function checkType(text: string): TextCheck {
  const flag = text.startsWith('comptoir.');
  if (text.length > TYPE_LENGTH_MAX)
    return { problem: `is longer than ${TYPE_LENGTH_MAX} characters`, flag };
  return { problem: text === '' ? 'is empty' : checkCharacters(text), flag };
}

/** Everything RFC 3986 allows; characters beyond ASCII pass too, as IRIs (RFC 3987), because producers send them. */
const URI_REFERENCE =
  /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2}|[\u00a1-\u{10ffff}])+$/u;
const ABSOLUTE_URI = /^[A-Za-z][A-Za-z0-9+.-]*:./u;

function checkUri(text: string): string | null {
  if (text === '') return 'is empty';
  if (text.length > URI_LENGTH_MAX) return `is longer than ${URI_LENGTH_MAX} characters`;
  if (!URI_REFERENCE.test(text)) return 'has a character that a URI cannot have; percent-encode it';
  return text.indexOf('#') === text.lastIndexOf('#')
    ? checkCharacters(text)
    : 'has more than one #';
}

export function checkSource(text: string): TextCheck {
  return { problem: checkUri(text), flag: text.startsWith('/comptoir/') };
}

export function checkDataSchema(text: string): TextCheck {
  const problem = checkUri(text) ?? (ABSOLUTE_URI.test(text) ? null : 'is not an absolute URI');
  return { problem, flag: false };
}

/** `type/subtype` and parameters as RFC 2045 section 5.1 and RFC 9110 section 8.3.1 write them. */
const MEDIA_TYPE =
  /^[!#$%&'*+.^_`|~0-9A-Za-z-]+\/[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:[ \t]*;[ \t]*(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+=(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+|"(?:[^"\\]|\\.)*"))?)*[ \t]*$/;
/** Media types of the form `x/json` and `x/y+json` declare JSON (JSON event format, section 3.1.1). */
const JSON_TYPE = /^[^/]+\/(?:[^/;]+\+)?json[ \t]*(?:;|$)/i;

export function checkContentType(text: string): TextCheck {
  const flag = JSON_TYPE.test(text);
  if (text.length > CONTENT_TYPE_LENGTH_MAX)
    return { problem: `is longer than ${CONTENT_TYPE_LENGTH_MAX} characters`, flag };
  return { problem: MEDIA_TYPE.test(text) ? checkCharacters(text) : 'is not a media type', flag };
}

/** Whether the bytes are a name that an attribute may have: `[a-z0-9]{1,64}`. */
export function isAttributeName(name: string): boolean {
  return name.length <= NAME_LENGTH_MAX && /^[a-z0-9]+$/.test(name);
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The number written with `count` digits at `at`, or -1. */
function digits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = (bytes[i] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function isDate(bytes: Uint8Array, at: number): boolean {
  const year = digits(bytes, at, 4);
  const month = digits(bytes, at + 5, 2);
  const day = digits(bytes, at + 8, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1) return false;
  if (bytes[at + 4] !== 0x2d || bytes[at + 7] !== 0x2d) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (month === 2 && !leap ? 28 : (DAYS[month - 1] ?? 0));
}

/** `Z` or `+hh:mm` or `-hh:mm` from `at` to `end`. */
function isZone(bytes: Uint8Array, at: number, end: number): boolean {
  const byte = bytes[at] ?? 0;
  if (byte === 0x5a || byte === 0x7a) return end === at + 1;
  if ((byte !== 0x2b && byte !== 0x2d) || end !== at + 6 || bytes[at + 3] !== 0x3a) return false;
  const hour = digits(bytes, at + 1, 2);
  const minute = digits(bytes, at + 4, 2);
  return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59;
}

/** Whether the bytes are a timestamp of RFC 3339, section 5.6; second 60 is a leap second. */
export function isTimestamp(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 20 || end - start > TIME_BYTES_MAX || !isDate(bytes, start)) return false;
  const separator = bytes[start + 10] ?? 0;
  if (separator !== 0x54 && separator !== 0x74) return false;
  const hour = digits(bytes, start + 11, 2);
  const minute = digits(bytes, start + 14, 2);
  const second = digits(bytes, start + 17, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return false;
  if (bytes[start + 13] !== 0x3a || bytes[start + 16] !== 0x3a) return false;
  let i = start + 19;
  if (bytes[i] === 0x2e) {
    const fraction = ++i;
    while (i < end && digits(bytes, i, 1) >= 0) i++;
    if (i === fraction) return false;
  }
  return isZone(bytes, i, end);
}
