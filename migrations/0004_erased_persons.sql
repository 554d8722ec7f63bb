-- Persons whose data key was destroyed. The list of record lies in the key store; this copy is what statements can join,
-- so that nothing revealed before an erasure is written after it. Distribution key: bucket.
create table erased_persons (
  bucket integer not null,
  tenant text collate "C" not null,
  -- Keyed hash of the person's id, hexadecimal.
  person text collate "C" not null,
  erased_at timestamptz not null default now(),
  primary key (bucket, tenant, person)
);
