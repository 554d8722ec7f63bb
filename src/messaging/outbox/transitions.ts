/**
 * What happens to claimed messages. Every statement takes many messages of one tenant and changes only those that are
 * still in the state it begins from, so whoever comes late changes nothing.
 */
import type { Database, Queryable } from '../../platform/postgres/database.ts';
import { CLAIM_LOST_MS, INTENT_LOST_MS, PAIR_EVERY_US, SWEEP_ROWS_MAX } from '../limits.ts';
import { changeMessages, inLockOrder } from './lock-order.ts';
import type { MessagePlace } from './outbox-row.ts';

const NOW_US = '(extract(epoch from clock_timestamp()) * 1000000)::bigint';

/**
 * The row of `given.message_id` in a state that ends here, which is locked: its place stands still. Row by row, because joins
 * by key became loops over the whole outbox while there were no statistics.
 */
const UNSETTLED = `(select ctid as tuple from messaging_outbox
                  where bucket = $1 and tenant = $2 and message_id = given.message_id
                    and state in ('claimed', 'sending', 'restored')
                  limit 1) held`;

/**
 * The rows of `$3` that `$4` holds in a state, locked in its order. One that somebody changes at that moment is left out, as if it
 * were held no more: it does not leave, or comes back when its claim has expired.
 */
function heldIn(state: 'claimed' | 'sending'): string {
  return `(select found.tuple from unnest($3::text[]) as given (message_id)
            cross join lateral (select ctid as tuple from messaging_outbox
                                 where bucket = $1 and tenant = $2 and message_id = given.message_id
                                   and state = '${state}' and claimed_by = $4::uuid
                                 limit 1 for update) found) held`;
}

/**
 * claimed -> sending: written and committed before a request leaves. Those given back may be sent; the others are
 * somebody else's by now.
 */
export async function recordIntents(
  database: Queryable,
  { bucket, tenant, owner }: MessagePlace & { readonly owner: string },
  messageIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await database.query<{ message_id: string }>({
    text: `update messaging_outbox message
              set state = 'sending', attempt = attempt + 1, changed_at_us = ${NOW_US},
                  due_at_us = ${NOW_US} + $5::bigint
             from ${heldIn('claimed')}
            where message.ctid = held.tuple
            returning message.message_id`,
    values: [bucket, tenant, sorted(messageIds), owner, INTENT_LOST_MS * 1000],
  });
  return new Set(rows.map((row) => row.message_id));
}

function sorted(messageIds: readonly string[]): readonly string[] {
  return inLockOrder(messageIds, (id) => id);
}

export interface Outcome {
  readonly messageId: string;
  readonly state: 'accepted' | 'waiting' | 'unknown' | 'ended';
  readonly providerId: string | null;
  /** Of `waiting`: in microseconds since the epoch. */
  readonly dueAtUs: number;
}

/** claimed, sending or restored -> what came of it. */
export async function recordOutcomes(
  database: Database,
  place: MessagePlace,
  outcomes: readonly Outcome[],
): Promise<void> {
  await changeMessages(database, { place, items: outcomes }, (tx, given) =>
    tx.query({
      text: `update messaging_outbox message
                set state = outcome.state, provider_id = coalesce(outcome.provider_id, message.provider_id),
                    due_at_us = outcome.due_at_us, changed_at_us = ${NOW_US}
               from (select given.*, held.tuple
                       from unnest($3::text[], $4::text[], $5::text[], $6::bigint[])
                              as given (message_id, state, provider_id, due_at_us)
                      cross join lateral ${UNSETTLED}) outcome
              where message.ctid = outcome.tuple`,
      values: [
        place.bucket,
        place.tenant,
        given.map(({ messageId }) => messageId),
        given.map(({ state }) => state),
        given.map(({ providerId }) => providerId),
        given.map(({ dueAtUs }) => Math.round(dueAtUs)),
      ],
    }),
  );
}

/** claimed -> queued: nothing was sent. Its moment has passed or its process stops. */
export async function giveBack(
  database: Queryable,
  place: MessagePlace & { readonly owner: string },
  messageIds: readonly string[],
): Promise<void> {
  await queueAgain(database, place, { from: 'claimed', messageIds });
}

/** sending -> queued: the intent was written, and the same process knows that the request never left. */
export async function withdrawIntents(
  database: Queryable,
  place: MessagePlace & { readonly owner: string },
  messageIds: readonly string[],
): Promise<void> {
  await queueAgain(database, place, { from: 'sending', messageIds });
}

/** The pair gets back what the claim took: its recipient got nothing. */
async function queueAgain(
  database: Queryable,
  { bucket, tenant, owner }: MessagePlace & { readonly owner: string },
  of: { readonly from: 'claimed' | 'sending'; readonly messageIds: readonly string[] },
): Promise<void> {
  if (of.messageIds.length === 0) return;
  await database.query({
    text: `with back as (
             update messaging_outbox message
                set state = 'queued', claimed_by = null,
                    attempt = attempt - ${of.from === 'sending' ? 1 : 0}
               from ${heldIn(of.from)}
              where message.ctid = held.tuple
              returning message.sender_id, message.recipient
           )
           update messaging_pairs pair set arrival_us = pair.arrival_us - given.count * $5::bigint
             from (select sender_id, recipient, count(*) as count from back
                    group by sender_id, recipient
                    order by sender_id collate "C", recipient collate "C") given
            cross join lateral (select ctid as tuple from messaging_pairs
                                 where bucket = $1 and tenant = $2 and sender_id = given.sender_id
                                   and recipient = given.recipient
                                 limit 1 for update) found
            where pair.ctid = found.tuple`,
    values: [bucket, tenant, sorted(of.messageIds), owner, PAIR_EVERY_US],
  });
}

