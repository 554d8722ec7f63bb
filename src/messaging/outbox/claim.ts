/**
 * Claims messages and the budget for them in one statement.
 *
 * The row of the sender is locked first, and a claim that finds it locked takes nothing; it holds the next free moment. The
 * grant is the moments of the slice that are still free, each one `1 / (paced budget)` after the one before. A moment that
 * has passed is gone: nothing is saved up, and after a stall nothing is caught up. Moments are granted for `spare` messages
 * that the process holds already, and for as many others as it takes. Of the messages due, highest priority first, those
 * are taken whose pair with the recipient allows it (generic cell rate algorithm, ATM Forum TM 4.0: one in PAIR_EVERY_US,
 * PAIR_BURST at once, counted as if each left HELD_MS_MAX after its claim); the others wait until it does. Rows that
 * another transaction holds are skipped.
 * The lock gives the newest row of the sender, but pairs are read as of the beginning of the statement: where a claim came
 * in between, the counter `claims` differs in the two and nothing is granted.
 *
 * Tried before: counting sends of the last second (reads what others are about to write), and a token bucket (saves up a
 * burst, which with a slice of traffic before and after passes the budget in some second).
 */
import type { Queryable } from '../../platform/postgres/database.ts';
import {
  CLAIM_AHEAD_MS,
  CLAIM_LEAD_MS,
  DAY_US,
  GRANT_MAX,
  HELD_MS_MAX,
  PACE_SHARE,
  PAIR_BURST,
  PAIR_EVERY_US,
  SLICE_MS,
  SLOW_RECOVERY_MS,
} from '../limits.ts';
import type { Channel, ClaimedMessage, SenderPlace } from './outbox-row.ts';

export interface Claim {
  readonly messages: readonly ClaimedMessage[];
  /** One for each of the messages and of the spare ones, ascending, in microseconds. */
  readonly momentsUs: readonly number[];
  /** The clock the moments are meant by, when the statement ran. */
  readonly nowUs: number;
  /** The next free moment; nothing can be claimed for a moment before it. */
  readonly nextAtUs: number;
  /** Moments that there was something for; false where more could have left. */
  readonly filled: boolean;
  /** Nothing was due, as far as the statement looked. */
  readonly drained: boolean;
}

interface ClaimRow {
  readonly now_us: number;
  readonly start_us: number | null;
  readonly every_us: number | null;
  readonly moments: number;
  readonly places: number;
  readonly next_at_us: number;
  readonly seen: number;
  readonly message_id: string | null;
  readonly channel: Channel;
  readonly campaign_id: string | null;
  readonly language: string | null;
  readonly person: string | null;
  readonly recipient: string;
  readonly attempt: number;
  readonly moment_us: number;
  readonly opted_out: boolean;
}

/**
 * Locks: the sender's row, then the messages (skip locked), then pairs in order of recipient. Indexes:
 * messaging_outbox_queued and primary keys. Locked rows are found again by their place (ctid), and pairs row by row: without
 * statistics, as in the first minute of a campaign, joins by key became loops over the whole outbox (27 ms for 35 of 2,000
 * messages instead of 2 ms).
 */
