/** From hashes of session tokens to principals, many in one statement. Roles are read anew each time. */
import type { Database } from '../../platform/postgres/database.ts';
import type { CredentialLookup } from '../lookup-queue.ts';
import type { Principal, Scope } from '../principal.ts';
import { rightsOf, type HeldRole } from '../roles/combine.ts';

export interface FoundSession {
  readonly principal: Principal;
  /** Of the device it was opened on with a PIN: the session is worth nothing without that device's key. */
  readonly deviceKeyHash: Buffer | null;
  /** Puts off its end; called for what its person does, and for nothing that their browser repeats by itself. */
  use(): void;
}

/**
 * What makes or changes credentials. A PIN of four digits opens none of it: an invitation, a link, a key or a device that
 * was made with it would be good away from the device.
 */
const NOT_BY_PIN: ReadonlySet<Scope> = new Set<Scope>([
  'admin',
  'tenants:write',
  'access:write',
  'access:devices',
]);

interface SessionRow {
  readonly bucket: number;
  readonly tenant: string;
  readonly id: string;
  readonly user_id: string;
  readonly token_hash: Buffer;
  readonly device_id: string | null;
  readonly key_hash: Buffer | null;
  readonly is_due: boolean;
  readonly roles: readonly HeldRole[];
}

export function databaseSessionLookup(
  database: Database,
  known: readonly Scope[],
): CredentialLookup<FoundSession> {
  return async (hashes) => {
    const { rows } = await database.query<SessionRow>({
      // Crosses buckets, since the tenant is not known yet. Index access_sessions_by_token; all else by primary key.
      // Due when a twentieth of the idle time has gone by: a busy session is no stream of writes.
      text: `select s.bucket, s.tenant, s.id, s.user_id, s.token_hash, s.device_id, d.key_hash,
                    s.last_used_at < now() - make_interval(secs => s.idle_seconds / 20.0) as is_due,
                    coalesce((
                      select json_agg(json_build_object('role', r.role, 'locations', r.locations,
                               'ownShiftOnly', r.own_shift_only, 'amounts', r.amounts,
                               'permissions', o.permissions) order by r.role)
                      from access_user_roles r
                      left join access_roles o
                        on o.bucket = r.bucket and o.tenant = r.tenant and o.id = r.role
                      where r.bucket = s.bucket and r.tenant = s.tenant and r.user_id = s.user_id
                    ), '[]'::json) as roles
             from access_sessions s
             join access_users u
               on u.bucket = s.bucket and u.tenant = s.tenant and u.id = s.user_id
             left join access_devices d
               on d.bucket = s.bucket and d.tenant = s.tenant and d.id = s.device_id
             where s.token_hash = any($1::bytea[]) and s.revoked_at is null
               and s.expires_at > now()
               and s.last_used_at > now() - make_interval(secs => s.idle_seconds)
               and u.status = 'active'
               and (s.device_id is null or (d.id is not null and d.revoked_at is null))`,
      values: [hashes],
    });
    return new Map(
      rows.map((row) => {
        let isDue = row.is_due;
        const use = (): void => {
          // Not waited for and allowed to fail: the next look-up finds it due again.
          if (isDue) markUsed(database, row).catch(() => undefined);
          isDue = false;
        };
        return [row.token_hash.toString('hex'), { ...foundOf(row, known), use }];
      }),
    );
  };
}

async function markUsed(
  database: Database,
  { bucket, tenant, id }: Pick<SessionRow, 'bucket' | 'tenant' | 'id'>,
): Promise<void> {
  await database.query({
    text: `update access_sessions set last_used_at = now()
           where bucket = $1 and tenant = $2 and id = $3`,
    values: [bucket, tenant, id],
  });
}

function foundOf(row: SessionRow, known: readonly Scope[]): Omit<FoundSession, 'use'> {
  const { scopes, rules } = rightsOf(row.roles, row.tenant, known);
  const isByPin = row.device_id !== null;
  return {
    deviceKeyHash: row.key_hash,
    principal: {
      keyId: `user:${row.user_id}`,
      tenant: row.tenant,
      scopes: isByPin ? new Set([...scopes].filter((scope) => !NOT_BY_PIN.has(scope))) : scopes,
      rules,
      user: {
        userId: row.user_id,
        sessionId: row.id,
        deviceId: row.device_id,
        roles: row.roles.map(({ role }) => role),
      },
    },
  };
}
