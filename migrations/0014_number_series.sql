-- The next number of each series, such as the orders of one location and day. Processes draw blocks of numbers from it.
-- Distribution key: bucket.
create table number_series (
  bucket integer not null,
  tenant text collate "C" not null,
  series text collate "C" not null,
  next bigint not null,
  primary key (bucket, tenant, series)
);
