/**
 * Exact index of recent keys: open addressing, 13 bytes a slot, no object per key. A byte of each slot's hash stands in an
 * array of its own: nearly every key that is asked for is new, and a table's bytes stay in the processor's cache where its
 * words, twelve times as many, do not. The three words of a slot stand together. Equal hashes may stand in it several times
 * (different keys with one hash are both stored), so a look-up walks all of them.
 */
import { releaseBytes } from '../../platform/memory/release-bytes.ts';

const SLOTS_MIN = 1 << 12;
/** Linear probing stays short below this share of used slots. */
const LOAD_MAX = 0.7;
/** Words of a slot: upper half, lower half, offset of the position. */
const WORDS = 3;
/** Set in the tag of every slot in use: a free one has the tag 0. */
const USED = 0x80;

export class ExactTable {
  /** Positions are kept as 32-bit offsets above this position. */
  readonly basePosition: number;
  #words: Int32Array<ArrayBuffer>;
  #tags: Uint8Array<ArrayBuffer>;
  #mask: number;
  #size = 0;

  /** Has room for `expected` keys before it grows. */
  constructor(basePosition: number, expected = 0) {
    this.basePosition = basePosition;
    let slots = SLOTS_MIN;
    while (slots * LOAD_MAX < expected) slots *= 2;
    this.#words = new Int32Array(slots * WORDS);
    this.#tags = new Uint8Array(slots);
    this.#mask = slots - 1;
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#words.byteLength + this.#tags.byteLength;
  }

  add(high: number, low: number, position: number): void {
    if (this.#size >= (this.#mask + 1) * LOAD_MAX) this.#grow();
    this.#place(high, low, position - this.basePosition);
    this.#size++;
  }

  /**
   * Slot of the first entry with this hash at or after `from`, or -1. Begin with `first(low)`; go on with
   * `slot + 1` to see further entries of the same hash.
   */
  find(high: number, low: number, from: number): number {
    const tags = this.#tags;
    const mask = this.#mask;
    const wanted = tagOf(high);
    let slot = from & mask;
    let tag = tags[slot];
    while (tag !== 0) {
      if (tag === wanted && this.#has(slot, high, low)) return slot;
      slot = (slot + 1) & mask;
      tag = tags[slot];
    }
    return -1;
  }

  first(low: number): number {
    return low & this.#mask;
  }

  positionAt(slot: number): number {
    return this.basePosition + ((this.#words[slot * WORDS + 2] ?? 0) >>> 0);
  }

  /** Gives its memory back; it must not be asked any more. */
  release(): void {
    releaseBytes(this.#words);
    releaseBytes(this.#tags);
  }

  #has(slot: number, high: number, low: number): boolean {
    const at = slot * WORDS;
    return this.#words[at + 1] === low && this.#words[at] === high;
  }

  #place(high: number, low: number, offset: number): void {
    const tags = this.#tags;
    let slot = low & this.#mask;
    while (tags[slot] !== 0) slot = (slot + 1) & this.#mask;
    tags[slot] = tagOf(high);
    const at = slot * WORDS;
    this.#words[at] = high;
    this.#words[at + 1] = low;
    this.#words[at + 2] = offset;
  }

  #grow(): void {
    const words = this.#words;
    const tags = this.#tags;
    this.#words = new Int32Array(words.length * 2);
    this.#tags = new Uint8Array(tags.length * 2);
    this.#mask = this.#mask * 2 + 1;
    for (let slot = 0, at = 0; slot < tags.length; slot++, at += WORDS)
      if (tags[slot] !== 0) this.#place(words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0);
  }
}

/** Seven bits of the hash that do not choose the slot. */
function tagOf(high: number): number {
  return (high >>> 25) | USED;
}
