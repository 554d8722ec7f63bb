/** Tenants of the installation. A tenant is born with one key that can do everything within it. */
import { Failure } from '../core/errors.ts';
import type { Database, Queryable } from '../platform/postgres/database.ts';
import { createKey, TENANT_SCOPES } from './keys.ts';

/** DNS label rules, so that a tenant id can be part of a host name, a path or a file name. */
export const TENANT_ID_PATTERN = '^[a-z0-9][a-z0-9-]{0,62}$';

/** Makes a tenant and its first key. Errors: TENANT_EXISTS; INPUT_INVALID for an id of the wrong form. */
export async function createTenant(
  database: Database,
  tenant: { id: string; bucket: number },
): Promise<{ tenant: string; apiKey: string }> {
  return database.transaction((tx) => createTenantWithin(tx, tenant));
}

/** The same as part of a transaction. */
export async function createTenantWithin(
  tx: Queryable,
  tenant: { id: string; bucket: number },
): Promise<{ tenant: string; apiKey: string }> {
  if (!new RegExp(TENANT_ID_PATTERN).test(tenant.id))
    throw new Failure(
      'INPUT_INVALID',
      'A tenant id has 1 to 63 lower-case letters, digits and hyphens.',
      {
        errors: [{ at: '/id', message: `must match ${TENANT_ID_PATTERN}`, code: 'ID_FORM' }],
      },
    );
  if (!(await insertTenant(tx, tenant)))
    throw new Failure('TENANT_EXISTS', `There is a tenant ${tenant.id} already.`);
  const { key } = await createKey(tx, {
    bucket: tenant.bucket,
    tenant: tenant.id,
    name: 'first key',
    scopes: TENANT_SCOPES,
    expiresAt: null,
  });
  return { tenant: tenant.id, apiKey: key };
}

/**
 * True when the tenant was made, false when it existed, or when the id leads to the public pages of another business: the
 * address would be that one's for ever, and links of the new tenant would end there. Within a transaction nobody can
 * claim the id as such a name meanwhile.
 */
export async function insertTenant(
  database: Queryable,
  tenant: { id: string; bucket: number },
): Promise<boolean> {
  await lockName(database, tenant.id);
  const { rowCount } = await database.query({
    text: `insert into tenants (bucket, id)
      select $1, $2 where not exists (select from public_slugs where slug = $2 and tenant <> $2)
      on conflict do nothing`,
    values: [tenant.bucket, tenant.id],
  });
  return rowCount === 1;
}

/**
 * Ids of tenants and names of public pages are one space of names in two tables. Whoever takes a name in either holds this
 * lock until its transaction ends, so that the look into the other table stays true: a transaction-level advisory lock of
 * the name, held for the two or three statements that follow.
 */
export async function lockName(tx: Queryable, name: string): Promise<void> {
  await tx.query({
    text: `select pg_advisory_xact_lock(hashtextextended('comptoir.name/' || $1, 0))`,
    values: [name],
  });
}
