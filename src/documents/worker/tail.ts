/**
 * Where a file ends. Honest programs leave bytes behind the end mark (a mail gateway's line, padding of a scanner) or
 * forget the mark. What lies behind it is cut off, so that nothing but the document is ever served; what could be a file
 * of another kind is refused with it.
 */
import type { Reason } from './envelope.ts';

const EOF_MARK = Buffer.from('%%EOF');
/** More than any program leaves behind by accident: a payload, or half of another file. */
const JUNK_BYTES_MAX = 16 * 1024;
/** `startxref`, a number and little else: as far from the end as readers look for it. */
const START_BYTES = 1_024;

/** Beginnings of files that somebody could open. */
const BEGINNINGS: readonly string[] = [
  'MZ',
  'PK',
  '%PDF-',
  '\u007fELF',
  '\u0089PNG',
  'GIF8',
  '\u00ff\u00d8\u00ff',
  'Rar!',
  '7z\u00bc\u00af',
  '\u001f\u008b',
  'BZh',
  '\u00fd7zXZ',
  '(\u00b5/\u00fd',
  '\u00d0\u00cf\u0011\u00e0',
  '\u00ca\u00fe\u00ba\u00be',
  '\u00cf\u00fa\u00ed\u00fe',
  '\u0000asm',
  'dex\n',
  'RIFF',
  'OggS',
  'ID3',
  'fLaC',
  '{\\rtf',
  '#!',
  '<',
];
/** Marks that count wherever they stand: archives are read from their end, browsers look for markup. */
const ANYWHERE =
  /PK[^\s\w]{2}|This program cannot be run|<(?:!doctype|html|script|svg|\?php|\?xml)|javascript:|%PDF-|\bobj\b|ustar/i;

export interface Ending {
  /** The file up to and with its end mark. */
  readonly body: Buffer;
  /** Something else than blanks followed. */
  readonly hasJunk: boolean;
}

export type EndingFound =
  | { readonly kind: 'found'; readonly ending: Ending }
  | { readonly kind: 'refused'; readonly reason: Reason };

export function findEnding(bytes: Buffer): EndingFound {
  const at = bytes.lastIndexOf(EOF_MARK);
  if (at < 0) return withoutMark(bytes);
  const end = at + EOF_MARK.length;
  const junk = bytes.subarray(end);
  if (isBlank(junk)) return { kind: 'found', ending: { body: bytes, hasJunk: false } };
  if (junk.length > JUNK_BYTES_MAX || isForeign(junk))
    return refused('TRAILING_DATA', 'Something follows the last end mark.');
  return { kind: 'found', ending: { body: bytes.subarray(0, end), hasJunk: true } };
}

/** The mark alone is missing where the place of the table is told and lies in the file; else the end was cut off. */
function withoutMark(bytes: Buffer): EndingFound {
  const tail = bytes.subarray(-START_BYTES).toString('latin1');
  const start = Number(/startxref\s+(\d{1,10})\s*(?:%+E?O?)?\s*$/.exec(tail)?.[1] ?? Number.NaN);
  const table = bytes.subarray(start, start + 20).toString('latin1');
  if (/^\s*(?:xref\b|\d+\s+\d+\s+obj\b)/.test(table))
    return { kind: 'found', ending: { body: bytes, hasJunk: false } };
  return refused('TRUNCATED', 'The file has no end mark: it was cut.');
}

function isForeign(junk: Buffer): boolean {
  const text = junk.toString('latin1');
  const begin = text.replace(/^[\s\0]+/, '');
  return (
    BEGINNINGS.some((mark) => text.startsWith(mark) || begin.startsWith(mark)) ||
    ANYWHERE.test(text)
  );
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0 || byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

function refused(code: string, detail: string): EndingFound {
  return { kind: 'refused', reason: { code, detail } };
}
