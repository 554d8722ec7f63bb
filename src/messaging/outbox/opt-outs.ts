/** Who asked to be left alone, by sender: known to the next claim, before any list shows it. */
import type { Queryable } from '../../platform/postgres/database.ts';
import type { MessagePlace, SenderPlace } from './outbox-row.ts';

export async function addOptOut(
  database: Queryable,
  { bucket, tenant, senderId, recipient }: SenderPlace & { readonly recipient: string },
): Promise<void> {
  await database.query({
    text: `insert into messaging_opt_outs (bucket, tenant, sender_id, recipient, opted_out_at_us)
           values ($1, $2, $3, $4, (extract(epoch from clock_timestamp()) * 1000000)::bigint)
           on conflict (bucket, tenant, sender_id, recipient) do nothing`,
    values: [bucket, tenant, senderId, recipient],
  });
}

/** By the id of the conversation, which is made of sender and recipient. */
export async function removeOptOut(
  tx: Queryable,
  { bucket, tenant, conversationId }: MessagePlace & { readonly conversationId: string },
): Promise<void> {
  const [, senderId, recipient] = /^(.+)\.([^.]+)$/.exec(conversationId) ?? [];
  await tx.query({
    text: `delete from messaging_opt_outs
            where bucket = $1 and tenant = $2 and sender_id = $3 and recipient = $4`,
    values: [bucket, tenant, senderId ?? '', recipient ?? ''],
  });
}
