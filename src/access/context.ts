/** What every part of access stands on, and who asks. */
import type { AuditEntry, AuditTrail } from '../core/audit.ts';
import type { Clock } from '../core/clock.ts';
import type { Database, Queryable } from '../platform/postgres/database.ts';
import type { PasswordHasher } from './passwords/password-hash.ts';
import type { Principal, Scope } from './principal.ts';
import type { AccessSecrets } from './sealing.ts';

export interface AccessContext {
  readonly database: Database;
  readonly bucketOf: (tenant: string) => number;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly secrets: AccessSecrets;
  readonly hasher: PasswordHasher;
  /** Every scope of this installation: what a permission of a role may be worth. */
  readonly known: readonly Scope[];
  readonly newId: () => string;
  /** Forgets cached sessions, so that a change made by this process counts at once. */
  forget(): void;
}

/** Where a request comes from, for the audit trail and for the delays of failed sign-ins. */
export interface Origin {
  readonly address: string;
  readonly traceId: string;
}

/** Who asks for a change. */
export interface Asker extends Origin {
  readonly principal: Principal;
}

/** A row's first key columns. */
export interface Place {
  readonly bucket: number;
  readonly tenant: string;
}

export function placeOf(context: AccessContext, tenant: string): Place {
  return { bucket: context.bucketOf(tenant), tenant };
}

/** Notes a change of who may do what. */
export function noteChange(
  context: AccessContext,
  asker: Asker,
  entry: Pick<AuditEntry, 'action' | 'subject' | 'before' | 'after'>,
): void {
  const { principal, address, traceId } = asker;
  context.audit.note({
    tenant: principal.tenant,
    class: 'security',
    actor: principal.keyId,
    address,
    traceId,
    ...entry,
  });
}

/**
 * Holds the tenant's row until the end of the transaction: changes of who owns it happen one after another. Locks one
 * row; nothing of the hot path waits for it.
 */
export async function lockTenant(tx: Queryable, { bucket, tenant }: Place): Promise<void> {
  await tx.query({
    text: 'select id from tenants where bucket = $1 and id = $2 for update',
    values: [bucket, tenant],
  });
}
