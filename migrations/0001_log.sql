-- The log. Distribution key of every table here: bucket. No statement of the server crosses buckets, except the
-- poll of all heads (log_heads is one small row a bucket).

-- One row for the installation.
create table log_info (
  one boolean primary key default true check (one),
  incarnation text not null,
  bucket_count integer not null check (bucket_count between 1 and 4096),
  -- Keys the hashes of ids and subjects, so that indexes and statistics tell nothing about a person.
  hash_secret bytea not null,
  created_at timestamptz not null default now()
);

-- Head of each bucket: the one row that appends lock. Narrow and half empty, so that its updates stay in the page.
create table log_heads (
  bucket integer primary key,
  region smallint not null default 0,
  head bigint not null default 0,
  -- Microseconds since the epoch; never falls.
  recorded_at bigint not null default 0,
  -- Everything up to here was removed by retention.
  low_mark bigint not null default 0
) with (fillfactor = 20);

-- Storage unit: what one commit appended, or what compaction merged of several.
create table log_batches (
  bucket integer not null,
  last_position bigint not null,
  first_position bigint not null,
  region smallint not null default 0,
  codec smallint not null,
  checksum bigint not null,
  -- Of the newest append in the row.
  recorded_at bigint not null,
  first_recorded_at bigint not null,
  batch_id uuid not null,
  -- The appends a merged row consists of: see src/log/codec/parts.ts. Null while the row is one append.
  parts bytea,
  -- 8 bytes an event in order of position; null once a key run holds them.
  key_hashes bytea,
  -- 4 bytes an event, 0 without a subject; null once a subject run holds them.
  subject_hashes bytea,
  -- Statistics to step over rows without unpacking; null when there are too many distinct values.
  tenants integer[],
  sources integer[],
  types text[],
  payload bytea not null,
  primary key (bucket, last_position)
);
-- The payload is compressed already.
alter table log_batches alter column payload set storage external;
alter table log_batches alter column key_hashes set storage external;
alter table log_batches alter column subject_hashes set storage external;
alter table log_batches alter column parts set storage external;
create index log_batches_recorded on log_batches (bucket, recorded_at);

-- Decided events once more, by stream, so that an aggregate loads in one indexed read.
create table log_stream_events (
  bucket integer not null,
  tenant text collate "C" not null,
  stream text collate "C" not null,
  version bigint not null,
  position bigint not null,
  recorded_at bigint not null,
  event bytea not null,
  primary key (bucket, tenant, stream, version)
);

-- A run: the sorted hashes of a range of positions. kind 'key' has 8-byte hashes, 'subject' 4-byte ones.
create table log_runs (
  bucket integer not null,
  kind text not null check (kind in ('key', 'subject')),
  first_position bigint not null,
  last_position bigint not null,
  last_recorded_at bigint not null,
  entry_count integer not null,
  -- Split block Bloom filter of the hashes of a key run; null when the run left the dedupe window.
  filter bytea,
  primary key (bucket, kind, last_position)
);
alter table log_runs alter column filter set storage external;

-- The entries of a run in blocks: hash and 4-byte offset from the run's first position, ascending by both.
create table log_run_blocks (
  bucket integer not null,
  kind text not null,
  last_position bigint not null,
  -- Smallest hash in the block, as an unsigned number moved into the signed range.
  first_hash bigint not null,
  first_offset bigint not null,
  entries bytea not null,
  primary key (bucket, kind, last_position, first_hash, first_offset)
);
alter table log_run_blocks alter column entries set storage external;

-- How long received events of a type are held.
create table log_retention (
  bucket integer not null,
  tenant text collate "C" not null,
  type text collate "C" not null,
  age_seconds bigint not null check (age_seconds > 0),
  primary key (bucket, tenant, type)
);

-- The only way to append. One round trip: takes the head row (a statement of its own: at READ COMMITTED each statement
-- sees what was committed before it began, so the head is the newest), compares, inserts, moves the head.
-- Answers appended = false and the true head when another writer was faster. The setting is made here rather than on
-- the connection because a pooler may hand us a connection with another one.
create function log_append_batch(
  p_bucket integer,
  p_expected_head bigint,
  p_batch_id uuid,
  p_count integer,
  p_codec smallint,
  p_checksum bigint,
  p_payload bytea,
  p_key_hashes bytea,
  p_subject_hashes bytea,
  p_tenants integer[],
  p_sources integer[],
  p_types text[],
  p_stream_rows jsonb,
  p_stream_bytes bytea
) returns table (appended boolean, head bigint, recorded_at bigint)
language plpgsql as $$
declare
  v_head bigint;
  v_recorded bigint;
  v_wrong text;
begin
  perform set_config('synchronous_commit', 'on', true);
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'log_append_batch needs read committed' using errcode = 'CT001';
  end if;
  select h.head, h.recorded_at into v_head, v_recorded
    from log_heads h where h.bucket = p_bucket for update;
  if v_head <> p_expected_head then
    return query select false, v_head, v_recorded;
    return;
  end if;
  v_recorded := greatest(v_recorded, (extract(epoch from clock_timestamp()) * 1000000)::bigint);
  if p_stream_rows is not null then
    -- Versions were verified as of the head we just locked; a mismatch here is a bug and aborts the append. A version
    -- that exists already breaks the primary key, one that leaves a gap is found by this statement.
    select s.stream into v_wrong
      from jsonb_to_recordset(p_stream_rows) as s(tenant text, stream text, version bigint, expected bigint)
     where s.expected is not null
       and s.expected <> coalesce((
         select e.version from log_stream_events e
          where e.bucket = p_bucket and e.tenant = s.tenant and e.stream = s.stream
          order by e.version desc limit 1), 0)
     limit 1;
    if v_wrong is not null then
      raise exception 'stream version mismatch under the head lock' using errcode = 'XX000';
    end if;
    insert into log_stream_events (bucket, tenant, stream, version, position, recorded_at, event)
    select p_bucket, s.tenant, s.stream, s.version, v_head + 1 + s.index, v_recorded,
           substring(p_stream_bytes from s.start + 1 for s.size)
      from jsonb_to_recordset(p_stream_rows) as
           s(tenant text, stream text, version bigint, index integer, start integer, size integer)
     where s.size is not null;
  end if;
  if p_count > 0 then
    insert into log_batches (
      bucket, last_position, first_position, codec, checksum, recorded_at, first_recorded_at,
      batch_id, key_hashes, subject_hashes, tenants, sources, types, payload)
    values (
      p_bucket, v_head + p_count, v_head + 1, p_codec, p_checksum, v_recorded, v_recorded,
      p_batch_id, p_key_hashes, p_subject_hashes, p_tenants, p_sources, p_types, p_payload);
    update log_heads h set head = v_head + p_count, recorded_at = v_recorded where h.bucket = p_bucket;
  end if;
  return query select true, v_head + p_count, v_recorded;
end $$;
