/** Events a second of each read model, from two readings of how many were done. Pure. */

export interface Reading {
  readonly atMs: number;
  /** Events done, by the copy they were done by. */
  readonly done: ReadonlyMap<string, number>;
}

export interface Generation {
  readonly generation: number;
  readonly state: string;
  readonly eventsDone: number;
  readonly behindEvents: number;
}

/** Shorter gaps between readings say nothing. */
const GAP_LEAST_MS = 500;

export function readingOf(
  items: readonly { readonly name: string; readonly generations: readonly Generation[] }[],
  atMs: number,
): Reading {
  return {
    atMs,
    done: new Map(
      items.flatMap(({ name, generations }) =>
        generations.map((each) => [`${name} ${String(each.generation)}`, each.eventsDone] as const),
      ),
    ),
  };
}

/** null until there are two readings, and for a copy that was not there before. */
export function rateOf(key: string, before: Reading | null, now: Reading | null): number | null {
  if (before === null || now === null || now.atMs - before.atMs < GAP_LEAST_MS) return null;
  const [from, to] = [before.done.get(key), now.done.get(key)];
  // A copy that was begun anew has done less than before.
  if (from === undefined || to === undefined || to < from) return null;
  return ((to - from) * 1000) / (now.atMs - before.atMs);
}

/** Seconds until a copy is filled at this rate; null when it cannot be told. */
export function secondsLeft({ behindEvents }: Generation, rate: number | null): number | null {
  return rate === null || rate <= 0 || behindEvents === 0 ? null : behindEvents / rate;
}
