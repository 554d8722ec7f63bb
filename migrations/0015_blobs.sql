-- Blobs of tenants and who holds them; the bytes lie in a blob store. Distribution key of every table here: bucket.

create table blobs (
  bucket integer not null,
  tenant text collate "C" not null,
  -- HMAC of the content's SHA-256 and its owner under a key of the tenant: no two tenants share a blob.
  key text collate "C" not null,
  -- Of the content in clear.
  bytes bigint not null,
  -- Reference of the person whose it is; null for the tenant's own.
  person text collate "C",
  created_at timestamptz not null default now(),
  primary key (bucket, tenant, key)
);

create index blobs_by_person on blobs (bucket, tenant, person) where person is not null;
-- The sweep asks by key alone whether a file is known, over all buckets.
create index blobs_by_key on blobs (key);

create table blob_holders (
  bucket integer not null,
  tenant text collate "C" not null,
  key text collate "C" not null,
  holder text collate "C" not null,
  primary key (bucket, tenant, key, holder),
  foreign key (bucket, tenant, key) references blobs (bucket, tenant, key) on delete cascade
);