/** waiting -> queued for what is due, and claimed -> queued for claims whose process is gone. Crosses buckets. */
export async function queueWhatIsDue(database: Queryable): Promise<number> {
  const { rowCount } = await database.query({
    text: `with due as (
             select bucket, tenant, message_id from messaging_outbox
              where state = 'waiting' and due_at_us <= ${NOW_US}
              order by due_at_us limit $1 for update skip locked
           ), left_behind as (
             select bucket, tenant, message_id from messaging_outbox
              where state in ('claimed', 'sending') and state = 'claimed' and due_at_us < ${NOW_US} - $2::bigint
              order by due_at_us limit $1 for update skip locked
           )
           update messaging_outbox message set state = 'queued', claimed_by = null
             from (select * from due union all select * from left_behind) again
            where message.bucket = again.bucket and message.tenant = again.tenant
              and message.message_id = again.message_id`,
    values: [SWEEP_ROWS_MAX, CLAIM_LOST_MS * 1000],
  });
  return rowCount;
}

export interface LostIntent extends MessagePlace {
  readonly messageId: string;
  readonly attempt: number;
}

/** What was held after a restore and whose streams were not told yet. Crosses buckets. */
export async function restoredMessages(database: Queryable): Promise<readonly LostIntent[]> {
  const { rows } = await database.query<LostRow>({
    text: `select bucket, tenant, message_id, attempt from messaging_outbox
            where state = 'restored' order by due_at_us limit $1`,
    values: [SWEEP_ROWS_MAX],
  });
  return rows.map(({ message_id: messageId, ...rest }) => ({ ...rest, messageId }));
}

interface LostRow extends MessagePlace {
  readonly message_id: string;
  readonly attempt: number;
}

/** Messages whose intent is old and whose outcome nobody recorded. They stay `sending`: the log is asked first. */
export async function lostIntents(database: Queryable): Promise<readonly LostIntent[]> {
  const { rows } = await database.query<LostRow>({
    text: `select bucket, tenant, message_id, attempt from messaging_outbox
            where state in ('claimed', 'sending') and state = 'sending' and due_at_us < ${NOW_US}
            order by due_at_us limit $1`,
    values: [SWEEP_ROWS_MAX],
  });
  return rows.map(({ message_id: messageId, ...rest }) => ({ ...rest, messageId }));
}

/** A campaign stands still or goes on. Scans the tenant's part of the outbox: rare. */
export async function pauseCampaign(
  tx: Queryable,
  { bucket, tenant, campaignId }: MessagePlace & { readonly campaignId: string },
  to: 'paused' | 'queued',
): Promise<void> {
  const from = to === 'queued' ? ['paused', 'waiting'] : ['queued', 'waiting'];
  await tx.query({
    text: `update messaging_outbox set state = $4, changed_at_us = ${NOW_US}
            where bucket = $1 and tenant = $2 and campaign_id = $3 and state = any($5)`,
    values: [bucket, tenant, campaignId, to, from],
  });
  await tx.query({
    text:
      to === 'paused'
        ? `insert into messaging_paused_campaigns (bucket, tenant, campaign_id) values ($1, $2, $3)
           on conflict (bucket, tenant, campaign_id) do nothing`
        : `delete from messaging_paused_campaigns where bucket = $1 and tenant = $2 and campaign_id = $3`,
    values: [bucket, tenant, campaignId],
  });
}

export async function isCampaignPaused(
  tx: Queryable,
  { bucket, tenant, campaignId }: MessagePlace & { readonly campaignId: string },
): Promise<boolean> {
  const { rowCount } = await tx.query({
    text: `select from messaging_paused_campaigns where bucket = $1 and tenant = $2 and campaign_id = $3`,
    values: [bucket, tenant, campaignId],
  });
  return rowCount > 0;
}

/** A person's decision about one message: sent once more, or given up. */
export async function settleByPerson(
  tx: Queryable,
  { bucket, tenant, messageId }: MessagePlace & { readonly messageId: string },
  to: 'queued' | 'restored' | 'ended',
): Promise<void> {
  const from =
    to === 'ended' ? ['unknown', 'waiting', 'queued', 'paused', 'restored'] : ['unknown', 'ended'];
  await tx.query({
    text: `update messaging_outbox set state = $4, due_at_us = ${NOW_US}, changed_at_us = ${NOW_US}
            where bucket = $1 and tenant = $2 and message_id = $3 and state = any($5)`,
    values: [bucket, tenant, messageId, to, from],
  });
}

/**
 * What waits for minutes only is judged again now: it may have waited for what has just happened, such as the review of a
 * template. What waits for the end of quiet hours stays.
 */
export async function hurryUp(tx: Queryable, { bucket, tenant }: MessagePlace): Promise<void> {
  await tx.query({
    text: `update messaging_outbox set due_at_us = ${NOW_US}
            where bucket = $1 and tenant = $2 and state = 'waiting' and due_at_us < ${NOW_US} + $3::bigint`,
    values: [bucket, tenant, SOON_US],
  });
}

/** Longer than a message waits before its template is looked at again. */
const SOON_US = 600_000_000;
