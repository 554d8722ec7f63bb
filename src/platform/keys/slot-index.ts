/**
 * Where a reference may stand in the slot file: an open hash table of 8 bytes an entry, so that a million persons take
 * about 16 MB. It answers with candidates; the slot itself says whose it is. Entries are never removed: a destroyed slot
 * answers for nobody.
 */
const CAPACITY_MIN = 1_024;

export class SlotIndex {
  #hashes = new Uint32Array(CAPACITY_MIN);
  /** Slot + 1; 0 is free. */
  #slots = new Uint32Array(CAPACITY_MIN);
  #size = 0;

  /** References are keyed hashes: their first four bytes are as good a hash as any. */
  add(reference: Uint8Array, slot: number): void {
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    this.#place(hashOf(reference), slot + 1);
    this.#size += 1;
  }

  /** Slots in ascending order, which is the order in which they were written. */
  candidates(reference: Uint8Array): number[] {
    const hash = hashOf(reference);
    const mask = this.#slots.length - 1;
    const found: number[] = [];
    for (let at = hash & mask; this.#slots[at] !== 0; at = (at + 1) & mask)
      if (this.#hashes[at] === hash) found.push((this.#slots[at] ?? 0) - 1);
    return found.sort((a, b) => a - b);
  }

  #place(hash: number, marked: number): void {
    const mask = this.#slots.length - 1;
    let at = hash & mask;
    while (this.#slots[at] !== 0) at = (at + 1) & mask;
    this.#hashes[at] = hash;
    this.#slots[at] = marked;
  }

  #grow(): void {
    const hashes = this.#hashes;
    const slots = this.#slots;
    this.#hashes = new Uint32Array(slots.length * 2);
    this.#slots = new Uint32Array(slots.length * 2);
    for (let at = 0; at < slots.length; at++)
      if (slots[at] !== 0) this.#place(hashes[at] ?? 0, slots[at] ?? 0);
  }
}

function hashOf(reference: Uint8Array): number {
  return new DataView(reference.buffer, reference.byteOffset).getUint32(0);
}
