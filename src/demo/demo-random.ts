/** Numbers that look random and are the same at every start: mulberry32, by Tommy Ettinger (public domain). Pure. */
export interface DemoRandom {
  /** 0 up to, not including, 1. */
  share(): number;
  /** 0 to `count - 1`. */
  below(count: number): number;
  /** One of a list that is not empty. */
  one<T>(of: readonly [T, ...T[]] | readonly T[]): T;
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean;
}

export function demoRandom(seed: number): DemoRandom {
  let state = seed >>> 0;
  const share = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(share() * count);
  return {
    share,
    below,
    one(of) {
      const found = of[below(of.length)];
      if (found === undefined) throw new RangeError('nothing to choose from');
      return found;
    },
    chance: (percent) => share() * 100 < percent,
  };
}
