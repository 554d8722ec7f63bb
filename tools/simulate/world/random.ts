/** Numbers that follow from a seed: sfc32 (C. Doty-Humphrey, PractRand), seeded through the mixer of MurmurHash3. */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** An integer from 0 to `below - 1`. */
  below(below: number): number;
  between(range: { readonly from: number; readonly to: number }): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Lower-case hexadecimal. */
  hex(length: number): string;
  bytes(length: number): Buffer;
}

export function createRandom(seed: number, purpose: string): Random {
  let [a, b, c, counter] = wordsOf(`${seed} ${purpose}`);
  const word = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let warming = 0; warming < 12; warming += 1) word();
  const next = (): number => word() / 2 ** 32;
  const below = (limit: number): number => Math.floor(next() * limit);
  const hex = (length: number): string => {
    let text = '';
    while (text.length < length) text += word().toString(16).padStart(8, '0');
    return text.slice(0, length);
  };
  return {
    next,
    below,
    between: ({ from, to }) => from + next() * (to - from),
    chance: (probability) => next() < probability,
    pick(list) {
      const picked = list[below(list.length)];
      if (picked === undefined) throw new RangeError('there is nothing to pick from');
      return picked;
    },
    hex,
    bytes: (length) => Buffer.from(hex(length * 2), 'hex'),
  };
}

/** Four words that differ in all bits whenever the texts differ. */
function wordsOf(text: string): [number, number, number, number] {
  const words = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x5bd1e995].map((start) => {
    let hash = start;
    for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  });
  return [words[0] ?? 0, words[1] ?? 0, words[2] ?? 0, words[3] ?? 0];
}

/** Ids of the shape of a UUID of version 7; each once. */
export function createIds(random: Random): () => string {
  let count = 0;
  return () => {
    count += 1;
    const head = count.toString(16).padStart(12, '0');
    const tail = random.hex(15);
    return `${head.slice(0, 8)}-${head.slice(8)}-7${tail.slice(0, 3)}-8${tail.slice(3, 6)}-${tail.slice(3)}`;
  };
}
