/** Hash to index within one plan, for equal keys that wait together. Made once and begun anew for each plan. */
const SLOTS_MIN = 64;

export class PlanKeys {
  #highs = new Int32Array(SLOTS_MIN);
  #lows = new Int32Array(SLOTS_MIN);
  /** Index + 1; 0 marks a free slot. */
  #indexes = new Uint32Array(SLOTS_MIN);
  #size = 0;

  /** Forgets the plan before. */
  begin(): void {
    if (this.#size > 0) this.#indexes.fill(0);
    this.#size = 0;
  }

  add(high: number, low: number, index: number): void {
    if (this.#size * 2 >= this.#indexes.length) this.#grow();
    this.#place(high, low, index + 1);
    this.#size++;
  }

  /** Index of an entry with this hash that `same` confirms, or -1. */
  find(high: number, low: number, same: (index: number) => boolean): number {
    const mask = this.#indexes.length - 1;
    let slot = low & mask;
    for (;;) {
      const index = (this.#indexes[slot] ?? 0) - 1;
      if (index < 0) return -1;
      if (this.#highs[slot] === high && this.#lows[slot] === low && same(index)) return index;
      slot = (slot + 1) & mask;
    }
  }

  #place(high: number, low: number, marked: number): void {
    const mask = this.#indexes.length - 1;
    let slot = low & mask;
    while (this.#indexes[slot] !== 0) slot = (slot + 1) & mask;
    this.#highs[slot] = high;
    this.#lows[slot] = low;
    this.#indexes[slot] = marked;
  }

  #grow(): void {
    const highs = this.#highs;
    const lows = this.#lows;
    const indexes = this.#indexes;
    this.#highs = new Int32Array(highs.length * 2);
    this.#lows = new Int32Array(highs.length * 2);
    this.#indexes = new Uint32Array(highs.length * 2);
    for (let slot = 0; slot < indexes.length; slot++)
      if (indexes[slot] !== 0) this.#place(highs[slot] ?? 0, lows[slot] ?? 0, indexes[slot] ?? 0);
  }
}
