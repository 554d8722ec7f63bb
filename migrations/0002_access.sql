-- Tenants and API keys. Secrets are never stored: only the SHA-256 of a key, which has 256 bits of randomness.

-- Distribution key: bucket.
create table tenants (
  bucket integer not null,
  id text not null,
  created_at timestamptz not null default now(),
  primary key (bucket, id)
);

-- Distribution key: bucket. A key is looked up by its hash before its tenant is known: the one statement that crosses
-- buckets, answered by api_keys_by_hash and cached for a second in each process.
create table api_keys (
  bucket integer not null,
  tenant text not null,
  id text not null,
  name text not null,
  key_hash bytea not null,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  -- A day, not a moment: one small write per key and day, and no record of when somebody works.
  last_used_on date,
  primary key (bucket, id),
  foreign key (bucket, tenant) references tenants (bucket, id)
);

create index api_keys_by_hash on api_keys using hash (key_hash);
create index api_keys_by_tenant on api_keys (bucket, tenant, created_at, id);
