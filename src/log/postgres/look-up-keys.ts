import type { Queryable } from '../../platform/postgres/database.ts';
import type { SealedRun } from '../dedupe/sealed-runs.ts';
import { indexHash, matchesIn } from '../dedupe/run-format.ts';

export interface KeyLookUp {
  readonly high: number;
  readonly low: number;
  readonly run: SealedRun;
}

/** Between the hash as its column orders it and as it is in a block. */
const SIGN = -(1n << 63n);

interface Row {
  readonly ordinal: bigint;
  readonly entries: Buffer;
}

/**
 * Positions of the entries with exactly these hashes, per look-up in the order asked. One descent of the primary key
 * of log_run_blocks each (2 kB read), all in one round trip. A block that lacks the bytes of the hash, as nearly all that a
 * filter let through in error do, stays in PostgreSQL: sent and read as text it would cost three times the descent.
 */
export async function lookUpKeys(
  on: Queryable,
  bucket: number,
  lookUps: readonly KeyLookUp[],
): Promise<number[][]> {
  const positions: number[][] = lookUps.map(() => []);
  const { rows } = await on.query<Row>({
    text: `select q.ordinal, b.entries
             from unnest($2::bigint[], $3::bigint[]) with ordinality as q(run, hash, ordinal)
             cross join lateral (
               select k.entries from log_run_blocks k
                where k.bucket = $1 and k.kind = 'key' and k.last_position = q.run and k.first_hash <= q.hash
                order by k.first_hash desc, k.first_offset desc limit 1) b
            where position(int8send(q.hash # $4) in b.entries) > 0`,
    values: [
      bucket,
      lookUps.map(({ run }) => run.lastPosition),
      lookUps.map(({ high, low }) => indexHash('key', high, low)),
      SIGN,
    ],
  });
  for (const row of rows) {
    const index = Number(row.ordinal) - 1;
    const lookUp = lookUps[index];
    if (!lookUp) continue;
    positions[index] = matchesIn(row.entries, 'key', lookUp).map(
      (offset) => lookUp.run.firstPosition + offset,
    );
  }
  return positions;
}
