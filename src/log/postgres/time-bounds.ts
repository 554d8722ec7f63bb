import type { FindFilters } from '../log.ts';
import type { FindSources } from './find-sources.ts';

/** Positions that may hold events of a range of time: behind `after`, up to `last`. */
export interface TimeBounds {
  readonly after: number;
  readonly last: number;
}

/**
 * Recorded time never falls along the positions, so a range of it bounds them: one descent of the index on recorded time
 * for each end that is given.
 */
export async function timeBounds(query: FindFilters, sources: FindSources): Promise<TimeBounds> {
  const { fromMicros, toMicros } = query;
  return {
    after: fromMicros === undefined ? 0 : await beforeFirstAt(sources, fromMicros),
    last: toMicros === undefined ? Number.MAX_SAFE_INTEGER : await lastBefore(sources, toMicros),
  };
}

/** Position before the first row that can hold `from`. */
async function beforeFirstAt({ on, bucket }: FindSources, from: bigint): Promise<number> {
  const { rows } = await on.query<{ first_position: bigint }>({
    text: `select first_position from log_batches where bucket = $1 and recorded_at >= $2
            order by recorded_at, last_position limit 1`,
    values: [bucket, from],
  });
  const first = rows[0]?.first_position;
  return first === undefined ? Number.MAX_SAFE_INTEGER : Number(first) - 1;
}

/** Last position that a row reaching before `to` can have. */
async function lastBefore({ on, bucket }: FindSources, to: bigint): Promise<number> {
  const { rows } = await on.query<{ last_position: bigint }>({
    text: `select last_position from log_batches where bucket = $1 and recorded_at >= $2
            order by recorded_at, last_position limit 1`,
    values: [bucket, to],
  });
  return Number(rows[0]?.last_position ?? Number.MAX_SAFE_INTEGER);
}
