/** From hashes of session tokens to principals, many in one statement. Roles are read anew each time. */
import type { Database } from '../../platform/postgres/database.ts';
import type { CredentialLookup } from '../lookup-queue.ts';
import type { Principal, Scope } from '../principal.ts';
import { rightsOf, type HeldRole } from '../roles/combine.ts';

export interface FoundSession {
  readonly principal: Principal;
  /** Of the device it was opened on with a PIN: the session is worth nothing without that device's key. */
  readonly deviceKeyHash: Buffer | null;
}

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
      // Written when a twentieth of the idle time has gone by: a busy session is no stream of writes.
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
    const due = rows.filter((row) => row.is_due);
    // Not waited for and allowed to fail: the next look-up writes it.
    if (due.length > 0) markUsed(database, due).catch(() => undefined);
    return new Map(rows.map((row) => [row.token_hash.toString('hex'), foundOf(row, known)]));
  };
}

async function markUsed(database: Database, rows: readonly SessionRow[]): Promise<void> {
  await database.query({
    text: `update access_sessions s set last_used_at = now()
           from unnest($1::integer[], $2::text[], $3::text[]) as used (bucket, tenant, id)
           where s.bucket = used.bucket and s.tenant = used.tenant and s.id = used.id`,
    values: [
      rows.map(({ bucket }) => bucket),
      rows.map(({ tenant }) => tenant),
      rows.map(({ id }) => id),
    ],
  });
}

function foundOf(row: SessionRow, known: readonly Scope[]): FoundSession {
  const { scopes, rules } = rightsOf(row.roles, row.tenant, known);
  return {
    deviceKeyHash: row.key_hash,
    principal: {
      keyId: `user:${row.user_id}`,
      tenant: row.tenant,
      scopes,
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
