-- Documents; their bytes are blobs. Distribution key: bucket.
create table documents (
  bucket integer not null,
  tenant text collate "C" not null,
  -- UUID version 7: sorts by the time it was made.
  id uuid not null,
  -- Id of the person it belongs to; null for the tenant's own. The row goes when the person is erased.
  person text collate "C",
  status text not null check (status in ('judging', 'judged')),
  verdict text check (verdict in ('clean', 'disarmed', 'locked', 'refused')),
  reasons jsonb not null default '[]',
  removed jsonb not null default '[]',
  -- Version and sizes of the pages; null for what has none.
  info jsonb,
  media_type text not null,
  bytes bigint not null,
  -- Of what was uploaded or made, hexadecimal; of the disarmed file once there is one.
  sha256 text not null,
  -- Name of the blob; null when the bytes are gone.
  content_key text collate "C",
  -- When the bytes go: of what was refused, and of results. Null for what stays.
  content_until timestamptz,
  -- The job whose result it is; null for uploads.
  made_by uuid,
  created_at timestamptz not null,
  primary key (bucket, tenant, id)
);
-- Counted at every upload; holds what waits, not what is stored.
create index documents_judging on documents (bucket, tenant) where status = 'judging';
-- The sweep asks over all buckets.
create index documents_ending on documents (content_until) where content_until is not null;
create index documents_by_person on documents (bucket, tenant, person) where person is not null;

-- Operations on documents. Distribution key: bucket.
create table document_jobs (
  bucket integer not null,
  tenant text collate "C" not null,
  id uuid not null,
  operation text not null,
  inputs uuid[] not null,
  -- Sealed, since they may hold a password; null once the job has ended.
  options bytea,
  status text not null check (status in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  progress real not null default 0,
  code text,
  results uuid[] not null default '{}',
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (bucket, tenant, id)
);
create index document_jobs_open on document_jobs (bucket, tenant) where status in ('waiting', 'running');
create index document_jobs_ended on document_jobs (ended_at) where ended_at is not null;
