-- States of streams as of some version, so that a long stream loads without reading all of its events. Never needed for
-- correctness: a row may be deleted at any time. Distribution key: bucket.
create table snapshots (
  bucket integer not null,
  tenant text collate "C" not null,
  stream text collate "C" not null,
  -- Of the module: a state of another version means something else.
  state_version integer not null,
  -- The stream's version that the state is as of, and the CloudEvents id of that event.
  version bigint not null,
  event_id text not null,
  -- JSON in UTF-8. Holds personal data in clear, so it goes when one of `persons` is erased.
  state bytea not null,
  checksum bytea not null,
  -- Keyed hashes of the persons of whom the state may hold something.
  persons text[] collate "C" not null,
  written_at timestamptz not null default now(),
  primary key (bucket, tenant, stream, state_version)
);
-- Erasing finds the rows of a person. Few rows have more than a person or two, and one is written for about every 100
-- events, so its upkeep does not show.
create index snapshots_by_person on snapshots using gin (persons);