const CLAIM = `
with clock as (
  select coalesce($4::bigint, (extract(epoch from clock_timestamp()) * 1000000)::bigint) as now_us
), sender as (
  select * from messaging_senders
   where bucket = $1 and tenant = $2 and sender_id = $3
     for update skip locked
), pace as (
  -- The interval between two messages, after whatever the provider asked for.
  select greatest(next_at_us, now_us + $5::bigint) as start_us, now_us + $6::bigint as end_us, now_us,
         daily_max, recipients_today,
         1000000 / (budget * $7::double precision
           * least(1, slow_factor + (now_us - slowed_at_us) / $8::double precision)) as every_us
    from sender, clock
   where blocked_until_us <= now_us
     and claims = (select seen.claims from messaging_senders seen
                    where seen.bucket = $1 and seen.tenant = $2 and seen.sender_id = $3)
), room as (
  select *, greatest(0, places - $14::integer) as fresh
    from (select *, least($9::integer, greatest(0, ceil((end_us - start_us) / every_us)))::integer as places from pace) paced
), candidates as (
  select ctid as tuple, message_id, channel, campaign_id, language, person, recipient, attempt, priority, due_at_us
    from messaging_outbox
   where bucket = $1 and tenant = $2 and sender_id = $3 and state = 'queued'
   order by priority desc, due_at_us, message_id
   limit (select fresh from room)
     for update skip locked
), paired as (
  select candidates.*, pair.last_claim_us,
         greatest(coalesce(pair.arrival_us, 0), now_us) as arrival_us,
         row_number() over (partition by candidates.recipient
                            order by priority desc, due_at_us, message_id) as nth
    from candidates cross join room
    left join lateral (
      select held.arrival_us, held.last_claim_us from messaging_pairs held
       where held.bucket = $1 and held.tenant = $2 and held.sender_id = $3 and held.recipient = candidates.recipient
       limit 1
    ) pair on true
), judged as (
  select paired.*, arrival_us + (nth - 1) * $10::bigint - ($11::bigint - 1) * $10::bigint <= now_us as pair_free,
         -- Somebody new today takes a place of the day; the others have theirs.
         daily_max is null or last_claim_us > now_us - $12
           or recipients_today
              + sum(case when nth = 1 and coalesce(last_claim_us, 0) <= now_us - $12::bigint then 1 else 0 end)
                  over (order by priority desc, due_at_us, message_id) <= daily_max as day_free
    from paired cross join room
), taken as (
  select judged.*, row_number() over (order by priority desc, due_at_us, message_id) as place
    from judged where pair_free and day_free
), late as (
  update messaging_outbox later
     set state = 'waiting', changed_at_us = now_us,
         due_at_us = case when not pair_free then greatest(arrival_us, now_us + $15::bigint) + (nth - 1) * $10::bigint - ($11::bigint - 1) * $10::bigint
                          else now_us + 600000000 end
    from judged, clock
   where not (pair_free and day_free)
     and later.ctid = judged.tuple
), pairs as (
  insert into messaging_pairs as pair (bucket, tenant, sender_id, recipient, arrival_us, last_claim_us)
  select $1, $2, $3, recipient, greatest(max(arrival_us), min(now_us) + $15::bigint) + count(*) * $10::bigint, min(now_us)
    from taken, clock
   group by recipient order by recipient collate "C"
  on conflict (bucket, tenant, sender_id, recipient)
  do update set arrival_us = excluded.arrival_us, last_claim_us = excluded.last_claim_us
), claimed as (
  update messaging_outbox message
     set state = 'claimed', claimed_by = $13::uuid, changed_at_us = now_us,
         due_at_us = start_us + round((least($14::integer, places) + place - 1) * every_us)
    from taken, room
   where message.ctid = taken.tuple
  returning message.message_id, message.channel, message.campaign_id, message.language, message.person, message.recipient,
            message.attempt, message.due_at_us as moment_us
), granted as (
  select least($14::integer, places)::integer + (select count(*) from taken)::integer as moments from room
), moved as (
  update messaging_senders moving
     set next_at_us = start_us + round(moments * every_us),
         claims = moving.claims + 1,
         recipients_today = moving.recipients_today
           + (select count(*) from taken where nth = 1 and coalesce(last_claim_us, 0) <= now_us - $12::bigint)
    from room, granted
   where moving.bucket = $1 and moving.tenant = $2 and moving.sender_id = $3
     and (moments > 0 or exists (select from candidates))
  returning moving.next_at_us
)
select clock.now_us::double precision as now_us,
       (select start_us from room)::double precision as start_us, (select every_us from room)::double precision as every_us,
       coalesce((select moments from granted), 0) as moments,
       coalesce((select places from room), 0) as places,
       coalesce((select next_at_us from moved), (select next_at_us from sender), 0)::double precision as next_at_us,
       (select count(*) from candidates)::integer as seen,
       claimed.message_id, claimed.channel, claimed.campaign_id, claimed.language, claimed.person, claimed.recipient,
       claimed.attempt, claimed.moment_us::double precision as moment_us,
       exists (select from messaging_opt_outs gone
                where gone.bucket = $1 and gone.tenant = $2 and gone.sender_id = $3
                  and gone.recipient = claimed.recipient) as opted_out
  from clock left join claimed on true
 order by claimed.moment_us`;

/** `spare`: messages that the process holds and has no moment for. `nowUs`: instead of the database's clock, for tests. */
export async function claimMessages(
  database: Queryable,
  { bucket, tenant, senderId }: SenderPlace,
  options: { readonly owner: string; readonly spare?: number; readonly nowUs?: number },
): Promise<Claim> {
  const { rows } = await database.query<ClaimRow>({
    text: CLAIM,
    values: [
      bucket,
      tenant,
      senderId,
      options.nowUs ?? null,
      CLAIM_LEAD_MS * 1000,
      (CLAIM_AHEAD_MS + SLICE_MS) * 1000,
      PACE_SHARE,
      SLOW_RECOVERY_MS * 1000,
      GRANT_MAX,
      PAIR_EVERY_US,
      PAIR_BURST,
      DAY_US,
      options.owner,
      options.spare ?? 0,
      HELD_MS_MAX * 1000,
    ],
  });
  const first = rows[0];
  const { start_us: startUs = null, every_us: everyUs = null, moments = 0 } = first ?? {};
  return {
    momentsUs:
      startUs === null || everyUs === null
        ? []
        : Array.from({ length: moments }, (_, index) => Math.round(startUs + index * everyUs)),
    messages: rows.flatMap(claimedOf),
    nowUs: first?.now_us ?? 0,
    nextAtUs: first?.next_at_us ?? 0,
    filled: moments > 0 && moments >= (first?.places ?? 0),
    drained: first?.seen === 0 && moments === 0,
  };
}

function claimedOf(row: ClaimRow): readonly ClaimedMessage[] {
  const { message_id: messageId, channel, language, person, recipient, attempt } = row;
  if (messageId === null) return [];
  const { campaign_id: campaignId, moment_us: momentUs, opted_out: optedOut } = row;
  return [
    { messageId, channel, campaignId, language, person, recipient, attempt, momentUs, optedOut },
  ];
}
