/**
 * Split block Bloom filter as in Apache Parquet (BloomFilter.md of parquet-format): a key belongs to one block of
 * eight 32-bit words and sets one bit in each. A miss touches one cache line. At 16 bits a key (2 bytes, the most the
 * design allows) about 1 in 600 absent keys is let through and costs one indexed read.
 */
const WORDS_PER_BLOCK = 8;
const BITS_PER_KEY = 16;
const SALTS = Int32Array.of(
  0x47b6137b,
  0x44974d91,
  0x8824ad5b | 0,
  0xa2b7289d | 0,
  0x705495c7,
  0x2df1424b,
  0x9efc4947 | 0,
  0x5c6bfb31,
);

export class RunFilter {
  readonly #words: Int32Array;
  readonly #blocks: number;

  private constructor(words: Int32Array) {
    this.#words = words;
    this.#blocks = words.length / WORDS_PER_BLOCK;
  }

  static forKeys(count: number): RunFilter {
    const blocks = Math.max(1, Math.ceil((count * BITS_PER_KEY) / (WORDS_PER_BLOCK * 32)));
    return new RunFilter(new Int32Array(blocks * WORDS_PER_BLOCK));
  }

  /** Reads what `toBytes` wrote: the words little-endian, which is how every platform of Node holds them. */
  static fromBytes(bytes: Buffer): RunFilter {
    const words = new Int32Array(bytes.length / 4);
    new Uint8Array(words.buffer).set(bytes);
    return new RunFilter(words);
  }

  get bytes(): number {
    return this.#words.length * 4;
  }

  toBytes(): Buffer {
    return Buffer.from(new Uint8Array(this.#words.buffer));
  }

  add(high: number, low: number): void {
    const start = this.#block(high);
    for (let word = 0; word < WORDS_PER_BLOCK; word++) {
      const at = start + word;
      this.#words[at] = (this.#words[at] ?? 0) | bit(low, word);
    }
  }

  mayContain(high: number, low: number): boolean {
    const start = this.#block(high);
    for (let word = 0; word < WORDS_PER_BLOCK; word++)
      if (((this.#words[start + word] ?? 0) & bit(low, word)) === 0) return false;
    return true;
  }

  /** Multiply-shift: scales 32 bits to a block number without a division. */
  #block(high: number): number {
    return Math.floor(((high >>> 0) / 0x1_0000_0000) * this.#blocks) * WORDS_PER_BLOCK;
  }
}

function bit(low: number, word: number): number {
  return 1 << (Math.imul(low, SALTS[word] ?? 0) >>> 27);
}
