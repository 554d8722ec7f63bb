-- The scope `all` stands for everything within a tenant, modules that come later included. Keys that held everything
-- there was before modules existed get it, so that the first key of a tenant, and of the installation, keeps its word.
-- Crosses buckets: one small table, once.
update api_keys
set scopes = scopes || '{all}'
where scopes @> '{events:write,events:read,admin}' and not scopes @> '{all}';
