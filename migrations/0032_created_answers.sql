-- Answers to requests that made a key, a tenant or a webhook under an Idempotency-Key, so that a repetition gets the same
-- one instead of making another. The answer holds a secret that is shown once: it is sealed under a key that is computed
-- from the installation's secret and the caller's Idempotency-Key, which is stored nowhere, so database and key store
-- together do not open it. Written in the transaction of what was made; removed after seven days.
--
-- Distribution key: bucket, of the caller's tenant.
create table created_answers (
  bucket integer not null,
  tenant text collate "C" not null,
  -- HMAC of who asked and the Idempotency-Key.
  key bytea not null,
  -- HMAC of what was asked.
  request bytea not null,
  -- Null only within the transaction that makes it.
  answer_sealed bytea,
  created_at timestamptz not null default now(),
  primary key (bucket, tenant, key)
);
create index created_answers_by_age on created_answers (created_at);
