/** Statuses of providers in the outbox: which of them are new, and what they settle. */
import type { Database, Queryable } from '../../platform/postgres/database.ts';
import { changeMessages } from './lock-order.ts';
import type { Channel, MessagePlace } from './outbox-row.ts';

/** Bits of the column `receipts`. */
export const RECEIPT_BITS = { sent: 1, delivered: 2, read: 4, failed: 8 } as const;
export type ReceiptStatus = keyof typeof RECEIPT_BITS;

export interface OutboxEntry {
  readonly messageId: string;
  readonly channel: Channel;
  readonly senderId: string;
  readonly campaignId: string | null;
  readonly person: string | null;
  readonly recipient: string;
  readonly state: string;
  readonly attempt: number;
  readonly receipts: number;
}

interface EntryRow {
  readonly message_id: string;
  readonly channel: Channel;
  readonly sender_id: string;
  readonly campaign_id: string | null;
  readonly person: string | null;
  readonly recipient: string;
  readonly state: string;
  readonly attempt: number;
  readonly receipts: number;
}

/** Those that there are. Index: the primary key; 200 take about 1 ms. */
export async function readEntries(
  database: Queryable,
  { bucket, tenant }: MessagePlace,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, OutboxEntry>> {
  const { rows } = await database.query<EntryRow>({
    text: `select held.* from unnest($3::text[]) as given (message_id)
             cross join lateral (select message_id, channel, sender_id, campaign_id, person, recipient, state, attempt, receipts
                                   from messaging_outbox
                                  where bucket = $1 and tenant = $2 and message_id = given.message_id limit 1) held`,
    values: [bucket, tenant, messageIds],
  });
  return new Map(
    rows.map(({ message_id: messageId, sender_id: senderId, campaign_id: campaignId, ...rest }) => [
      messageId,
      { messageId, senderId, campaignId, ...rest },
    ]),
  );
}

export interface ReceiptUpdate {
  readonly messageId: string;
  /** Bits to add. */
  readonly receipts: number;
}

/**
 * Adds bits; what was unknown is accepted by that. A message whose request is still under way stays so: whoever sent it
 * records the outcome.
 */
export async function addReceipts(
  database: Database,
  place: MessagePlace,
  updates: readonly ReceiptUpdate[],
): Promise<void> {
  await changeMessages(database, { place, items: updates }, (tx, given) =>
    // Row by row and by place, as in transitions.ts.
    tx.query({
      text: `update messaging_outbox message
                set receipts = message.receipts | held.receipts,
                    state = case when message.state in ('unknown', 'restored') then 'accepted' else message.state end,
                    changed_at_us = (extract(epoch from clock_timestamp()) * 1000000)::bigint
               from (select added.receipts, found.tuple
                       from unnest($3::text[], $4::smallint[]) as added (message_id, receipts)
                      cross join lateral (select ctid as tuple from messaging_outbox
                                           where bucket = $1 and tenant = $2 and message_id = added.message_id
                                           limit 1) found) held
              where message.ctid = held.tuple`,
      values: [
        place.bucket,
        place.tenant,
        given.map(({ messageId }) => messageId),
        given.map(({ receipts }) => receipts),
      ],
    }),
  );
}
