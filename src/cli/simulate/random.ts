/**
 * SplitMix64 folded to 32-bit arithmetic would need BigInt; this is sfc32 (Chris Doty-Humphrey, PractRand), which is
 * as fast as an addition. `seeded` starts it anew from (seed, index), so event number n is the same whatever came
 * before it, and a duplicate of it needs no memory.
 */
export interface Random {
  /** Starts the sequence of event `index`. */
  seed(index: number): void;
  /** A whole number from 0 to 2^32 - 1. */
  next(): number;
  /** A whole number from 0 to `bound` - 1. */
  below(bound: number): number;
  /** A number from 0 (inclusive) to 1 (exclusive). */
  share(): number;
}

/** The state must be stirred before it looks random; the author of sfc32 says 12 rounds. */
const STIRS = 12;

export function createRandom(seed: number): Random {
  let a = 0;
  let b = 0;
  let c = 0;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  return {
    seed(index) {
      a = seed | 0;
      b = index | 0;
      c = (index / 2 ** 32) ^ (seed / 2 ** 32) ^ 0x9e3779b9;
      counter = 1;
      for (let round = 0; round < STIRS; round++) next();
    },
    next,
    below: (bound) => Math.floor((next() / 2 ** 32) * bound),
    share: () => next() / 2 ** 32,
  };
}
