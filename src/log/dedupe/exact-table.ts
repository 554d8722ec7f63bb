/**
 * Exact index of recent keys: open addressing over one typed array, 12 bytes a slot, no object per key. The three words of
 * a slot stand together, so a look-up mostly costs one cache miss. Equal hashes may stand in it several times (different
 * keys with one hash are both stored), so a look-up walks all of them.
 */
const SLOTS_MIN = 1 << 12;
/** Linear probing stays short below this share of used slots. */
const LOAD_MAX = 0.7;
/** Words of a slot: upper half, lower half, offset of the position (0 marks a free slot). */
const WORDS = 3;

export class ExactTable {
  /** Positions are kept as 32-bit offsets above this position. */
  readonly basePosition: number;
  #words: Int32Array<ArrayBuffer>;
  #mask: number;
  #size = 0;

  /** Has room for `expected` keys before it grows. */
  constructor(basePosition: number, expected = 0) {
    this.basePosition = basePosition;
    let slots = SLOTS_MIN;
    while (slots * LOAD_MAX < expected) slots *= 2;
    this.#words = new Int32Array(slots * WORDS);
    this.#mask = slots - 1;
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#words.byteLength;
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
    const words = this.#words;
    const mask = this.#mask;
    let slot = from & mask;
    let at = slot * WORDS;
    while (words[at + 2] !== 0) {
      if (words[at + 1] === low && words[at] === high) return slot;
      slot = (slot + 1) & mask;
      at = slot * WORDS;
    }
    return -1;
  }

  first(low: number): number {
    return low & this.#mask;
  }

  positionAt(slot: number): number {
    return this.basePosition + ((this.#words[slot * WORDS + 2] ?? 0) >>> 0);
  }

  #place(high: number, low: number, offset: number): void {
    const words = this.#words;
    let at = (low & this.#mask) * WORDS;
    while (words[at + 2] !== 0) {
      at += WORDS;
      if (at === words.length) at = 0;
    }
    words[at] = high;
    words[at + 1] = low;
    words[at + 2] = offset;
  }

  #grow(): void {
    const old = this.#words;
    this.#words = new Int32Array(old.length * 2);
    this.#mask = this.#mask * 2 + 1;
    for (let at = 0; at < old.length; at += WORDS)
      if (old[at + 2] !== 0) this.#place(old[at] ?? 0, old[at + 1] ?? 0, (old[at + 2] ?? 0) >>> 0);
  }
}
