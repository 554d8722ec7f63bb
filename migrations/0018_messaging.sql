-- The outbox of messages, the budgets it is sent by, and what is known of each recipient. Distribution key of every table
-- here: bucket. No text, address or name is kept: recipients are keyed hashes, contents are read from the log at send time.

-- What is sent for a tenant by one sender. The row's lock puts the claims of all processes in order.
create table messaging_senders (
  bucket integer not null,
  tenant text collate "C" not null,
  sender_id text collate "C" not null,
  -- Messages a second as the tenant set it.
  budget integer not null check (budget > 0),
  -- Different recipients in any 24 hours; null for no limit.
  daily_max integer,
  -- The next free moment of the sender, in microseconds since the epoch: one message each (1 / paced budget).
  next_at_us bigint not null default 0,
  -- After the provider asked for less: the part of the budget that is left, which grows back from `slowed_at_us` on.
  slow_factor double precision not null default 1,
  slowed_at_us bigint not null default 0,
  -- Nothing is sent before this moment.
  blocked_until_us bigint not null default 0,
  -- Counted by the sweep, raised by claims: never less than the recipients of the last 24 hours.
  recipients_today integer not null default 0,
  -- Raised by every claim: tells a claim whether it sees what the one before it wrote.
  claims bigint not null default 0,
  primary key (bucket, tenant, sender_id)
);

create table messaging_outbox (
  bucket integer not null,
  tenant text collate "C" not null,
  -- Id of the stream of the message.
  message_id text collate "C" not null,
  sender_id text collate "C" not null,
  channel text not null,
  -- Null for a message of its own.
  campaign_id text collate "C",
  -- Of a campaign's template, for this recipient.
  language text,
  -- Id of the customer or lead; null when only an address is known. The row goes when the person is erased.
  person text collate "C",
  -- Keyed hash of the address.
  recipient text collate "C" not null,
  -- See src/messaging/README.md for the states.
  state text not null check (state in
    ('waiting', 'queued', 'paused', 'claimed', 'sending', 'accepted', 'unknown', 'ended')),
  -- 9 is sent first.
  priority smallint not null,
  -- When it may be sent, in microseconds since the epoch; of a claimed one its moment, of a sending one its deadline.
  due_at_us bigint not null,
  -- Attempts begun.
  attempt smallint not null default 0,
  -- The process that claimed it.
  claimed_by uuid,
  -- What the provider calls it.
  provider_id text collate "C",
  -- Statuses that came while the outcome was not recorded: 1 sent, 2 delivered, 4 read, 8 failed.
  receipts smallint not null default 0,
  changed_at_us bigint not null,
  primary key (bucket, tenant, message_id)
) with (fillfactor = 80);
-- Each index costs every message a few writes: campaigns and persons are looked for by scanning the tenant, which is rare.
-- What a claim takes: highest priority first, then the longest due.
create index messaging_outbox_queued on messaging_outbox
  (bucket, tenant, sender_id, priority desc, due_at_us, message_id) where state = 'queued';
create index messaging_outbox_waiting on messaging_outbox (due_at_us) where state = 'waiting';
-- Whose process may be gone.
create index messaging_outbox_under_way on messaging_outbox (due_at_us) where state in ('claimed', 'sending');

-- One sender and one recipient: the pace between them.
create table messaging_pairs (
  bucket integer not null,
  tenant text collate "C" not null,
  sender_id text collate "C" not null,
  recipient text collate "C" not null,
  -- Theoretical arrival time of the generic cell rate algorithm, microseconds since the epoch.
  arrival_us bigint not null,
  last_claim_us bigint not null,
  -- Marketing that went out or may have: {message id: milliseconds since the epoch}, as far back as the sender's caps.
  marketing jsonb not null default '{}',
  primary key (bucket, tenant, sender_id, recipient)
) with (fillfactor = 80);

-- Recipients that asked to be left alone, known here before any read model shows it.
create table messaging_opt_outs (
  bucket integer not null,
  tenant text collate "C" not null,
  sender_id text collate "C" not null,
  recipient text collate "C" not null,
  opted_out_at_us bigint not null,
  primary key (bucket, tenant, sender_id, recipient)
);

-- Campaigns that stand still: pages that are read meanwhile are put aside with the rest.
create table messaging_paused_campaigns (
  bucket integer not null,
  tenant text collate "C" not null,
  campaign_id text collate "C" not null,
  primary key (bucket, tenant, campaign_id)
);

-- Templates that a provider reviews, until it has said what it thinks.
create table messaging_reviews (
  bucket integer not null,
  tenant text collate "C" not null,
  template_id text collate "C" not null,
  version integer not null,
  language text collate "C" not null,
  -- Whose account it is submitted to.
  sender_id text collate "C" not null,
  submitted boolean not null default false,
  leased_until timestamptz not null default '-infinity',
  primary key (bucket, tenant, template_id, version, language)
);
