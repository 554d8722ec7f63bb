-- What stands at the door of the log: schemas of event types, events that did not match theirs, quality counters.

-- One row for the installation: raised by every registration, read by every process twice a second. The row lock is
-- held until the registration commits, so revisions become visible in order and "greater than the last seen" misses
-- none. Not distributed: a reference table.
create table schema_revision (
  only_row boolean primary key default true check (only_row),
  revision bigint not null
);
insert into schema_revision (revision) values (0);

-- Distribution key: bucket. Rows never change.
create table schemas (
  bucket integer not null,
  tenant text not null,
  type text not null,
  version text not null,
  revision bigint not null,
  -- JSON text in canonical form: mode, schema, personal, person, rules.
  definition text not null,
  created_at timestamptz not null default now(),
  primary key (bucket, tenant, type, version)
);
-- Processes read what was registered since they last looked: crosses buckets, a few rows a day.
create index schemas_by_revision on schemas (revision);

-- Distribution key: bucket.
create table dead_letters (
  bucket integer not null,
  tenant text not null,
  -- UUID version 7: sorts by the time it was made.
  id uuid not null,
  -- SHA-256 over source, id and content: the same event sent again is the same dead letter.
  fingerprint bytea not null,
  status text not null check (status in ('open', 'retried', 'discarded')),
  type text not null,
  source text not null,
  event_id text not null,
  code text not null,
  detail text not null,
  -- The event as JSON (CloudEvents JSON format), in bytes so that it is kept as sent; null once settled.
  event bytea,
  attempts integer not null default 1,
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  -- Where the retried event stands in the log.
  position bigint,
  primary key (bucket, tenant, id),
  unique (bucket, tenant, fingerprint)
);
create index dead_letters_settled on dead_letters (bucket, tenant, id) where status <> 'open';

-- Distribution key: bucket. Added to by every process every few seconds.
create table quality_counts (
  bucket integer not null,
  tenant text not null,
  type text not null,
  check_name text not null,
  passed bigint not null,
  failed bigint not null,
  last_failed_at timestamptz,
  primary key (bucket, tenant, type, check_name)
);
