-- Read models. Their rows lie in tables that the server makes while it runs, one for each generation
-- (read_customers_list_g1): what they hold can be computed again from the log. Here stands what must outlive them.

-- Not distributed: a reference table, one row for each read model.
create table projections (
  name text collate "C" primary key,
  -- Null while it runs. asked: somebody paused it; parked: too many events are parked; lagging: it had work and did not
  -- move for days, so that retention no longer waits for it.
  stopped_by text check (stopped_by in ('asked', 'parked', 'lagging')),
  -- Newest version that was ever begun by itself, so that a swap back is not undone by the next start.
  newest_version integer not null,
  next_generation integer not null
);

-- Not distributed: a reference table, a few rows for each read model.
create table projection_generations (
  name text collate "C" not null references projections,
  generation integer not null,
  version integer not null,
  state text not null check (state in ('filling', 'active', 'retired', 'shadow')),
  -- Of a shadow: events recorded later are left out. Microseconds since the epoch.
  as_of_micros bigint,
  table_name text collate "C" not null,
  -- What the table was made from, so that processes with another version of the code read it and forget persons in it.
  columns jsonb not null,
  indexes jsonb not null,
  personal jsonb,
  -- Its further indexes exist: they are made when a table is full, which is a third of the cost of keeping them.
  indexed boolean not null,
  -- Of a shadow: every bucket was read up to its moment.
  ready boolean not null default false,
  started_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (name, generation)
);
-- Which generation queries read is this one row.
create unique index projection_generations_active on projection_generations (name) where state = 'active';

-- Distribution key: bucket. Moved in the transaction that writes the rows. Updated often, so pages keep room for the
-- new versions of their rows (heap-only updates).
create table projection_checkpoints (
  bucket integer not null,
  name text collate "C" not null,
  generation integer not null,
  position bigint not null default 0,
  -- Raised by whoever changes rows past the worker (a retry, an erasure): what it remembers is then void.
  revision integer not null default 0,
  -- Of a shadow: the next event was recorded after its moment.
  sealed boolean not null default false,
  moved_at timestamptz not null default now(),
  primary key (bucket, name, generation)
) with (fillfactor = 50);

-- Distribution key: bucket. Events that could not be handled and those of their streams that wait behind them.
create table projection_parked (
  bucket integer not null,
  name text collate "C" not null,
  generation integer not null,
  position bigint not null,
  tenant text collate "C" not null,
  -- Empty for a received event without a stream.
  stream text collate "C" not null,
  type text not null,
  -- skipped: given up; kept so that a replay of the log leaves it out too.
  state text not null check (state in ('parked', 'skipped')),
  reason text not null,
  attempts integer not null,
  -- Keys of the rows that miss it.
  keys text[] not null,
  parked_at timestamptz not null default now(),
  primary key (bucket, name, generation, position)
);
