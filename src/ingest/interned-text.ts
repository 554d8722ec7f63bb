import type { TextCheck } from './attributes.ts';

/**
 * Strings made once for byte sequences that come again and again: sources, types, content types, schemas. Each keeps
 * the verdict of its check, so a known source costs one comparison of bytes and no string, no regular expression.
 *
 * It is a table of one entry per slot: another value with the same slot simply takes its place. So memory is bounded,
 * nothing has to be evicted, and producers that use a new source for each event only lose the benefit. Entries hold
 * copies: a body of 8 MiB is not kept alive by one type name.
 */
export interface InternedText extends TextCheck {
  readonly text: string;
  /** A copy of the bytes it was made from. */
  readonly bytes: Uint8Array;
}

export interface TextCache {
  /** The text in the half-open range, which must be valid UTF-8. */
  get(bytes: Buffer, start: number, end: number): InternedText;
}

/** Slots of one cache: 1,024 x (512 B of bytes + the string) stay below 2 MB. A power of two. */
const SLOTS = 1_024;
/** Longer values are not kept: they are rare, and the bound on memory rests on this. */
const CACHED_BYTES_MAX = 512;

export function createTextCache(check: (text: string) => TextCheck): TextCache {
  const slots: (InternedText | undefined)[] = Array.from({ length: SLOTS }, () => undefined);
  let last: InternedText | undefined;

  function make(bytes: Buffer, start: number, end: number): InternedText {
    const text = bytes.toString('utf8', start, end);
    const { problem, flag } = check(text);
    return { bytes: new Uint8Array(bytes.subarray(start, end)), text, problem, flag };
  }

  return {
    get(bytes, start, end) {
      const length = end - start;
      // Events of one batch tend to share their source and type, which saves even the hash.
      if (last !== undefined && last.bytes.length === length && equals(last.bytes, bytes, start))
        return last;
      if (length > CACHED_BYTES_MAX) return make(bytes, start, end);
      const slot = hash(bytes, start, end) & (SLOTS - 1);
      const held = slots[slot];
      const known = held !== undefined && held.bytes.length === length;
      const entry = known && equals(held.bytes, bytes, start) ? held : make(bytes, start, end);
      slots[slot] = entry;
      last = entry;
      return entry;
    },
  };
}

/** Whether the known bytes stand at `start`. From the end: names of one producer share their beginnings. */
function equals(known: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let i = known.length - 1; i >= 0; i--) if (known[i] !== bytes[start + i]) return false;
  return true;
}

/** FNV-1a, 32 bits, folded. */
function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let i = start; i < end; i++) value = Math.imul(value ^ (bytes[i] ?? 0), 0x01000193);
  return value ^ (value >>> 15);
}
