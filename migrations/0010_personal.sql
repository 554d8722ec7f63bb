-- Personal data at rest.

-- Null until everything that this database held of the person was cleared; a copy made in between is cleared again when
-- it is started.
alter table erased_persons add column cleaned_at timestamptz;

-- Whether `event` is sealed: only the person's data key opens it.
alter table dead_letters add column sealed boolean not null default false;

-- Events are never sampled for the planner: its statistics would keep copies of what they say, and no condition uses
-- these columns.
alter table log_batches alter column payload set statistics 0;
alter table log_batches alter column parts set statistics 0;
alter table log_stream_events alter column event set statistics 0;
alter table dead_letters alter column event set statistics 0;

-- Statistics gathered before. Servers older than 18 have no function for it; there the next rewrite of the table's
-- statistics by a superuser is what removes them.
do $$
declare
  sampled record;
begin
  if to_regproc('pg_catalog.pg_clear_attribute_stats') is null then
    return;
  end if;
  for sampled in
    select * from (values ('log_batches', 'payload'), ('log_batches', 'parts'), ('log_stream_events', 'event'),
                          ('dead_letters', 'event')) as columns(table_name, column_name)
  loop
    perform pg_clear_attribute_stats(current_schema(), sampled.table_name, sampled.column_name, false);
  end loop;
end $$;
