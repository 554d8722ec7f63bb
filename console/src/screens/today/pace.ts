/** Counts over time for small charts. Pure. */

export interface Pace {
  readonly points: readonly (readonly [atMs: number, value: number | null])[];
  readonly total: number;
  readonly most: number;
}

/**
 * How many moments fall into each bin of the last `binMs * count` before `nowMs`, as a rate per `perMs`. Bins before
 * `knownFromMs` are gaps, not zeros: nobody read what happened then. The bin of this moment is left out, since it is not over.
 */
export function paceOf(
  moments: readonly number[],
  of: {
    readonly nowMs: number;
    readonly binMs: number;
    readonly count: number;
    readonly perMs: number;
    readonly knownFromMs: number;
  },
): Pace {
  const { nowMs, binMs, count, perMs, knownFromMs } = of;
  const endMs = Math.floor(nowMs / binMs) * binMs;
  const startMs = endMs - binMs * count;
  const counts = Array.from({ length: count }, () => 0);
  for (const moment of moments) {
    const bin = Math.floor((moment - startMs) / binMs);
    if (bin >= 0 && bin < count) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const points = counts.map((each, bin): readonly [number, number | null] => {
    const atMs = startMs + bin * binMs;
    return [atMs, atMs + binMs <= knownFromMs ? null : (each * perMs) / binMs];
  });
  const known = points.flatMap(([, value]) => (value === null ? [] : [value]));
  return {
    points,
    total: counts.reduce((sum, each) => sum + each, 0),
    most: Math.max(0, ...known),
  };
}

/** Days before or after a date, `YYYY-MM-DD`. */
export function dayPlus(day: string, days: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10);
}
