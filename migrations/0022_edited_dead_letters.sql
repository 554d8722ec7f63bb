-- The id of the event that was stored when the dead letter was tried again: its own, or that of an edited one in its
-- place. Null while none was stored, and of letters that were retried before: those stored their own event. The row is
-- found as before, by the distribution key (bucket) and its id.
alter table dead_letters add column stored_event_id text;
