import type { Queryable } from '../../platform/postgres/database.ts';
import type { SealedRun } from '../dedupe/sealed-runs.ts';
import { indexHash, matchesIn } from '../dedupe/run-format.ts';

export interface KeyLookUp {
  readonly high: number;
  readonly low: number;
  readonly run: SealedRun;
}

interface Row {
  readonly ordinal: bigint;
  readonly entries: Buffer;
}

/**
 * Positions of the entries with exactly these hashes, per look-up in the order asked. One descent of the primary key
 * of log_run_blocks each (2 kB read), all in one round trip.
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
                order by k.first_hash desc, k.first_offset desc limit 1) b`,
    values: [
      bucket,
      lookUps.map(({ run }) => run.lastPosition),
      lookUps.map(({ high, low }) => indexHash('key', high, low)),
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
