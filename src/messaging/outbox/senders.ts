/** Rows of senders: what they may send and what the provider asked for. */
import type { Queryable } from '../../platform/postgres/database.ts';
import { SLOW_FACTOR_MIN, SLOW_RECOVERY_MS } from '../limits.ts';
import type { SenderPlace } from './outbox-row.ts';

export interface SenderBudget extends SenderPlace {
  /** Messages a second. */
  readonly budget: number;
  /** Different recipients in 24 hours; null for no limit. */
  readonly dailyMax: number | null;
}

/** A changed budget counts from the next claim on. */
export async function saveSender(tx: Queryable, sender: SenderBudget): Promise<void> {
  await tx.query({
    text: `insert into messaging_senders as held (bucket, tenant, sender_id, budget, daily_max)
           values ($1, $2, $3, $4, $5)
           on conflict (bucket, tenant, sender_id)
           do update set budget = excluded.budget, daily_max = excluded.daily_max
            where held.budget <> excluded.budget or held.daily_max is distinct from excluded.daily_max`,
    values: [sender.bucket, sender.tenant, sender.senderId, sender.budget, sender.dailyMax],
  });
}

/**
 * Senders with something due, without those of `served`: one look into messaging_outbox_queued for each. Behind a sender that
 * is served that index begins with what was just claimed, which a look would read through: 10 ms at a thousand a second, so
 * these are left out before anything is looked at. Crosses buckets: a row a sender.
 */
export async function busySenders(
  database: Queryable,
  served: readonly SenderPlace[],
): Promise<readonly SenderPlace[]> {
  const { rows } = await database.query<{ bucket: number; tenant: string; sender_id: string }>({
    text: `with sender as materialized (
             select bucket, tenant, sender_id from messaging_senders
              where blocked_until_us <= (extract(epoch from clock_timestamp()) * 1000000)::bigint
                and (bucket, tenant, sender_id) not in (select * from unnest($1::integer[], $2::text[], $3::text[]))
           )
           select bucket, tenant, sender_id from sender
            where exists (select from messaging_outbox message
                           where message.bucket = sender.bucket and message.tenant = sender.tenant
                             and message.sender_id = sender.sender_id and message.state = 'queued')`,
    values: [
      served.map(({ bucket }) => bucket),
      served.map(({ tenant }) => tenant),
      served.map(({ senderId }) => senderId),
    ],
  });
  return rows.map(({ bucket, tenant, sender_id: senderId }) => ({ bucket, tenant, senderId }));
}

/** Halves what is left of the budget, at most once a second: answers to one wave of messages count as one complaint. */
export async function slowSender(database: Queryable, place: SenderPlace): Promise<void> {
  await database.query({
    text: `with clock as (select (extract(epoch from clock_timestamp()) * 1000000)::bigint as now_us)
           update messaging_senders
              set slow_factor = greatest($4, least(1, slow_factor + (now_us - slowed_at_us) / $5::double precision) / 2),
                  slowed_at_us = now_us
             from clock
            where bucket = $1 and tenant = $2 and sender_id = $3 and slowed_at_us < now_us - 1000000`,
    values: [place.bucket, place.tenant, place.senderId, SLOW_FACTOR_MIN, SLOW_RECOVERY_MS * 1000],
  });
}

export async function blockSender(
  database: Queryable,
  place: SenderPlace,
  pauseMs: number,
): Promise<void> {
  await database.query({
    text: `update messaging_senders
              set blocked_until_us = greatest(blocked_until_us,
                    (extract(epoch from clock_timestamp()) * 1000000)::bigint + $4::bigint)
            where bucket = $1 and tenant = $2 and sender_id = $3`,
    values: [place.bucket, place.tenant, place.senderId, Math.round(pauseMs * 1000)],
  });
}

/** Counts the recipients of the last 24 hours anew for senders that have a limit. Crosses buckets. */
export async function countRecipients(database: Queryable, dayUs: number): Promise<void> {
  await database.query({
    text: `update messaging_senders sender
              set recipients_today = (
                    select count(*) from messaging_pairs pair
                     where pair.bucket = sender.bucket and pair.tenant = sender.tenant
                       and pair.sender_id = sender.sender_id
                       and pair.last_claim_us > (extract(epoch from clock_timestamp()) * 1000000)::bigint - $1::bigint)
            where daily_max is not null`,
    values: [dayUs],
  });
}

/** Nothing of the sender goes out until it is opened. */
export async function stopSender(tx: Queryable, place: SenderPlace): Promise<void> {
  await setBlocked(tx, place, NEVER_US);
}

export async function openSender(tx: Queryable, place: SenderPlace): Promise<void> {
  await setBlocked(tx, place, 0);
}

/** Year 2255: JavaScript holds it exactly. */
const NEVER_US = 9_000_000_000_000_000;

async function setBlocked(
  tx: Queryable,
  { bucket, tenant, senderId }: SenderPlace,
  untilUs: number,
): Promise<void> {
  await tx.query({
    text: `update messaging_senders set blocked_until_us = $4
            where bucket = $1 and tenant = $2 and sender_id = $3`,
    values: [bucket, tenant, senderId, untilUs],
  });
}
