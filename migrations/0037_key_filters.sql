-- Filters of key runs of another form, which let 1 in 8,192 absent keys through where those in log_runs.filter let 1 in 760. They have
-- a column of their own, so that a server of an earlier release that still runs beside this one finds none and asks the blocks
-- instead. A run without one gets it when its bucket's keys are loaded; log_runs.filter is null from then on.
-- Distribution key: bucket, as the table has.
alter table log_runs add column key_filter bytea;
alter table log_runs alter column key_filter set storage external;
comment on column log_runs.key_filter is 'Binary fuse filter of the hashes of a key run; see src/log/dedupe/run-filter.ts.';
