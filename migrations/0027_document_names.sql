-- The name that the sender gave to the file, sealed: under the key of the person whose document it is, else under one of the
-- installation's that is bound to the tenant and the document. Null where none was given. Goes with the row.
alter table documents add column name bytea;
