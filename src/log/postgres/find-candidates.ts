import { indexHash, matchesIn, type RunKind } from '../dedupe/run-format.ts';
import type { FindQuery } from '../log.ts';
import type { Candidates, FindSources } from './find-sources.ts';

/** Blocks read of one run at once: 64 blocks hold 16,000 entries. */
const BLOCKS_MAX = 64;
/** Candidates after which a page is begun; the next page goes on from there. */
const CANDIDATES_MAX = 1_000;

interface Hash {
  readonly kind: RunKind;
  readonly high: number;
}

/** Positions whose id (or else subject) hash matches, ascending, from the runs first and then from the tail. */
export async function findCandidates(
  query: FindQuery,
  sources: FindSources,
  head: number,
): Promise<Candidates> {
  const hash: Hash =
    query.id === undefined
      ? { kind: 'subject', high: sources.hasher.subject(query.tenant, query.subject ?? '') }
      : { kind: 'key', high: sources.hasher.idHalf(query.tenant, query.id) };
  const after = Number(query.after);
  const positions: number[] = [];
  let sealed = 0;
  for (const run of await readRuns(sources, hash.kind)) {
    sealed = run.last;
    if (run.last <= after) continue;
    const found = await searchRun(sources, { ...run, after }, hash);
    positions.push(...found.positions);
    if (!found.complete || positions.length >= CANDIDATES_MAX)
      return { positions, complete: false };
  }
  const tail = await searchTail(sources, { after: Math.max(after, sealed), head }, hash);
  positions.push(...tail.positions);
  return { positions, complete: tail.complete };
}

async function readRuns(
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
    values: [bucket, hash.kind, run.last, low, high, afterOffset, BLOCKS_MAX],
  });
  const positions = rows
    .flatMap(({ entries }) => matchesIn(entries, hash.kind, { high: hash.high, low: null }))
    .map((offset) => run.first + offset)
    .filter((position) => position > run.after);
  positions.sort((a, b) => a - b);
  return { positions, complete: rows.length < BLOCKS_MAX };
}

/**
 * Positions in batches that are not sealed. PostgreSQL looks for the hash in the bytes beside each batch (2 MB for a
 * full tail, about 3 ms), so only rows that have it travel.
 */
async function searchTail(
  { on, bucket }: FindSources,
  range: { after: number; head: number },
  hash: Hash,
): Promise<Candidates> {
  const wanted = Buffer.alloc(4);
  wanted.writeInt32BE(hash.high | 0);
  const [column, width] = hash.kind === 'key' ? ['key_hashes', 8] : ['subject_hashes', 4];
  const { rows } = await on.query<{ first_position: bigint; hashes: Buffer }>({
    text: `select first_position, ${column} as hashes from log_batches
            where bucket = $1 and last_position > $2 and position($3::bytea in ${column}) > 0
            order by last_position limit $4`,
    values: [bucket, range.after, wanted, CANDIDATES_MAX],
  });
  const positions: number[] = [];
  for (const { first_position, hashes } of rows)
    for (let at = 0; at < hashes.length; at += width) {
      const position = Number(first_position) + at / width;
      if (position > range.after && hashes.readInt32BE(at) === (hash.high | 0))
        positions.push(position);
    }
  return { positions, complete: rows.length < CANDIDATES_MAX };
}
