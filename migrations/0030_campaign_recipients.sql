-- Whom a campaign reached already: customers who share an address get one message of it. Distribution key: bucket.
create table messaging_campaign_recipients (
  bucket integer not null,
  tenant text collate "C" not null,
  campaign_id text collate "C" not null,
  -- Keyed hash of the address.
  recipient text collate "C" not null,
  -- The one message of the campaign that goes there.
  message_id text collate "C" not null,
  marked_at_us bigint not null,
  primary key (bucket, tenant, campaign_id, recipient)
);
