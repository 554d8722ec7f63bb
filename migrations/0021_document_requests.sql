-- Answers of uploads and jobs that carried an Idempotency-Key, so that a repeat is answered with the same id.
-- Distribution key: bucket.
create table document_requests (
  bucket integer not null,
  tenant text collate "C" not null,
  -- The key or user that asked: two of them never share a key.
  principal text collate "C" not null,
  key text collate "C" not null,
  -- Keyed hash of what was asked: it may hold the password of a document.
  request_hash bytea not null,
  -- Of the document or job that was made.
  answer uuid not null,
  created_at timestamptz not null,
  primary key (bucket, tenant, principal, key)
);
-- The sweep asks over all buckets.
create index document_requests_age on document_requests (created_at);
