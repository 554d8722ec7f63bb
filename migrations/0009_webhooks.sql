-- Outgoing webhooks: endpoints of tenants, their secrets, and what was sent to them. Distribution key of every table
-- here: bucket. Every statement names one bucket.

create table webhook_endpoints (
  bucket integer not null,
  tenant text collate "C" not null,
  id text collate "C" not null,
  url text not null,
  -- Exact types, `prefix.*`, or `*` alone.
  types text[] not null,
  description text,
  status text not null check (status in ('enabled', 'disabled')),
  -- Why it is disabled: somebody asked, the receiver answered 410, it failed for too long.
  disabled_reason text check (disabled_reason in ('asked', 'gone', 'failing')),
  -- When a delivery ran out of attempts for the first time since the last success; null while it works.
  failing_since timestamptz,
  -- Events at or below this position are none of the endpoint's: head of the bucket when it was made or enabled.
  from_position bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (bucket, tenant, id)
);

create table webhook_secrets (
  bucket integer not null,
  tenant text collate "C" not null,
  endpoint_id text collate "C" not null,
  number bigint generated always as identity,
  -- AES-256-GCM, see src/webhooks/secret-box.ts.
  sealed bytea not null,
  created_at timestamptz not null,
  -- Null for the newest; older ones sign beside it until then.
  expires_at timestamptz,
  primary key (bucket, tenant, endpoint_id, number)
);

-- One row for each event and endpoint. Holds no body, neither of the event nor of the answer.
create table webhook_deliveries (
  bucket integer not null,
  tenant text collate "C" not null,
  endpoint_id text collate "C" not null,
  -- The webhook-id: `msg_` and 32 hexadecimal digits, derived from endpoint and event.
  id text collate "C" not null,
  -- Order of making, for listings.
  number bigint generated always as identity,
  -- Where the event stands in the bucket; null for a test message.
  position bigint,
  type text not null,
  status text not null check (status in ('waiting', 'delivered', 'failed', 'cancelled')),
  -- Attempts in this round; a resend begins a new one.
  tries integer not null default 0,
  -- [{"at", "durationMs", "status", "code"}], oldest first, bounded by the writer.
  attempts jsonb not null default '[]',
  created_at timestamptz not null,
  next_attempt_at timestamptz,
  settled_at timestamptz,
  primary key (bucket, tenant, endpoint_id, id)
);
create index webhook_deliveries_newest on webhook_deliveries (bucket, tenant, endpoint_id, number desc);
-- Old rows are removed in order of age.
create index webhook_deliveries_age on webhook_deliveries (bucket, created_at);
-- Deliveries whose job was lost are found again.
create index webhook_deliveries_waiting on webhook_deliveries (bucket, next_attempt_at) where status = 'waiting';
