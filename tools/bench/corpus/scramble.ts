/**
 * Deterministic noise: the 32-bit finaliser of MurmurHash3, a bijection, so different numbers under one salt never
 * give the same word. Everything random in the corpus is a function of (seed, event number), so that the same event
 * can be made again, byte for byte, without keeping it.
 */
export function scramble(value: number, salt: number): number {
  let word = (value ^ salt) | 0;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}

/** Independent salts of one seed. */
export function saltsOf(seed: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => scramble(seed * 64 + index, 0x9e3779b9));
}

/** A whole number from 0 to `below` - 1. */
export function pick(value: number, salt: number, below: number): number {
  return Math.floor((scramble(value, salt) / 2 ** 32) * below);
}
