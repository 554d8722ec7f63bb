/** The first key of an installation: given by COMPTOIR_ADMIN_API_KEY or made and printed once. */
import { Failure } from '../core/errors.ts';
import type { Database, Queryable } from '../platform/postgres/database.ts';
import { hashKey, newKeyId } from './api-key.ts';
import { createKey } from './keys.ts';
import { ALL_SCOPE, DEFAULT_TENANT, SCOPES, type Scope } from './principal.ts';
import { insertTenant } from './tenants.ts';

/** Every scope there is and will be. */
const ADMIN_SCOPES: readonly Scope[] = [...SCOPES, ALL_SCOPE];

/** 24 to 200 printable ASCII characters, no space at either end since HTTP trims header values. */
const ADMIN_KEY_PATTERN = /^[\x21-\x7e][\x20-\x7e]{22,198}[\x21-\x7e]$/;

export interface AdminKeyRequest {
  readonly database: Database;
  readonly bucketOf: (tenant: string) => number;
  /** The value of COMPTOIR_ADMIN_API_KEY. */
  readonly adminApiKey?: string | undefined;
}

export interface AdminKeyResult {
  /** A key that was made just now: print it, it is not shown again. */
  readonly created?: string;
  /** True when a key was given but another admin key exists already: warn. */
  readonly ignored: boolean;
}

/**
 * Makes sure that tenant `default` exists and has a key with every scope. A given key counts only while there is no
 * usable admin key (neither revoked nor expired). Errors: INPUT_INVALID when the given key has the wrong form.
 */
export async function ensureAdminKey(request: AdminKeyRequest): Promise<AdminKeyResult> {
  const { database, adminApiKey } = request;
  if (adminApiKey !== undefined && !ADMIN_KEY_PATTERN.test(adminApiKey))
    throw new Failure(
      'INPUT_INVALID',
      'COMPTOIR_ADMIN_API_KEY must have 24 to 200 printable ASCII characters.',
    );
  const bucket = request.bucketOf(DEFAULT_TENANT);
  return database.transaction(async (tx) => {
    await insertTenant(tx, { id: DEFAULT_TENANT, bucket });
    // Row lock of the tenant: of two processes that start together one makes the key, the other finds it.
    await tx.query({
      text: 'select id from tenants where bucket = $1 and id = $2 for update',
      values: [bucket, DEFAULT_TENANT],
    });
    const hashes = await adminKeyHashes(tx, bucket);
    if (hashes.length > 0) {
      const given = adminApiKey === undefined ? null : hashKey(adminApiKey);
      return { ignored: given !== null && !hashes.some((stored) => stored.equals(given)) };
    }
    if (adminApiKey !== undefined) {
      await insertGivenKey(tx, bucket, hashKey(adminApiKey));
      return { ignored: false };
    }
    return { created: await makeAdminKey(tx, bucket, 'first admin key'), ignored: false };
  });
}

/** A further key of tenant `default` with every scope, such as the one the command line keeps. Returns the secret. */
export async function makeAdminKey(
  database: Queryable,
  bucket: number,
  name: string,
): Promise<string> {
  const { key } = await createKey(database, {
    bucket,
    tenant: DEFAULT_TENANT,
    name,
    scopes: ADMIN_SCOPES,
    expiresAt: null,
  });
  return key;
}

async function adminKeyHashes(tx: Queryable, bucket: number): Promise<readonly Buffer[]> {
  const { rows } = await tx.query<{ key_hash: Buffer }>({
    text: `select key_hash from api_keys
           where bucket = $1 and tenant = $2 and 'admin' = any(scopes) and revoked_at is null
             and (expires_at is null or expires_at > now())`,
    values: [bucket, DEFAULT_TENANT],
  });
  return rows.map((row) => row.key_hash);
}

async function insertGivenKey(tx: Queryable, bucket: number, keyHash: Buffer): Promise<void> {
  await tx.query({
    text: `insert into api_keys (bucket, tenant, id, name, key_hash, scopes)
           values ($1, $2, $3, 'given at start', $4, $5)`,
    values: [bucket, DEFAULT_TENANT, newKeyId(), keyHash, ADMIN_SCOPES],
  });
}
