import { indexHash, matchesIn, type RunKind } from '../dedupe/run-format.ts';
import type { FindFilters, FindQuery } from '../log.ts';
import { CANDIDATES_MAX } from './find-by-positions.ts';
import type { Candidates, FindSources } from './find-sources.ts';

/**
 * Blocks of one subject's entries read at once: 64 blocks hold 16,000 entries, in order of position. The entries of
 * one id stand in order of their sources, so they are read whole: a run has at most some thousand blocks of 3 kB.
 */
export const BLOCKS_MAX: Readonly<Record<RunKind, number>> = { subject: 64, key: 100_000 };

/** What runs are searched for. */
export interface Hash {
  readonly kind: RunKind;
  readonly high: number;
}

export function hashOf(query: FindFilters, { hasher }: FindSources): Hash {
  return query.id === undefined
    ? { kind: 'subject', high: hasher.subject(query.tenant, query.subject ?? '') }
    : { kind: 'key', high: hasher.idHalf(query.tenant, query.id) };
}

/**
 * Positions whose id (or else subject) hash matches, ascending, from the runs first and then from the tail. Hashes that
 * were sealed between the two look-ups are in neither: the tail's answer says so and the search goes on with the runs.
 */
export async function findCandidates(
  query: FindQuery,
  sources: FindSources,
  head: number,
): Promise<Candidates> {
  const hash = hashOf(query, sources);
  const after = Number(query.after);
  const positions: number[] = [];
  let sealed = 0;
  for (;;) {
    for (const run of await readRuns(sources, hash.kind)) {
      if (run.last <= sealed) continue;
      sealed = run.last;
      if (run.last <= after) continue;
      const found = await searchRun(sources, { ...run, after }, hash);
      for (const position of found.positions) positions.push(position);
      if (!found.complete || positions.length >= CANDIDATES_MAX)
        return { positions, complete: false };
    }
    const tail = await searchTail(sources, { after: Math.max(after, sealed), head }, hash);
    if (tail.sealed > sealed) continue;
    return { positions: [...positions, ...tail.positions], complete: tail.complete };
  }
}

/** The runs of a kind in order of position. */
export async function readRuns(
  { on, bucket }: FindSources,
  kind: RunKind,
): Promise<{ first: number; last: number }[]> {
  const { rows } = await on.query<{ first_position: bigint; last_position: bigint }>({
    text: `select first_position, last_position from log_runs
            where bucket = $1 and kind = $2 order by last_position`,
    values: [bucket, kind],
  });
  return rows.map((row) => ({
    first: Number(row.first_position),
    last: Number(row.last_position),
  }));
}

/**
 * Entries of one run with this hash behind a position. One descent to the block that may hold the first of them, then
 * forward while blocks begin with the hash.
 */
async function searchRun(
  { on, bucket }: FindSources,
  run: { first: number; last: number; after: number },
  hash: Hash,
): Promise<Candidates> {
  const low = indexHash(hash.kind, hash.high, 0);
  const high = indexHash(hash.kind, hash.high, 0xffffffff);
  const afterOffset = hash.kind === 'subject' ? Math.max(0, run.after - run.first) : 0;
  const { rows } = await on.query<{ entries: Buffer }>({
    text: `(select entries, first_hash, first_offset from log_run_blocks
             where bucket = $1 and kind = $2 and last_position = $3 and (first_hash, first_offset) <= ($4, $6)
             order by first_hash desc, first_offset desc limit 1)
           union all
           (select entries, first_hash, first_offset from log_run_blocks
             where bucket = $1 and kind = $2 and last_position = $3 and (first_hash, first_offset) > ($4, $6)
               and first_hash <= $5
             order by first_hash, first_offset limit $7)
           order by first_hash, first_offset`,
    values: [bucket, hash.kind, run.last, low, high, afterOffset, BLOCKS_MAX[hash.kind]],
  });
  const positions = rows
    .flatMap(({ entries }) => matchesIn(entries, hash.kind, { high: hash.high, low: null }))
    .map((offset) => run.first + offset)
    .filter((position) => position > run.after);
  positions.sort((a, b) => a - b);
  return { positions, complete: rows.length < BLOCKS_MAX[hash.kind] };
}

interface TailRow {
  readonly sealed: bigint;
  /** Null when no row of the tail has the hash. */
  readonly first_position: bigint | null;
  readonly hashes: Buffer | null;
}

/**
 * Positions in batches that are not sealed, and how far the bucket is sealed in the same snapshot. PostgreSQL looks for the hash in the bytes beside each batch (2 MB for a
 * full tail, about 3 ms), so only rows that have it travel.
 */
async function searchTail(
  { on, bucket }: FindSources,
  range: { after: number; head: number },
  hash: Hash,
): Promise<Candidates & { sealed: number }> {
  const wanted = Buffer.alloc(4);
  wanted.writeInt32BE(hash.high | 0);
  const column = hash.kind === 'key' ? 'key_hashes' : 'subject_hashes';
  const { rows } = await on.query<TailRow>({
    text: `select s.sealed, t.first_position, t.hashes
             from (select coalesce(max(last_position), 0) as sealed from log_runs
                    where bucket = $1 and kind = $5) s
             left join (
               select first_position, last_position, ${column} as hashes from log_batches
                where bucket = $1 and last_position > $2 and position($3::bytea in ${column}) > 0
                order by last_position limit $4) t on true
            order by t.last_position`,
    values: [bucket, range.after, wanted, CANDIDATES_MAX, hash.kind],
  });
  const positions = rows.flatMap(({ first_position, hashes }) =>
    positionsWith(hash, Number(first_position), hashes).filter(
      (position) => position > range.after,
    ),
  );
  const sealed = Number(rows[0]?.sealed ?? 0);
  return { positions, complete: rows.length < CANDIDATES_MAX, sealed };
}

/** The positions of a batch, from `first` on, whose hash is this, of the hashes that stand beside it. */
export function positionsWith(
  { kind, high }: Hash,
  first: number,
  hashes: Buffer | null,
): number[] {
  const width = kind === 'key' ? 8 : 4;
  const positions: number[] = [];
  for (let at = 0; at < (hashes?.length ?? 0); at += width)
    if (hashes?.readInt32BE(at) === (high | 0)) positions.push(first + at / width);
  return positions;
}
