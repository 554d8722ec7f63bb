/**
 * After an older copy of the database was restored, the outbox shows as waiting what has left since the copy was made. Nobody
 * can tell which it was, so nothing of it leaves by itself: rows become `restored`, recovery tells their streams that the
 * outcome is unknown, and a status of the provider or a person decides. What was asked for before the copy and reaches the
 * outbox only now is held in the same way.
 */
import type { Database, Queryable } from '../../platform/postgres/database.ts';

/** A hundred thousand rows take some seconds. */
const HOLD_TIMEOUT_MS = 120_000;

/**
 * To be called before anything reads the log or claims: holds what waits where the log has another incarnation than when
 * messages were sent last. `recordedAtUs`: when the newest event of the log was recorded, if the clock went back; asked
 * only then. The number of messages held. Locks: the row of messaging_copy, so that of several processes one does it. Scans the outbox.
 */
export async function holdRestored(
  database: Database,
  log: { readonly incarnation: string; readonly recordedAtUs: () => Promise<number> },
): Promise<number> {
  return database.transaction(async (tx) => {
    await tx.query({
      text: 'insert into messaging_copy (incarnation) values ($1) on conflict (one) do nothing',
      values: [log.incarnation],
    });
    const { rows } = await tx.query<{ incarnation: string }>({
      text: 'select incarnation from messaging_copy for update',
    });
    if (rows[0]?.incarnation === log.incarnation) return 0;
    const { rowCount } = await tx.query({
      text: `update messaging_outbox set state = 'restored', claimed_by = null
              where state in ('waiting', 'queued', 'paused', 'claimed', 'sending')`,
      timeoutMs: HOLD_TIMEOUT_MS,
    });
    await tx.query({
      text: `update messaging_copy
                set incarnation = $1,
                    held_before_us = greatest($2::bigint, (extract(epoch from clock_timestamp()) * 1000000)::bigint)`,
      values: [log.incarnation, await log.recordedAtUs()],
    });
    return rowCount;
  });
}

/** What was asked for up to this moment is held; 0 where nothing was ever restored. Microseconds since the epoch. */
export async function readHeldBefore(database: Queryable): Promise<number> {
  const { rows } = await database.query<{ held_before_us: number }>({
    text: 'select held_before_us::double precision as held_before_us from messaging_copy',
  });
  return rows[0]?.held_before_us ?? 0;
}
