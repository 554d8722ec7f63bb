-- Durable subscriptions: how far each has handled the log, who works on it now, and what policies keep beside it.

-- Distribution key: bucket. Moved by comparing with the position that was read, in the transaction of what the
-- subscriber writes; a few hundred rows for ever.
create table subscription_checkpoints (
  bucket integer not null,
  name text collate "C" not null,
  position bigint not null,
  -- When it last moved, or was begun: what "has not progressed for days" means.
  moved_at timestamptz not null default clock_timestamp(),
  -- Set when it had not progressed for so long that retention no longer waits for it.
  suspended_at timestamptz,
  primary key (bucket, name)
);

-- Distribution key: bucket. Spares two processes the same outside work; correctness never depends on it. Apart from the
-- checkpoints, so that renewing never waits for a transaction that moves one.
create table subscription_leases (
  bucket integer not null,
  name text collate "C" not null,
  owner uuid not null,
  until timestamptz not null,
  primary key (bucket, name)
);

-- Distribution key: bucket. State of process managers. Holds ids and decisions, no personal data (src/core/policy.ts).
create table policy_states (
  bucket integer not null,
  policy text collate "C" not null,
  tenant text collate "C" not null,
  key text collate "C" not null,
  state jsonb not null,
  primary key (bucket, policy, tenant, key)
);

-- Distribution key: bucket. Events that a policy could not answer, and those that wait behind one. `lane` is the stream
-- of the event, or the key of the process manager it belongs to; `timer` is empty for events.
create table policy_parked (
  bucket integer not null,
  policy text collate "C" not null,
  tenant text collate "C" not null,
  lane text collate "C" not null,
  position bigint not null,
  timer text collate "C" not null,
  type text not null,
  -- A code, never a message: messages of foreign code may hold anything.
  reason text not null,
  attempts integer not null,
  parked_at timestamptz not null default clock_timestamp(),
  primary key (bucket, policy, tenant, lane, position, timer)
);
create index policy_parked_by_policy on policy_parked (policy, bucket, position);

-- Distribution key: bucket. Timers that are set. The job is only the alarm clock: what is due is decided by this row. The
-- command is worked out again from the event, so no input of a command lies here; `state` is that of the process
-- manager when the timer was set, null for a plain policy.
create table policy_timers (
  bucket integer not null,
  policy text collate "C" not null,
  tenant text collate "C" not null,
  lane text collate "C" not null,
  timer text collate "C" not null,
  position bigint not null,
  due_at timestamptz not null,
  state jsonb,
  primary key (bucket, policy, tenant, lane, timer)
);

-- Distribution key: bucket. What became of the commands of a policy; one row for each bucket that it was active in.
create table policy_counts (
  bucket integer not null,
  policy text collate "C" not null,
  done bigint not null,
  refused bigint not null,
  last_refusal text,
  last_refused_at timestamptz,
  primary key (bucket, policy)
);
