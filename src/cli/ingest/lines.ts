import { EVENT_BYTES_MAX } from './item.ts';

export interface Line {
  /** 1 for the first line of the input. */
  readonly number: number;
  /** Without its line break; null when it was too long to hold. */
  readonly bytes: Buffer | null;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Splits bytes into lines at LF or CRLF, a chunk's worth at a time, and never holds more than one line and one chunk. */
export async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<readonly Line[]> {
  let parts: Buffer[] = [];
  let held = 0;
  let number = 0;
  const take = (last: Buffer): Line => {
    const bytes = parts.length === 0 ? last : Buffer.concat([...parts, last]);
    const tooLong = held + last.length > EVENT_BYTES_MAX;
    parts = [];
    held = 0;
    number += 1;
    if (tooLong) return { number, bytes: null };
    return { number, bytes: withoutMarks(bytes, number === 1) };
  };
  for await (const chunk of stream) {
    const lines: Line[] = [];
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      lines.push(take(chunk.subarray(from, end)));
      from = end + 1;
    }
    const rest = chunk.subarray(from);
    held += rest.length;
    // A line that is too long is counted to its end but not kept.
    if (held > EVENT_BYTES_MAX) parts = [];
    else if (rest.length > 0) parts.push(rest);
    if (lines.length > 0) yield lines;
  }
  if (held > 0) yield [take(Buffer.alloc(0))];
}

function withoutMarks(bytes: Buffer, first: boolean): Buffer {
  const start = first && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
  return bytes.subarray(start, bytes.at(-1) === RETURN ? -1 : bytes.length);
}
