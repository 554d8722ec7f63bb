/** A bound on how much of something happens at once; those beyond it wait their turn in order. */
export interface Permits {
  run<T>(work: () => Promise<T>): Promise<T>;
}

export function createPermits(count: number): Permits {
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    async run(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => void waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        // The permit passes on without becoming free, so nobody can overtake.
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}
