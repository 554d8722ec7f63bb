/** Keys of a tenant: made, listed, revoked. The secret leaves once, in the answer to `createKey`. */
import { cursorInvalid } from '../core/cursor.ts';
import { Failure } from '../core/errors.ts';
import type { Queryable } from '../platform/postgres/database.ts';
import { newApiKey } from './api-key.ts';
import {
  ALL_SCOPE,
  DEFAULT_TENANT,
  INSTALLATION_SCOPES,
  SCOPES,
  type AccessRules,
  type Principal,
  type Scope,
} from './principal.ts';
import { checkWithin } from './roles/grant.ts';

/** Most keys of a tenant that are neither revoked nor expired: people and systems, not requests. */
export const KEYS_PER_TENANT_MAX = 1000;
export const KEY_PAGE_DEFAULT = 100;
export const KEY_PAGE_MAX = 1000;

export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  /** `YYYY-MM-DD`, UTC. */
  readonly lastUsedOn: string | null;
}

export interface KeyRequest {
  readonly bucket: number;
  readonly tenant: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** RFC 3339; null for a key that lives until it is revoked. */
  readonly expiresAt: string | null;
}

/** Scopes a tenant's first key gets: all that do not reach beyond the tenant, now and later. */
export const TENANT_SCOPES: readonly Scope[] = [
  ...SCOPES.filter((scope) => !INSTALLATION_SCOPES.has(scope)),
  ALL_SCOPE,
];

/** A key has no rules of its own: it counts everywhere and to any amount. */
const NO_RULES: AccessRules = { locations: null, ownShiftOnly: false, amounts: {} };

/**
 * Refuses scopes that `principal` may not hand on: those it does not hold itself, those it holds under rules only, and
 * installation-wide ones outside tenant `default`. Errors: FORBIDDEN.
 */
export function checkGrant(principal: Principal, scopes: readonly Scope[]): void {
  for (const scope of scopes) {
    const held = principal.scopes.has(scope);
    const foreign = INSTALLATION_SCOPES.has(scope) && principal.tenant !== DEFAULT_TENANT;
    if (!held || foreign)
      throw new Failure(
        'FORBIDDEN',
        `The scope ${scope} cannot be granted by a key that does not hold it.`,
        {
          extra: { scope },
        },
      );
  }
  checkWithin(principal, { scopes: new Set(scopes), rules: NO_RULES });
}

/** Stores a new key and returns it with its secret. Errors: INPUT_INVALID above KEYS_PER_TENANT_MAX keys. */
export async function createKey(
  database: Queryable,
  request: KeyRequest,
): Promise<{ key: string; view: ApiKeyView }> {
  const { id, key, keyHash } = newApiKey();
  const { rows } = await database.query<KeyRow>({
    // The count is advisory (two creations at once may pass it by one), so it takes no lock.
    text: `insert into api_keys (bucket, tenant, id, name, key_hash, scopes, expires_at)
           select $1::integer, $2::text, $3::text, $4::text, $5::bytea, $6::text[], $7::timestamptz
           where (select count(*) from api_keys
                  where bucket = $1 and tenant = $2 and revoked_at is null
                    and (expires_at is null or expires_at > now())) < $8
           returning ${COLUMNS}`,
    values: [
      request.bucket,
      request.tenant,
      id,
      request.name,
      keyHash,
      request.scopes,
      request.expiresAt,
      KEYS_PER_TENANT_MAX,
    ],
  });
  const row = rows[0];
  if (row === undefined)
    throw new Failure(
      'INPUT_INVALID',
      `A tenant has at most ${KEYS_PER_TENANT_MAX} keys; revoke one first.`,
    );
  return { key, view: viewOf(row) };
}

/**
 * Keys of a tenant in the order they were made, revoked ones included; `after` is the id of the last one seen. Errors:
 * CURSOR_INVALID for an id that this tenant does not have.
 */
export async function listKeys(
  database: Queryable,
  page: { bucket: number; tenant: string; after: string | null; limit: number },
): Promise<{ items: readonly ApiKeyView[]; next: string | null; more: boolean }> {
  const { rows } = await database.query<KeyRow>({
    // Index api_keys_by_tenant.
    text: `select ${COLUMNS} from api_keys
           where bucket = $1 and tenant = $2
             and ($3::text is null or (created_at, id) >
                  (select created_at, id from api_keys where bucket = $1 and tenant = $2 and id = $3))
           order by created_at, id limit $4`,
    values: [page.bucket, page.tenant, page.after, page.limit + 1],
  });
  if (rows.length === 0 && page.after !== null) await requireKey(database, page, page.after);
  const items = rows.slice(0, page.limit).map(viewOf);
  const more = rows.length > page.limit;
  return { items, next: more ? (items.at(-1)?.id ?? null) : null, more };
}

async function requireKey(
  database: Queryable,
  { bucket, tenant }: { readonly bucket: number; readonly tenant: string },
  id: string,
): Promise<void> {
  const { rowCount } = await database.query({
    text: 'select 1 from api_keys where bucket = $1 and tenant = $2 and id = $3',
    values: [bucket, tenant, id],
  });
  if (rowCount === 0) throw cursorInvalid();
}

/** Revokes a key; revoking twice is as good as once. Errors: NOT_FOUND for an id that this tenant does not have. */
export async function revokeKey(
  database: Queryable,
  key: { bucket: number; tenant: string; id: string },
): Promise<void> {
  const { rowCount } = await database.query({
    text: `update api_keys set revoked_at = coalesce(revoked_at, now())
           where bucket = $1 and tenant = $2 and id = $3`,
    values: [key.bucket, key.tenant, key.id],
  });
  if (rowCount === 0) throw new Failure('NOT_FOUND', 'There is no key with this id.');
}

interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
  readonly last_used_on: string | null;
}

const RFC_3339 = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const COLUMNS = `id, name, scopes,
  to_char(created_at at time zone 'utc', ${RFC_3339}) as created_at,
  to_char(expires_at at time zone 'utc', ${RFC_3339}) as expires_at,
  to_char(revoked_at at time zone 'utc', ${RFC_3339}) as revoked_at,
  last_used_on::text as last_used_on`;

function viewOf(row: KeyRow): ApiKeyView {
  return {
    id: row.id,
    name: row.name,
    // safe because only known scopes were ever stored; those of a module that was taken out are shown as they are
    scopes: row.scopes as readonly Scope[],
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedOn: row.last_used_on,
  };
}
