/**
 * Exact index of recent keys: open addressing over typed arrays, 12 bytes a slot, no object per key. Equal hashes may
 * stand in it several times (different keys with one hash are both stored), so a look-up walks all of them.
 */
const SLOTS_MIN = 1 << 12;
/** Linear probing stays short below this share of used slots. */
const LOAD_MAX = 0.7;

export class ExactTable {
  /** Positions are kept as 32-bit offsets above this position. */
  readonly basePosition: number;
  #high = new Int32Array(SLOTS_MIN);
  #low = new Int32Array(SLOTS_MIN);
  /** 0 marks a free slot. */
  #offset = new Uint32Array(SLOTS_MIN);
  #mask = SLOTS_MIN - 1;
  #size = 0;

  constructor(basePosition: number) {
    this.basePosition = basePosition;
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return (this.#mask + 1) * 12;
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
    const { offsets, highs, lows } = this.#arrays();
    let slot = from & this.#mask;
    while (offsets[slot] !== 0) {
      if (highs[slot] === high && lows[slot] === low) return slot;
      slot = (slot + 1) & this.#mask;
    }
    return -1;
  }

  first(low: number): number {
    return low & this.#mask;
  }

  positionAt(slot: number): number {
    return this.basePosition + (this.#offset[slot] ?? 0);
  }

  #arrays(): { offsets: Uint32Array; highs: Int32Array; lows: Int32Array } {
    return { offsets: this.#offset, highs: this.#high, lows: this.#low };
  }

  #place(high: number, low: number, offset: number): void {
    let slot = low & this.#mask;
    while (this.#offset[slot] !== 0) slot = (slot + 1) & this.#mask;
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#offset[slot] = offset;
  }

  #grow(): void {
    const high = this.#high;
    const low = this.#low;
    const offset = this.#offset;
    const slots = (this.#mask + 1) * 2;
    this.#high = new Int32Array(slots);
    this.#low = new Int32Array(slots);
    this.#offset = new Uint32Array(slots);
    this.#mask = slots - 1;
    for (let slot = 0; slot < offset.length; slot++)
      if (offset[slot] !== 0) this.#place(high[slot] ?? 0, low[slot] ?? 0, offset[slot] ?? 0);
  }
}
