-- The audit trail: who did, read or was refused what. One chain for each tenant and class; see src/audit/README.md and
-- docs/decisions/0011-audit-chain.md. Nothing here is ever updated but heads; rows go only by retention, at a checkpoint.

-- Distribution key: bucket. One row a chain: what its writers queue for. Updated with every group of entries, so pages
-- keep room for the new versions of their rows (heap-only updates).
create table audit_heads (
  bucket integer not null,
  tenant text collate "C" not null,
  class text collate "C" not null check (class in ('audit', 'security', 'access')),
  -- Of the newest entry.
  seq bigint not null,
  link bytea not null,
  -- Keyed hash of seq and link, so that a head which was set back by hand is told from one that was written.
  mac bytea not null,
  -- Microseconds since the epoch, of the newest entry: times of a chain never go back.
  recorded_at bigint not null,
  primary key (bucket, tenant, class)
) with (fillfactor = 50);

-- Distribution key: bucket. In clear stands what queries filter by; everything else is sealed.
create table audit_entries (
  bucket integer not null,
  tenant text collate "C" not null,
  class text collate "C" not null,
  seq bigint not null,
  recorded_at bigint not null,
  action text collate "C" not null,
  actor text collate "C",
  -- Keyed hash of the client's address, of the tenant: equal addresses are found, none is told.
  address bytea,
  sealed bytea not null,
  -- HMAC-SHA-256 over all of the above and the link before.
  link bytea not null,
  primary key (bucket, tenant, class, seq)
);
-- Times need no index: they rise with seq, so audit_seq_at finds the place of a time by halving.
create index audit_entries_actor on audit_entries (bucket, tenant, class, actor, seq) where actor is not null;
create index audit_entries_action on audit_entries (bucket, tenant, class, action, seq);
create index audit_entries_address on audit_entries (bucket, tenant, class, address, seq) where address is not null;

-- Distribution key: bucket. The same lines that go to the file outside the database; here they say where retention may cut.
create table audit_checkpoints (
  bucket integer not null,
  tenant text collate "C" not null,
  class text collate "C" not null,
  seq bigint not null,
  link bytea not null,
  -- Microseconds since the epoch, of the entry.
  made_at bigint not null,
  signature bytea not null,
  primary key (bucket, tenant, class, seq)
);

-- Distribution key: bucket. Where retention cut a chain: it begins behind the newest of them.
create table audit_cuts (
  bucket integer not null,
  tenant text collate "C" not null,
  class text collate "C" not null,
  seq bigint not null,
  link bytea not null,
  mac bytea not null,
  cut_at bigint not null,
  primary key (bucket, tenant, class, seq)
);

-- The only way to add entries: compare-and-append, as in log_append_batch. One round trip: takes the head row of the
-- chain (a statement of its own: at READ COMMITTED each statement sees what was committed before it began), compares,
-- inserts, moves the head. Links are made by the caller, who has the key, as of the head it expects:
--
--   appended             everything is stored
--   not appended         another writer was faster: seq, link and recorded_at are the true ones, and next_link is the
--                        link behind the expected head, by which a caller whose connection broke knows its own entries
--
-- The newest entry counts beside the head row, so that a chain that was tampered with is still written on: it is
-- verification that has to find the damage, and what happens meanwhile must not be lost. One descent of the primary key.
create function audit_append(
  p_bucket integer,
  p_tenant text,
  p_class text,
  p_expected_seq bigint,
  p_expected_link bytea,
  p_recorded bigint[],
  p_actions text[],
  p_actors text[],
  p_addresses bytea[],
  p_sealed bytea[],
  p_links bytea[],
  p_mac bytea
) returns table (appended boolean, seq bigint, link bytea, recorded_at bigint, next_link bytea)
language plpgsql as $$
declare
  v_seq bigint;
  v_link bytea;
  v_recorded bigint;
  v_newest record;
  v_count integer := array_length(p_links, 1);
begin
  perform set_config('synchronous_commit', 'on', true);
  select h.seq, h.link, h.recorded_at into v_seq, v_link, v_recorded
    from audit_heads h where h.bucket = p_bucket and h.tenant = p_tenant and h.class = p_class for update;
  if not found then
    insert into audit_heads (bucket, tenant, class, seq, link, mac, recorded_at)
    values (p_bucket, p_tenant, p_class, 0, decode(repeat('00', 32), 'hex'), ''::bytea, 0)
    on conflict do nothing;
    select h.seq, h.link, h.recorded_at into v_seq, v_link, v_recorded
      from audit_heads h where h.bucket = p_bucket and h.tenant = p_tenant and h.class = p_class for update;
  end if;
  select e.seq, e.link, e.recorded_at into v_newest
    from audit_entries e where e.bucket = p_bucket and e.tenant = p_tenant and e.class = p_class
   order by e.seq desc limit 1;
  if v_newest.seq >= v_seq then
    v_seq := v_newest.seq;
    v_link := v_newest.link;
    v_recorded := v_newest.recorded_at;
  end if;
  if v_count is null or v_seq <> p_expected_seq or v_link <> p_expected_link then
    return query select false, v_seq, v_link, v_recorded, (
      select e.link from audit_entries e
       where e.bucket = p_bucket and e.tenant = p_tenant and e.class = p_class and e.seq = p_expected_seq + 1);
    return;
  end if;
  insert into audit_entries (bucket, tenant, class, seq, recorded_at, action, actor, address, sealed, link)
  select p_bucket, p_tenant, p_class, p_expected_seq + n.ordinal, n.recorded, n.action, n.actor, n.address, n.sealed, n.link
    from unnest(p_recorded, p_actions, p_actors, p_addresses, p_sealed, p_links)
         with ordinality as n(recorded, action, actor, address, sealed, link, ordinal);
  update audit_heads h
     set seq = p_expected_seq + v_count, link = p_links[v_count], mac = p_mac, recorded_at = p_recorded[v_count]
   where h.bucket = p_bucket and h.tenant = p_tenant and h.class = p_class;
  return query select true, p_expected_seq + v_count, p_links[v_count], p_recorded[v_count], null::bytea;
end $$;

-- Seq of the first entry recorded at that time or later; one more than the newest when there is none. Halves the range of
-- the primary key: some 30 descents for a chain of a thousand million entries.
create function audit_seq_at(p_bucket integer, p_tenant text, p_class text, p_micros bigint) returns bigint
language plpgsql stable as $$
declare
  v_low bigint;
  v_high bigint;
  v_middle bigint;
  v_found record;
begin
  -- Two descents; min and max in one statement read the whole chain where the planner has no statistics yet.
  select e.seq into v_low
    from audit_entries e where e.bucket = p_bucket and e.tenant = p_tenant and e.class = p_class
   order by e.seq limit 1;
  if v_low is null then
    return 1;
  end if;
  select e.seq + 1 into v_high
    from audit_entries e where e.bucket = p_bucket and e.tenant = p_tenant and e.class = p_class
   order by e.seq desc limit 1;
  while v_low < v_high loop
    v_middle := (v_low + v_high) / 2;
    select e.seq, e.recorded_at into v_found
      from audit_entries e
     where e.bucket = p_bucket and e.tenant = p_tenant and e.class = p_class and e.seq >= v_middle
     order by e.seq limit 1;
    if v_found.recorded_at >= p_micros then
      v_high := v_middle;
    else
      v_low := v_found.seq + 1;
    end if;
  end loop;
  return v_low;
end $$;
