-- People, roles, sessions, devices, approvals. Tables of their own and not events of the log: secrets must not stay for
-- ever, a revocation must count within 2 s, and sign-in must work while projections lag (decision 0010).
--
-- Distribution key of every table here: bucket. E-mail addresses, names and places of clients are sealed with a key of
-- the key store; what has to be found by its value (an address, a token) is found by a keyed hash of it.

create table access_users (
  bucket integer not null,
  tenant text collate "C" not null,
  id text collate "C" not null,
  -- HMAC of the address in lower case, bound to the tenant: unique, and nothing to read in a dump.
  email_hash bytea not null,
  email_sealed bytea not null,
  name_sealed bytea not null,
  language text not null,
  status text not null check (status in ('invited', 'active', 'disabled')),
  -- PHC string of argon2id; null until the first password is set.
  password_hash text,
  -- A confirmed second factor, and one that waits for its first code.
  totp_sealed bytea,
  totp_pending bytea,
  -- The last time step whose code was taken: a code counts once (RFC 6238, section 5.2).
  totp_last_step bigint,
  -- HMAC of the PIN; tries since the last success.
  pin_hash bytea,
  pin_failures integer not null default 0,
  created_at timestamptz not null default now(),
  signed_in_on date,
  primary key (bucket, tenant, id),
  foreign key (bucket, tenant) references tenants (bucket, id)
);
create unique index access_users_by_email on access_users (bucket, tenant, email_hash);

-- A tenant's own roles; the built-in ones stand in src/access/roles/built-in-roles.ts.
create table access_roles (
  bucket integer not null,
  tenant text collate "C" not null,
  id text collate "C" not null,
  name text not null,
  permissions text[] not null,
  created_at timestamptz not null default now(),
  primary key (bucket, tenant, id),
  foreign key (bucket, tenant) references tenants (bucket, id)
);

create table access_user_roles (
  bucket integer not null,
  tenant text collate "C" not null,
  user_id text collate "C" not null,
  -- Of a built-in role or one of access_roles: checked by whoever writes, since the first are no rows.
  role text collate "C" not null,
  -- Null for all locations.
  locations text[],
  own_shift_only boolean not null default false,
  -- Most minor units by permission: {"orders:refund": 5000}.
  amounts jsonb not null default '{}',
  primary key (bucket, tenant, user_id, role),
  foreign key (bucket, tenant, user_id) references access_users (bucket, tenant, id) on delete cascade
);
create index access_user_roles_by_role on access_user_roles (bucket, tenant, role);

create table access_devices (
  bucket integer not null,
  tenant text collate "C" not null,
  id text collate "C" not null,
  name text not null,
  location_id text,
  -- SHA-256 of a key of 256 bits, as for API keys.
  key_hash bytea not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  last_used_on date,
  primary key (bucket, tenant, id),
  foreign key (bucket, tenant) references tenants (bucket, id)
);
-- A device shows its key before its tenant is known: this look-up crosses buckets.
create index access_devices_by_key on access_devices using hash (key_hash);

create table access_sessions (
  bucket integer not null,
  tenant text collate "C" not null,
  id text collate "C" not null,
  user_id text collate "C" not null,
  -- SHA-256 of a token of 256 bits. Changes when the session is rotated; the id stays.
  token_hash bytea not null,
  method text not null check (method in ('password', 'pin')),
  device_id text collate "C",
  -- {"address", "agent"}, so that a person knows which session is which.
  client_sealed bytea not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  idle_seconds integer not null,
  revoked_at timestamptz,
  primary key (bucket, tenant, id),
  foreign key (bucket, tenant, user_id) references access_users (bucket, tenant, id) on delete cascade
);
-- The look-up of a request crosses buckets, as that of an API key does, and is cached for a second in each process.
create index access_sessions_by_token on access_sessions using hash (token_hash);
create index access_sessions_by_user on access_sessions (bucket, tenant, user_id, created_at);
-- Old rows are removed in order of age.
create index access_sessions_by_expiry on access_sessions (expires_at);

create table access_recovery_codes (
  bucket integer not null,
  tenant text collate "C" not null,
  user_id text collate "C" not null,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (bucket, tenant, user_id, code_hash),
  foreign key (bucket, tenant, user_id) references access_users (bucket, tenant, id) on delete cascade
);

-- Invitation, password reset, lost second factor, break-glass: one-time links.
create table access_links (
  bucket integer not null,
  tenant text collate "C" not null,
  id text collate "C" not null,
  user_id text collate "C" not null,
  kind text not null check (kind in ('invitation', 'password', 'totp', 'break-glass')),
  token_hash bytea not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (bucket, tenant, id),
  foreign key (bucket, tenant, user_id) references access_users (bucket, tenant, id) on delete cascade
);
-- A link carries its token alone: this look-up crosses buckets.
create index access_links_by_token on access_links using hash (token_hash);
create index access_links_by_user on access_links (bucket, tenant, user_id);
create index access_links_by_expiry on access_links (expires_at);

create table access_approvals (
  bucket integer not null,
  tenant text collate "C" not null,
  id text collate "C" not null,
  -- SHA-256 in hexadecimal of the one command that it is for.
  digest text not null,
  permission text not null,
  -- {"command", "target", "input"}: what the approver is shown, and what the digest was made from.
  shown_sealed bytea not null,
  requested_by text collate "C" not null,
  device_id text collate "C",
  status text not null check (status in ('open', 'approved', 'refused', 'used')),
  approver_id text collate "C",
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  decided_at timestamptz,
  primary key (bucket, tenant, id),
  foreign key (bucket, tenant) references tenants (bucket, id)
);
create index access_approvals_open on access_approvals (bucket, tenant, created_at) where status = 'open';
create index access_approvals_by_expiry on access_approvals (expires_at);

-- Where a person signed in with success before: keyed hashes of an address or of a browser's own id.
create table access_known_places (
  bucket integer not null,
  tenant text collate "C" not null,
  user_id text collate "C" not null,
  place_hash bytea not null,
  seen_at timestamptz not null default now(),
  primary key (bucket, tenant, user_id, place_hash),
  foreign key (bucket, tenant, user_id) references access_users (bucket, tenant, id) on delete cascade
);

-- Failed sign-ins by what they are counted for: an account, an address, an account at a known place. The bucket is the
-- tenant's that was named, whether it exists or not.
create table access_attempts (
  bucket integer not null,
  counter_hash bytea not null,
  failures integer not null,
  -- Until then every further try is refused unseen.
  delayed_until timestamptz not null,
  last_at timestamptz not null default now(),
  primary key (bucket, counter_hash)
);
create index access_attempts_by_age on access_attempts (last_at);
