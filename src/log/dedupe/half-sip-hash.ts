/**
 * HalfSipHash with 64 bits of output (Aumasson and Bernstein, "SipHash: a fast short-input PRF", and the reference
 * code's 32-bit variant). It is made of 32-bit additions and rotations, which JavaScript does without big integers:
 * a 36-byte id takes about 0.1 us. An attacker who does not know the secret cannot aim for collisions; one that
 * happens costs a comparison, never a wrong answer, so one compression and three finalisation rounds suffice.
 */
export class HalfSipHash {
  /** First and second half of the last hash, as signed 32-bit integers. */
  high = 0;
  low = 0;
  readonly #compressionRounds: number;
  readonly #finalRounds: number;
  #key: SipKey = { word0: 0, word1: 0 };
  #v0 = 0;
  #v1 = 0;
  #v2 = 0;
  #v3 = 0;

  constructor(compressionRounds = 1, finalRounds = 3) {
    this.#compressionRounds = compressionRounds;
    this.#finalRounds = finalRounds;
  }

  /** Sets the 64-bit key of the hashes that follow. */
  use(key: SipKey): this {
    this.#key = key;
    return this;
  }

  /** Hashes `bytes[start, end)`; the result is in `high` and `low`. */
  hash(bytes: Uint8Array, start: number, end: number): void {
    const { word0, word1 } = this.#key;
    this.#v0 = word0;
    this.#v1 = word1 ^ 0xee;
    this.#v2 = 0x6c796765 ^ word0;
    this.#v3 = 0x74656462 ^ word1;
    let at = start;
    for (const whole = end - 3; at < whole; at += 4)
      this.#absorb(
        (bytes[at] ?? 0) |
          ((bytes[at + 1] ?? 0) << 8) |
          ((bytes[at + 2] ?? 0) << 16) |
          ((bytes[at + 3] ?? 0) << 24),
      );
    let last = (end - start) << 24;
    for (let shift = 0; at < end; at++, shift += 8) last |= (bytes[at] ?? 0) << shift;
    this.#absorb(last);
    this.#v2 ^= 0xee;
    this.#rounds(this.#finalRounds);
    this.high = this.#v1 ^ this.#v3;
    this.#v1 ^= 0xdd;
    this.#rounds(this.#finalRounds);
    this.low = this.#v1 ^ this.#v3;
  }

  #absorb(word: number): void {
    this.#v3 ^= word;
    this.#rounds(this.#compressionRounds);
    this.#v0 ^= word;
  }

  #rounds(count: number): void {
    let v0 = this.#v0;
    let v1 = this.#v1;
    let v2 = this.#v2;
    let v3 = this.#v3;
    for (let round = 0; round < count; round++) {
      v0 = (v0 + v1) | 0;
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
      v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0;
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
      v2 = (v2 << 16) | (v2 >>> 16);
    }
    this.#v0 = v0;
    this.#v1 = v1;
    this.#v2 = v2;
    this.#v3 = v3;
  }
}

export interface SipKey {
  readonly word0: number;
  readonly word1: number;
}
