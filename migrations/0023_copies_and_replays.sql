-- When somebody last looked at a copy as of a moment, and who asked for it last: one that others use is not replaced by
-- the next that is wanted. Moved at most twice a minute by each process that reads it. Of other generations it says when
-- they were begun.
alter table projection_generations add column used_at timestamptz not null default now();
-- Tenant and key or user; null where nobody in particular asked.
alter table projection_generations add column used_by text;

-- The replay that was asked for last: pages of one before it end. Null until one was.
alter table webhook_endpoints add column replay_id text collate "C";
