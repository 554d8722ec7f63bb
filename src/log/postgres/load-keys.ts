import type { Queryable } from '../../platform/postgres/database.ts';
import type { BucketKeys } from '../dedupe/bucket-keys.ts';
import type { SealedRun } from '../dedupe/sealed-runs.ts';
import { readFilters } from './read-filters.ts';
import { readHead } from './read-head.ts';

interface RunRow {
  readonly first_position: bigint;
  readonly last_position: bigint;
  readonly last_recorded_at: bigint;
  readonly entry_count: number;
}

/** Rows of key hashes read at once while catching up: at most 8 MB. */
const TAIL_ROWS = 500;
/** Filters fetched in one statement. */
const FILTERS_AT_ONCE = 4;

/**
 * Brings the keys of a bucket up to the head: runs and their filters first, then the key hashes of what is not sealed.
 * Returns the head it reached. Every step sees a prefix of the bucket, and nothing of it is changed.
 */
export async function loadKeys(on: Queryable, bucket: number, keys: BucketKeys): Promise<number> {
  const head = await readHead(on, bucket);
  // Without its filter every key may be in a run: a load that broke off is not left at that.
  const isLoaded = keys.runs.every(({ filter }) => filter !== null);
  if (keys.known >= head.position && isLoaded) return keys.known;
  await loadRuns(on, bucket, { keys, nowMicros: head.recordedAt });
  while (keys.known < head.position) {
    const before = keys.known;
    await addTail(on, bucket, keys);
    if (keys.known === before) {
      // Somebody sealed and stripped what we were about to read: the run holds it now.
      await loadRuns(on, bucket, { keys, nowMicros: head.recordedAt });
      if (keys.known === before) throw new Error(`bucket ${bucket} has no keys after ${before}`);
    }
  }
  return keys.known;
}

/**
 * Adopts the runs that the database has, fetching the filters that are new to us; with `knownOnly` those alone that
 * hold nothing but keys known already, so that `keys.known` does not move.
 */
export async function loadRuns(
  on: Queryable,
  bucket: number,
  to: { keys: BucketKeys; nowMicros: number; knownOnly?: boolean },
): Promise<void> {
  const { rows: all } = await on.query<RunRow>({
    text: `select first_position, last_position, last_recorded_at, entry_count from log_runs
            where bucket = $1 and kind = 'key' order by last_position`,
    values: [bucket],
  });
  const rows = to.knownOnly ? all.filter((row) => Number(row.last_position) <= to.keys.known) : all;
  const known = new Map(to.keys.runs.map((run) => [run.lastPosition, run]));
  const runs: SealedRun[] = rows.map((row) => ({
    firstPosition: Number(row.first_position),
    lastPosition: Number(row.last_position),
    lastRecordedAt: Number(row.last_recorded_at),
    entryCount: row.entry_count,
    filter: known.get(Number(row.last_position))?.filter ?? null,
  }));
  to.keys.setRuns(runs, to.nowMicros);
  const missing = to.keys.runs.filter(({ filter }) => filter === null);
  for (let start = 0; start < missing.length; start += FILTERS_AT_ONCE) {
    const filters = await readFilters(on, bucket, missing.slice(start, start + FILTERS_AT_ONCE));
    to.keys.setRuns(
      to.keys.runs.map((run) => ({
        ...run,
        filter: run.filter ?? filters.get(run.lastPosition) ?? null,
      })),
      to.nowMicros,
    );
  }
}

async function addTail(on: Queryable, bucket: number, keys: BucketKeys): Promise<void> {
  const { rows } = await on.query<{ first_position: bigint; key_hashes: Buffer | null }>({
    text: `select first_position, key_hashes from log_batches
            where bucket = $1 and last_position > $2 order by last_position limit $3`,
    values: [bucket, keys.known, TAIL_ROWS],
  });
  for (const row of rows) {
    const first = Number(row.first_position);
    if (row.key_hashes === null) return;
    for (let index = 0; index < row.key_hashes.length / 8; index++) {
      if (first + index <= keys.known) continue;
      const at = index * 8;
      keys.add(row.key_hashes.readInt32BE(at), row.key_hashes.readInt32BE(at + 4), first + index);
    }
  }
}
