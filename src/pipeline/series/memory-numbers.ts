import type { NumberStore } from './number-series.ts';

/** For tests and simulations: several processes may share one. */
export function createMemoryNumbers(): NumberStore {
  const next = new Map<string, number>();
  return {
    async draw(tenant, series, count) {
      const key = `${tenant}\0${series}`;
      const first = next.get(key) ?? 1;
      next.set(key, first + count);
      return first;
    },
  };
}
