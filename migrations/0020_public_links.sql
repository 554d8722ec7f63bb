-- Links that let somebody in without a sign-in: to the status of an order, a place on the waiting list, their own data.
-- Links to bookings and feeds are computed from a secret and stored nowhere. Distribution key: tenant.
create table public_links (
  tenant text collate "C" not null,
  -- SHA-256 of the token, which has 128 bits and is kept nowhere.
  token_hash bytea not null check (length(token_hash) = 32),
  purpose text not null check (purpose in ('order', 'waiting', 'me')),
  -- Ids of streams or persons that it opens. They say nothing about anybody by themselves.
  subjects text[] not null check (cardinality(subjects) between 1 and 20),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (tenant, token_hash)
);
-- The sweep, a few times a day.
create index public_links_by_end on public_links (expires_at);
-- Revoking all links to a subject.
create index public_links_by_subject on public_links using gin (subjects);

-- Names of businesses in the addresses of their public pages, over all tenants. An old one keeps leading to its business,
-- because it is printed on tables; the newest is the one that is shown. Distribution key: slug (looked up without a tenant).
create table public_slugs (
  slug text collate "C" primary key check (slug ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  tenant text collate "C" not null,
  claimed_at timestamptz not null
);
create index public_slugs_by_tenant on public_slugs (tenant, claimed_at);
