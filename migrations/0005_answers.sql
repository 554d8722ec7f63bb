-- Answers to commands and the ids of commands. Distribution key of every table here: bucket. Their rows are written by
-- log_append_batch, in the transaction of the events they belong to and under the bucket's head lock, and by nobody else.

-- Command ids stay for the life of their stream, so that a policy's command handled again a year later is known.
create table log_stream_commands (
  bucket integer not null,
  tenant text collate "C" not null,
  stream text collate "C" not null,
  command_id text collate "C" not null,
  -- Of the command's last event in the stream.
  version bigint not null,
  position bigint not null,
  primary key (bucket, tenant, stream, command_id)
);

-- What a request with an idempotency key was answered. Removed when old, see src/log/postgres/remove-answers.ts.
create table log_answers (
  bucket integer not null,
  tenant text collate "C" not null,
  -- Keyed hashes of 32 bytes: of principal and idempotency key, and of what was asked.
  key bytea not null,
  request bytea not null,
  body bytea not null,
  -- Of the command's last event, or the head when it had none.
  position bigint not null,
  -- Microseconds since the epoch, as in log_heads.
  recorded_at bigint not null,
  primary key (bucket, tenant, key)
);
-- For removal alone. Rows of one append share the value and appends come in order, so it grows at one end.
create index log_answers_recorded on log_answers (bucket, recorded_at);

drop function log_append_batch(
  integer, bigint, uuid, integer, smallint, bigint, bytea, bytea, bytea, integer[], integer[], text[], jsonb, bytea);

-- The only way to append. One round trip: takes the head row (a statement of its own: at READ COMMITTED each statement
-- sees what was committed before it began, so the head is the newest), compares, verifies, inserts, moves the head.
--
--   appended             everything is stored
--   neither              another writer was faster: `head` is the true one
--   refuted              the head is the expected one, but a version that was presumed, an answer's key or a command
--                        id is not as the writer took it to be; nothing is stored
--
-- Keys of answers are verified here rather than by the writer because an answer without events moves no head, so
-- compare-and-append does not notice it. Rows of streams come as one array a column: as jsonb they cost 4 us more an
-- event. The setting is made here rather than on the connection because a pooler may hand us a connection with another.
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
  -- One entry a decided event, and one with a null size for a stream whose version is only checked. `expected` is null
  -- but on the first entry of each stream; `index` is the event's place in the batch.
  p_row_tenants text[],
  p_row_streams text[],
  p_row_expected bigint[],
  p_row_versions bigint[],
  p_row_indexes integer[],
  p_row_starts integer[],
  p_row_sizes integer[],
  p_row_bytes bytea,
  -- Whether some expected version is a caller's word: then a mismatch refutes the plan, else it is a bug.
  p_presumed boolean,
  -- One entry a stored answer: at `start` in the bytes 32 of the key, 32 of the request, then `size` of the body.
  p_answer_tenants text[],
  p_answer_indexes integer[],
  p_answer_starts integer[],
  p_answer_sizes integer[],
  p_answer_bytes bytea,
  p_answer_kept_micros bigint,
  p_command_tenants text[],
  p_command_streams text[],
  p_command_ids text[],
  p_command_versions bigint[],
  p_command_indexes integer[]
) returns table (appended boolean, refuted boolean, head bigint, recorded_at bigint)
language plpgsql as $$
declare
  v_head bigint;
  v_recorded bigint;
  v_live bigint;
  v_old bigint;
begin
  perform set_config('synchronous_commit', 'on', true);
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'log_append_batch needs read committed' using errcode = 'CT001';
  end if;
  select h.head, h.recorded_at into v_head, v_recorded
    from log_heads h where h.bucket = p_bucket for update;
  if v_head <> p_expected_head then
    return query select false, false, v_head, v_recorded;
    return;
  end if;
  v_recorded := greatest(v_recorded, (extract(epoch from clock_timestamp()) * 1000000)::bigint);

  -- Each look-up below is one descent of a primary key; `limit 1` keeps the planner from joining whole tables.
  if p_command_ids is not null then
    perform 1
      from unnest(p_command_tenants, p_command_streams, p_command_ids) as c(tenant, stream, id)
     cross join lateral (
       select 1 from log_stream_commands k
        where k.bucket = p_bucket and k.tenant = c.tenant and k.stream = c.stream and k.command_id = c.id
        limit 1) k
     limit 1;
    if found then
      return query select false, true, v_head, v_recorded;
      return;
    end if;
  end if;
  if p_answer_tenants is not null then
    select count(*) filter (where k.recorded_at > v_recorded - p_answer_kept_micros), count(*)
      into v_live, v_old
      from unnest(p_answer_tenants, p_answer_starts) as a(tenant, start)
     cross join lateral (
       select k.recorded_at from log_answers k
        where k.bucket = p_bucket and k.tenant = a.tenant and k.key = substring(p_answer_bytes from a.start + 1 for 32)
        limit 1) k;
    if v_live > 0 then
      return query select false, true, v_head, v_recorded;
      return;
    end if;
    if v_old > 0 then
      -- Past their time, and their keys are used anew.
      delete from log_answers k
       using unnest(p_answer_tenants, p_answer_starts) as a(tenant, start)
       where k.bucket = p_bucket and k.tenant = a.tenant and k.key = substring(p_answer_bytes from a.start + 1 for 32)
         and k.recorded_at <= v_recorded - p_answer_kept_micros;
    end if;
  end if;
  if p_row_tenants is not null then
    -- A version that exists already breaks the primary key, one that leaves a gap is found by this statement.
    perform 1
      from unnest(p_row_tenants, p_row_streams, p_row_expected) as r(tenant, stream, expected)
     where r.expected is not null
       and r.expected <> coalesce((
         select e.version from log_stream_events e
          where e.bucket = p_bucket and e.tenant = r.tenant and e.stream = r.stream
          order by e.version desc limit 1), 0)
     limit 1;
    if found then
      if not p_presumed then
        raise exception 'stream version mismatch under the head lock' using errcode = 'XX000';
      end if;
      return query select false, true, v_head, v_recorded;
      return;
    end if;
    insert into log_stream_events (bucket, tenant, stream, version, position, recorded_at, event)
    select p_bucket, r.tenant, r.stream, r.version, v_head + 1 + r.index, v_recorded,
           substring(p_row_bytes from r.start + 1 for r.size)
      from unnest(p_row_tenants, p_row_streams, p_row_versions, p_row_indexes, p_row_starts, p_row_sizes)
           as r(tenant, stream, version, index, start, size)
     where r.size is not null;
  end if;

  if p_command_ids is not null then
    insert into log_stream_commands (bucket, tenant, stream, command_id, version, position)
    select p_bucket, c.tenant, c.stream, c.id, c.version, v_head + 1 + c.index
      from unnest(p_command_tenants, p_command_streams, p_command_ids, p_command_versions, p_command_indexes)
           as c(tenant, stream, id, version, index);
  end if;
  if p_answer_tenants is not null then
    insert into log_answers (bucket, tenant, key, request, body, position, recorded_at)
    select p_bucket, a.tenant, substring(p_answer_bytes from a.start + 1 for 32),
           substring(p_answer_bytes from a.start + 33 for 32), substring(p_answer_bytes from a.start + 65 for a.size),
           v_head + 1 + a.index, v_recorded
      from unnest(p_answer_tenants, p_answer_indexes, p_answer_starts, p_answer_sizes)
           as a(tenant, index, start, size);
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
  return query select true, false, v_head + p_count, v_recorded;
end $$;
