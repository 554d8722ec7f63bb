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
    const start = blockOf(shareOf(high), this.#blocks);
    for (let word = 0; word < WORDS_PER_BLOCK; word++) {
      const at = start + word;
      this.#words[at] = (this.#words[at] ?? 0) | (1 << bitOf(low, word));
    }
  }

  /**
   * Whether the key of the probe may be in the run. The first four words are looked at without a branch: which of them
   * lacks its bit cannot be foreseen, that one does nearly always can.
   */
  mayContain(probe: RunProbe): boolean {
    const words = this.#words;
    const start = blockOf(probe.share, this.#blocks);
    const first =
      ((words[start] ?? 0) >>> probe.bit0) &
      ((words[start + 1] ?? 0) >>> probe.bit1) &
      ((words[start + 2] ?? 0) >>> probe.bit2) &
      ((words[start + 3] ?? 0) >>> probe.bit3);
    if ((first & 1) === 0) return false;
    for (let word = PROBED_WORDS; word < WORDS_PER_BLOCK; word++)
      if ((((words[start + word] ?? 0) >>> bitOf(probe.low, word)) & 1) === 0) return false;
    return true;
  }
}

/** Words that a probe knows the bits of. */
const PROBED_WORDS = 4;

/** What filters are asked about a key: worked out once, however many runs there are. */
export class RunProbe {
  /** Where among the blocks of a filter, from 0 to 1. */
  share = 0;
  low = 0;
  bit0 = 0;
  bit1 = 0;
  bit2 = 0;
  bit3 = 0;

  set(high: number, low: number): void {
    this.share = shareOf(high);
    this.low = low;
    this.bit0 = bitOf(low, 0);
    this.bit1 = bitOf(low, 1);
    this.bit2 = bitOf(low, 2);
    this.bit3 = bitOf(low, 3);
  }
}

function shareOf(high: number): number {
  return (high >>> 0) / 0x1_0000_0000;
}

/** Multiply-shift: scales 32 bits to a block number without a division. */
function blockOf(share: number, blocks: number): number {
  return Math.floor(share * blocks) * WORDS_PER_BLOCK;
}

/** Which bit of a word of its block a key sets. */
function bitOf(low: number, word: number): number {
  return Math.imul(low, SALTS[word] ?? 0) >>> 27;
}
