import { Failure } from '../core/errors.ts';

/** One line that is not blank; `bytes` is null when it was longer than allowed. */
export interface Line {
  /** Number of the line from 0, blank lines counted. */
  readonly index: number;
  readonly bytes: Buffer | null;
}

export interface LineSplitter {
  /** Errors: TOO_LARGE when a line goes on and on. */
  push(chunk: Buffer): void;
  /** The text has ended: what follows the last line break is a line too. */
  finish(): void;
  /** Whole lines that wait to be taken, and their bytes. */
  readonly lines: number;
  readonly bytes: number;
  take(count: number): Line[];
}

/** What is thrown away of one line at most; a sender that goes on is sending something else than lines. */
const DISCARDED_BYTES_MAX = 67_108_864;
/**
 * Blank lines in a row: skipping one costs a fraction of a microsecond, and 200 kB of compressed body can hold hundreds
 * of millions of them.
 */
const BLANK_LINES_MAX = 100_000;
const NEWLINE = 0x0a;

/** Splits chunks at line feeds and holds at most `lineBytesMax` of a line that has not ended. */
export function createLineSplitter(lineBytesMax: number): LineSplitter {
  let waiting: Line[] = [];
  let bytes = 0;
  let index = 0;
  let parts: Buffer[] = [];
  let length = 0;
  let blank = 0;

  function hold(part: Buffer): void {
    length += part.length;
    if (length <= lineBytesMax) parts.push(part);
    else {
      parts = [];
      if (length > DISCARDED_BYTES_MAX)
        throw new Failure('TOO_LARGE', `Line ${index} has more than ${DISCARDED_BYTES_MAX} bytes.`);
    }
  }

  function endLine(): void {
    const tooLong = length > lineBytesMax;
    const [first] = parts;
    const line = parts.length === 1 && first !== undefined ? first : Buffer.concat(parts);
    blank = !tooLong && isBlank(line) ? blank + 1 : 0;
    if (blank > BLANK_LINES_MAX)
      throw new Failure('TOO_LARGE', `More than ${BLANK_LINES_MAX} lines in a row are blank.`);
    if (tooLong) waiting.push({ index, bytes: null });
    else if (blank === 0) {
      waiting.push({ index, bytes: line });
      bytes += line.length;
    }
    index++;
    parts = [];
    length = 0;
  }

  return {
    push(chunk) {
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        if (end > start) hold(chunk.subarray(start, end));
        endLine();
        start = end + 1;
      }
      if (start < chunk.length) hold(chunk.subarray(start));
    },
    finish() {
      if (length > 0) endLine();
    },
    get lines() {
      return waiting.length;
    },
    get bytes() {
      return bytes;
    },
    take(count) {
      const taken = waiting.slice(0, count);
      waiting = waiting.slice(count);
      for (const line of taken) bytes -= line.bytes?.length ?? 0;
      return taken;
    },
  };
}

function isBlank(line: Buffer): boolean {
  for (const byte of line) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  return true;
}
