import type { Queryable } from '../../platform/postgres/database.ts';

/** First key of our advisory locks: no other program uses the pair (this number, a bucket). */
const LOCK_SPACE = 0x636f6d70;

/**
 * The bucket's maintenance lock until the end of the transaction; false when another process holds it. Sealing,
 * compaction and retention take it; appends never do.
 */
export async function tryBucketLock(tx: Queryable, bucket: number): Promise<boolean> {
  const { rows } = await tx.query<{ locked: boolean }>({
    text: 'select pg_try_advisory_xact_lock($1, $2) as locked',
    values: [LOCK_SPACE, bucket],
  });
  return rows[0]?.locked ?? false;
}
