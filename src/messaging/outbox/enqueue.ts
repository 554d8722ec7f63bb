/** Puts messages into the outbox, with the checkpoint that has passed their events: once, whatever is repeated. */
import type { Queryable } from '../../platform/postgres/database.ts';
import type { Channel, MessagePlace } from './outbox-row.ts';

export interface NewMessage extends MessagePlace {
  readonly messageId: string;
  readonly senderId: string;
  readonly channel: Channel;
  readonly campaignId: string | null;
  /** Of a campaign's template, for this recipient. */
  readonly language: string | null;
  readonly person: string | null;
  readonly recipient: string;
  readonly priority: number;
  /** Microseconds since the epoch. */
  readonly dueAtUs: number;
  /** Waits until its campaign goes on. */
  readonly paused: boolean;
  /** Asked for before the database was restored: see restored-copy.ts. */
  readonly restored?: boolean;
}

/** 1,000 rows take 12 ms. A message that is there already stays as it is. Index: the primary key. */
export async function enqueueMessages(
  tx: Queryable,
  messages: readonly NewMessage[],
  nowUs: number,
): Promise<void> {
  if (messages.length === 0) return;
  await tx.query({
    text: `insert into messaging_outbox (bucket, tenant, message_id, sender_id, channel, campaign_id, language, person,
                                         recipient, state, priority, due_at_us, changed_at_us)
           select bucket, tenant, message_id, sender_id, channel, campaign_id, language, person, recipient,
                  case when restored then 'restored' when paused then 'paused' when due_at_us <= $13::bigint then 'queued' else 'waiting' end,
                  priority, due_at_us, $13::bigint
             from unnest($1::integer[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                         $8::text[], $9::text[], $10::smallint[], $11::bigint[], $12::boolean[], $14::boolean[])
               as new (bucket, tenant, message_id, sender_id, channel, campaign_id, language, person, recipient, priority,
                       due_at_us, paused, restored)
           on conflict (bucket, tenant, message_id) do nothing`,
    values: [
      messages.map(({ bucket }) => bucket),
      messages.map(({ tenant }) => tenant),
      messages.map(({ messageId }) => messageId),
      messages.map(({ senderId }) => senderId),
      messages.map(({ channel }) => channel),
      messages.map(({ campaignId }) => campaignId),
      messages.map(({ language }) => language),
      messages.map(({ person }) => person),
      messages.map(({ recipient }) => recipient),
      messages.map(({ priority }) => priority),
      messages.map(({ dueAtUs }) => dueAtUs),
      messages.map(({ paused }) => paused),
      nowUs,
      messages.map(({ restored }) => restored === true),
    ],
  });
}
