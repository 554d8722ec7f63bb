/** Forgets what was settled long ago, and what was kept of erased persons. */
import type { Person } from '../../core/personal-data.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import { DAY_US, OUTBOX_KEPT_MS, SWEEP_ROWS_MAX } from '../limits.ts';

/** Pairs are kept for as long as a frequency cap may reach: a year. */
const PAIRS_KEPT_US = 367 * DAY_US;

/** Scans the tables: every few minutes, SWEEP_ROWS_MAX rows at once. Crosses buckets. */
export async function removeOldRows(database: Queryable): Promise<void> {
  await database.query({
    text: `delete from messaging_outbox where ctid = any(array(
             select ctid from messaging_outbox
              where state in ('accepted', 'ended')
                and changed_at_us < (extract(epoch from clock_timestamp()) * 1000000)::bigint - $1::bigint
              limit $2))`,
    values: [OUTBOX_KEPT_MS * 1000, SWEEP_ROWS_MAX],
  });
  await database.query({
    text: `delete from messaging_campaign_recipients where ctid = any(array(
             select ctid from messaging_campaign_recipients
              where marked_at_us < (extract(epoch from clock_timestamp()) * 1000000)::bigint - $1::bigint
              limit $2))`,
    values: [OUTBOX_KEPT_MS * 1000, SWEEP_ROWS_MAX],
  });
  await database.query({
    text: `delete from messaging_pairs where ctid = any(array(
             select ctid from messaging_pairs
              where last_claim_us < (extract(epoch from clock_timestamp()) * 1000000)::bigint - $1::bigint
              limit $2))`,
    values: [PAIRS_KEPT_US, SWEEP_ROWS_MAX],
  });
}

/** Nothing is sent to whoever was erased; the hash of an address says nothing without the secret and stays. */
export async function forgetPerson(
  database: Queryable,
  { tenant, personId, bucket }: Person & { readonly bucket: number },
): Promise<void> {
  await database.query({
    text: 'delete from messaging_outbox where bucket = $1 and tenant = $2 and person = $3',
    values: [bucket, tenant, personId],
  });
}
