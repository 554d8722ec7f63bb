/** From hashes of keys to principals, many in one statement. */
import type { Database } from '../platform/postgres/database.ts';
import type { CredentialLookup } from './lookup-queue.ts';
import type { Principal, Scope } from './principal.ts';
import { expandScopes, knownScopes } from './scopes.ts';

/** Hashes of keys (hex) to their principals; unknown, revoked and expired keys are absent from the answer. */
export type KeyLookup = CredentialLookup<Principal>;

interface KeyRow {
  readonly bucket: number;
  readonly tenant: string;
  readonly id: string;
  readonly key_hash: Buffer;
  readonly scopes: readonly string[];
  readonly used_today: boolean;
}

/** `known` are the scopes of this installation: `knownScopes` of the names of its modules. */
export function databaseKeyLookup(
  database: Database,
  known: readonly Scope[] = knownScopes([]),
): KeyLookup {
  return async (hashes) => {
    const { rows } = await database.query<KeyRow>({
      // Crosses buckets, since the tenant is not known yet. Index api_keys_by_hash; a hash names one key at most.
      text: `select bucket, tenant, id, key_hash, scopes,
                    coalesce(last_used_on = (now() at time zone 'utc')::date, false) as used_today
             from api_keys
             where key_hash = any($1::bytea[]) and revoked_at is null
               and (expires_at is null or expires_at > now())`,
      values: [hashes],
    });
    const unused = rows.filter((row) => !row.used_today);
    // Not waited for and allowed to fail: a day that goes unrecorded is recorded at the next look-up.
    if (unused.length > 0) markUsed(database, unused).catch(() => undefined);
    return new Map(rows.map((row) => [row.key_hash.toString('hex'), principalOf(row, known)]));
  };
}

async function markUsed(database: Database, rows: readonly KeyRow[]): Promise<void> {
  await database.query({
    text: `update api_keys k set last_used_on = (now() at time zone 'utc')::date
           from unnest($1::integer[], $2::text[]) as used (bucket, id)
           where k.bucket = used.bucket and k.id = used.id
             and k.last_used_on is distinct from (now() at time zone 'utc')::date`,
    values: [rows.map((row) => row.bucket), rows.map((row) => row.id)],
  });
}

function principalOf(row: KeyRow, known: readonly Scope[]): Principal {
  return {
    keyId: row.id,
    tenant: row.tenant,
    scopes: expandScopes(row.scopes, known),
  };
}
