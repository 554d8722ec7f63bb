-- When a holder last took hold of its blob: whoever looks for holders that never came to be must leave those of work
-- under way alone. The default of existing rows is a constant, so no row is rewritten.
alter table blob_holders add column held_at timestamptz not null default now();
