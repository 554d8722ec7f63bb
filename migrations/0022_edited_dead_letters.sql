-- The id of the event that was stored in place of one that somebody edited before trying it again; null where the event
-- itself was stored, or none. The row is found as before, by the distribution key (bucket) and its id.
alter table dead_letters add column stored_event_id text;
