-- Which copy of the log the outbox was filled from, and what of it is older than this copy: what was to be sent when the copy was
-- made may have left since, and the copy does not know. One row for the installation; it has no distribution key.
create table messaging_copy (
  one boolean primary key default true check (one),
  -- Of log_info, when messages were sent from it last. Another one there means that the database was restored.
  incarnation text not null,
  -- Whatever was asked for up to this moment goes out only where a person says so. Microseconds since the epoch.
  held_before_us bigint not null default 0
);
insert into messaging_copy (incarnation) select incarnation from log_info;

-- 'restored': found after a restore; its stream is told next that nobody knows what became of it.
alter table messaging_outbox drop constraint messaging_outbox_state_check;
alter table messaging_outbox add constraint messaging_outbox_state_check check (state in
  ('waiting', 'queued', 'paused', 'claimed', 'sending', 'accepted', 'unknown', 'ended', 'restored'));
create index messaging_outbox_restored on messaging_outbox (due_at_us) where state = 'restored';
