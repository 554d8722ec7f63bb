/** Seeded randomness: a run is repeated by its seed (Mulberry32 by T. Ettinger, seeded through FNV-1a). */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number, at least `low`, at most `high`. */
  between(range: { readonly low: number; readonly high: number }): number;
  chance(probability: number): boolean;
}

export function randomOf(seed: string): Random {
  let state = fnv1a(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: ({ low, high }) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
  };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
