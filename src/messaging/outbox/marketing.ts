/** When marketing went to whom: what frequency caps count. Kept only for senders that have caps. */
import type { Database, Queryable } from '../../platform/postgres/database.ts';
import { inLockOrder } from './lock-order.ts';
import type { SenderPlace } from './outbox-row.ts';

export interface MarketingMark {
  /** Keyed hash of the address. */
  readonly recipient: string;
  readonly messageId: string;
}

/**
 * Marketing to each recipient in the last hours, RFC 3339, newest first; then marks the messages themselves, which never
 * count against themselves. Two of one call count for each other: the first in order goes, the second sees it.
 * Locks: pairs, in order of recipient. The claim made their rows.
 */
export async function readMarketing(
  database: Database,
  place: SenderPlace,
  of: { readonly marks: readonly MarketingMark[]; readonly hours: number; readonly nowMs: number },
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (of.marks.length === 0) return new Map();
  const since = of.nowMs - of.hours * 3_600_000;
  const byRecipient = Map.groupBy(of.marks, ({ recipient }) => recipient);
  const firsts = inLockOrder(
    [...byRecipient.values()].flatMap((marks) => marks.slice(0, 1)),
    ({ recipient }) => recipient,
  );
  const { rows } = await database.transaction(async (tx) => {
    await lockPairs(tx, place, firsts);
    return tx.query<PairRow>({
      text: `with given as (
             select * from unnest($4::text[], $5::text[]) as mark (recipient, message_id)
           ), held as (
             select given.message_id, pair.recipient, pair.marketing, pair.tuple from given
              cross join lateral (select ctid as tuple, recipient, marketing from messaging_pairs
                                   where bucket = $1 and tenant = $2 and sender_id = $3
                                     and recipient = given.recipient
                                   limit 1) pair
           ), fresh as (
             select tuple, coalesce(jsonb_object_agg(entry.key, entry.value)
                                      filter (where entry.value::text::bigint > $6::bigint), '{}') as marketing
               from held left join lateral jsonb_each(held.marketing) entry on true
              group by tuple
           ), marked as (
             update messaging_pairs pair
                set marketing = jsonb_build_object(held.message_id, $7::bigint) || fresh.marketing
               from held join fresh on fresh.tuple = held.tuple
              where pair.ctid = held.tuple
           )
           select recipient, marketing, message_id from held`,
      values: [
        place.bucket,
        place.tenant,
        place.senderId,
        firsts.map(({ recipient }) => recipient),
        firsts.map(({ messageId }) => messageId),
        since,
        of.nowMs,
      ],
    });
  });
  return new Map(
    rows.map(({ recipient, marketing, message_id: own }) => {
      const others = Object.entries(marketing).filter(([id, at]) => id !== own && at > since);
      const times = others.map(([, at]) => at).toSorted((one, other) => other - one);
      return [recipient, times.map((at) => new Date(at).toISOString())];
    }),
  );
}

interface PairRow {
  readonly recipient: string;
  readonly marketing: Readonly<Record<string, number>>;
  readonly message_id: string;
}

/** As `changeMessages` does: a claim may be changing the same rows. */
async function lockPairs(
  tx: Queryable,
  { bucket, tenant, senderId }: SenderPlace,
  marks: readonly MarketingMark[],
): Promise<void> {
  await tx.query({
    text: `select from unnest($4::text[]) as mark (recipient)
            cross join lateral (select from messaging_pairs
                                 where bucket = $1 and tenant = $2 and sender_id = $3
                                   and recipient = mark.recipient
                                 limit 1 for update) pair`,
    values: [bucket, tenant, senderId, marks.map(({ recipient }) => recipient)],
  });
}
