import { indexHash, matchesIn } from '../dedupe/run-format.ts';
import type { FindNewestQuery } from '../log.ts';
import { CANDIDATES_MAX } from './find-by-positions.ts';
import { BLOCKS_MAX, type Hash, hashOf, positionsWith, readRuns } from './find-candidates.ts';
import type { Candidates, FindSources } from './find-sources.ts';

/**
 * Positions below `before` whose id (or else subject) hash matches, newest first: from the tail and then from the runs,
 * the newest of them first. The tail's answer says how far the bucket was sealed in its snapshot; of runs that were
 * written since, what lies behind that place was in the tail.
 */
export async function findNewestCandidates(
  query: FindNewestQuery,
  sources: FindSources,
): Promise<Candidates> {
  const hash = hashOf(query, sources);
  const before = Number(query.before);
  const tail = await searchTail(sources, before, hash);
  const positions = [...tail.positions];
  if (!tail.complete || positions.length >= CANDIDATES_MAX) return { positions, complete: false };
  for (const run of (await readRuns(sources, hash.kind)).reverse()) {
    if (run.first >= before || run.first > tail.sealed) continue;
    const below = Math.min(before, tail.sealed + 1);
    const found = await searchRun(sources, { ...run, before: below }, hash);
    for (const position of found.positions) positions.push(position);
    if (!found.complete || positions.length >= CANDIDATES_MAX)
      return { positions, complete: false };
  }
  return { positions, complete: true };
}

interface BlockRow {
  readonly entries: Buffer;
  /** The block begins with a smaller hash: entries of this one can only be at its end. */
  readonly leads: boolean;
}

/**
 * Entries of one run with this hash below a position: backward over the blocks that begin with the hash, and one descent
 * to the block before them, which may end with it. When not all of the blocks were read, that one is further down.
 */
async function searchRun(
  { on, bucket }: FindSources,
  run: { readonly first: number; readonly last: number; readonly before: number },
  { kind, high }: Hash,
): Promise<Candidates> {
  const lowest = indexHash(kind, high, 0);
  const highest = indexHash(kind, high, 0xffffffff);
  // Entries of one subject stand in order of position, those of one id do not.
  const below = Math.min(run.before, run.last + 1) - run.first;
  const belowOffset = kind === 'subject' ? below : Number.MAX_SAFE_INTEGER;
  const { rows } = await on.query<BlockRow>({
    text: `(select entries, false as leads from log_run_blocks
             where bucket = $1 and kind = $2 and last_position = $3
               and first_hash >= $4 and (first_hash, first_offset) < ($5, $6)
             order by first_hash desc, first_offset desc limit $7)
           union all
           (select entries, true as leads from log_run_blocks
             where bucket = $1 and kind = $2 and last_position = $3 and first_hash < $4
             order by first_hash desc, first_offset desc limit 1)`,
    values: [bucket, kind, run.last, lowest, highest, belowOffset, BLOCKS_MAX[kind]],
  });
  const own = rows.filter(({ leads }) => !leads);
  const complete = own.length < BLOCKS_MAX[kind];
  const positions = (complete ? rows : own)
    .flatMap(({ entries }) => matchesIn(entries, kind, { high, low: null }))
    .map((offset) => run.first + offset)
    .filter((position) => position < run.before);
  positions.sort((a, b) => b - a);
  return { positions, complete };
}

interface TailRow {
  readonly sealed: bigint;
  /** Null when no row of the tail has the hash. */
  readonly first_position: bigint | null;
  readonly hashes: Buffer | null;
}

/** Positions in batches that are not sealed, and how far the bucket is sealed in the same snapshot: see find-candidates.ts. */
async function searchTail(
  { on, bucket }: FindSources,
  before: number,
  hash: Hash,
): Promise<Candidates & { readonly sealed: number }> {
  const wanted = Buffer.alloc(4);
  wanted.writeInt32BE(hash.high | 0);
  const column = hash.kind === 'key' ? 'key_hashes' : 'subject_hashes';
  const { rows } = await on.query<TailRow>({
    text: `select s.sealed, t.first_position, t.hashes
             from (select coalesce(max(last_position), 0) as sealed from log_runs
                    where bucket = $1 and kind = $5) s
             left join lateral (
               select first_position, last_position, ${column} as hashes from log_batches
                where bucket = $1 and last_position > s.sealed and first_position < $2
                  and position($3::bytea in ${column}) > 0
                order by last_position desc limit $4) t on true
            order by t.last_position desc`,
    values: [bucket, before, wanted, CANDIDATES_MAX, hash.kind],
  });
  const sealed = Number(rows[0]?.sealed ?? 0);
  const positions = rows.flatMap(({ first_position, hashes }) =>
    positionsWith(hash, Number(first_position), hashes)
      .filter((position) => position < before && position > sealed)
      .reverse(),
  );
  return { positions, complete: rows.length < CANDIDATES_MAX, sealed };
}
