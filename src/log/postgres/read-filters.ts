import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Queryable } from '../../platform/postgres/database.ts';
import { buildRunFilter } from '../dedupe/build-run-filter.ts';
import { RunFilter } from '../dedupe/run-filter.ts';
import { readKeys, releaseEntries } from '../dedupe/run-format.ts';

/** Filters of key runs, by last position: 0.5 MB each. None of a run that retention has dropped meanwhile. */
export async function readFilters(
  on: Queryable,
  bucket: number,
  runs: readonly { readonly lastPosition: number }[],
): Promise<Map<number, RunFilter>> {
  const { rows } = await on.query<{ last_position: bigint; key_filter: Buffer | null }>({
    text: `select last_position, key_filter from log_runs
            where bucket = $1 and kind = 'key' and last_position = any($2::bigint[])`,
    values: [bucket, runs.map(({ lastPosition }) => lastPosition)],
  });
  const filters = new Map<number, RunFilter>();
  for (const { last_position, key_filter } of rows) {
    const filter = key_filter
      ? RunFilter.fromBytes(key_filter)
      : await addFilter(on, bucket, last_position);
    if (filter !== null) filters.set(Number(last_position), filter);
  }
  return filters;
}

/**
 * Makes and stores the filter of a run that a release before 0.5.0 sealed: 3 MB read and 0.1 s of work, once. Whoever
 * else does it meanwhile writes the same.
 */
async function addFilter(
  on: Queryable,
  bucket: number,
  lastPosition: bigint,
): Promise<RunFilter | null> {
  const { rows } = await on.query<{ entries: Buffer }>({
    text: `select entries from log_run_blocks where bucket = $1 and kind = 'key' and last_position = $2
            order by first_hash, first_offset`,
    values: [bucket, lastPosition],
  });
  if (rows.length === 0) return null;
  const keys = readKeys(rows.map(({ entries }) => entries));
  const filter = await buildRunFilter(keys, () => nextTurn());
  releaseEntries(keys);
  await on.query({
    text: `update log_runs set key_filter = $3, filter = null
            where bucket = $1 and kind = 'key' and last_position = $2 and key_filter is null`,
    values: [bucket, lastPosition, filter.toBytes()],
  });
  return filter;
}
