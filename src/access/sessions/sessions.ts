/** Sessions of people: opened, listed, rotated, revoked. */
import { Failure } from '../../core/errors.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import type { AccessContext, Origin, Place } from '../context.ts';
import { hashToken, newSessionToken } from './session-token.ts';

/** A working day. Rotated at every sign-in, and gone without one (ASVS 7.3.2). */
export const SESSION_SECONDS_MAX = 24 * 3600;
/** A pause between two shifts (ASVS 7.3.1). */
export const SESSION_IDLE_SECONDS = 4 * 3600;
/** A long shift at one till. */
export const PIN_SESSION_SECONDS_MAX = 16 * 3600;
/** The device locks itself when nobody uses it for so long. */
export const PIN_SESSION_IDLE_SECONDS = 300;
/** Browsers and tablets of one person; the oldest makes room. */
const SESSIONS_PER_USER_MAX = 50;
/** Of the header User-Agent: enough to tell one browser from another. */
const AGENT_LENGTH_MAX = 200;

export interface Client {
  readonly address: string;
  readonly agent: string;
}

export interface NewSession {
  readonly place: Place;
  readonly userId: string;
  readonly deviceId: string | null;
  readonly client: Client;
}

export interface SessionView {
  readonly id: string;
  readonly userId: string;
  readonly method: 'password' | 'pin';
  readonly deviceId: string | null;
  readonly address: string;
  readonly agent: string;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly expiresAt: string;
}

/** Opens a session with a token of its own: what the browser carried before is worth nothing to it (ASVS 7.2.4). */
export async function openSession(
  context: AccessContext,
  session: NewSession,
  tx: Queryable = context.database,
): Promise<{ readonly id: string; readonly token: string }> {
  const { place, userId, deviceId, client } = session;
  const id = context.newId();
  const token = newSessionToken();
  const shown = { address: client.address, agent: client.agent.slice(0, AGENT_LENGTH_MAX) };
  const isPin = deviceId !== null;
  await tx.query({
    text: `insert into access_sessions (bucket, tenant, id, user_id, token_hash, method, device_id,
                                        client_sealed, expires_at, idle_seconds)
           values ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(secs => $9), $10)`,
    values: [
      place.bucket,
      place.tenant,
      id,
      userId,
      hashToken(token),
      isPin ? 'pin' : 'password',
      deviceId,
      context.secrets.seal(JSON.stringify(shown), [place.tenant, id, 'client']),
      isPin ? PIN_SESSION_SECONDS_MAX : SESSION_SECONDS_MAX,
      isPin ? PIN_SESSION_IDLE_SECONDS : SESSION_IDLE_SECONDS,
    ],
  });
  await tx.query({
    // Index access_sessions_by_user. The new one stays although the clock was set back since the others began.
    text: `update access_sessions set revoked_at = now()
           where bucket = $1 and tenant = $2 and revoked_at is null and id in (
             select id from access_sessions
             where bucket = $1 and tenant = $2 and user_id = $3 and revoked_at is null
             order by id = $5 desc, created_at desc, id desc offset $4)`,
    values: [place.bucket, place.tenant, userId, SESSIONS_PER_USER_MAX, id],
  });
  return { id, token };
}

/** A new token for the same session, after its person proved something or gained rights. Errors: UNAUTHENTICATED. */
export async function rotateSession(
  tx: Queryable,
  session: { readonly place: Place; readonly id: string },
): Promise<string> {
  const token = newSessionToken();
  const { rowCount } = await tx.query({
    text: `update access_sessions set token_hash = $4
           where bucket = $1 and tenant = $2 and id = $3 and revoked_at is null`,
    values: [session.place.bucket, session.place.tenant, session.id, hashToken(token)],
  });
  if (rowCount === 0) throw new Failure('UNAUTHENTICATED', 'The session has ended. Sign in again.');
  return token;
}

/** Revokes sessions of a person, all of them or all but one. Answers with how many there were. */
export async function revokeSessionsOf(
  tx: Queryable,
  whose: { readonly place: Place; readonly userId: string; readonly except?: string },
): Promise<number> {
  const { rowCount } = await tx.query({
    text: `update access_sessions set revoked_at = now()
           where bucket = $1 and tenant = $2 and user_id = $3 and revoked_at is null
             and id is distinct from $4`,
    values: [whose.place.bucket, whose.place.tenant, whose.userId, whose.except ?? null],
  });
  return rowCount;
}

/** Revokes what is open on a device: somebody else switches in, or the device itself is revoked. */
export async function revokeSessionsOn(
  tx: Queryable,
  where: { readonly place: Place; readonly deviceId: string },
): Promise<void> {
  await tx.query({
    text: `update access_sessions set revoked_at = now()
           where bucket = $1 and tenant = $2 and device_id = $3 and revoked_at is null`,
    values: [where.place.bucket, where.place.tenant, where.deviceId],
  });
}

/** Ends one session; ending twice is as good as once. */
export async function revokeSession(
  tx: Queryable,
  session: { readonly place: Place; readonly id: string },
): Promise<void> {
  await tx.query({
    text: `update access_sessions set revoked_at = coalesce(revoked_at, now())
           where bucket = $1 and tenant = $2 and id = $3`,
    values: [session.place.bucket, session.place.tenant, session.id],
  });
}

const RFC_3339 = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const IS_OPEN = `revoked_at is null and expires_at > now()
  and last_used_at > now() - make_interval(secs => idle_seconds)`;

interface SessionRow {
  readonly id: string;
  readonly user_id: string;
  readonly method: 'password' | 'pin';
  readonly device_id: string | null;
  readonly client_sealed: Buffer;
  readonly created_at: string;
  readonly last_used_at: string;
  readonly expires_at: string;
}

/** Open sessions of a person, the newest first; at most SESSIONS_PER_USER_MAX. */
export async function listSessions(
  context: AccessContext,
  whose: { readonly place: Place; readonly userId: string },
): Promise<readonly SessionView[]> {
  const { place, userId } = whose;
  const { rows } = await context.database.query<SessionRow>({
    text: `select id, user_id, method, device_id, client_sealed,
                  to_char(created_at at time zone 'utc', ${RFC_3339}) as created_at,
                  to_char(last_used_at at time zone 'utc', ${RFC_3339}) as last_used_at,
                  to_char(expires_at at time zone 'utc', ${RFC_3339}) as expires_at
           from access_sessions
           where bucket = $1 and tenant = $2 and user_id = $3 and ${IS_OPEN}
           order by access_sessions.created_at desc, id desc limit $4`,
    values: [place.bucket, place.tenant, userId, SESSIONS_PER_USER_MAX],
  });
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    method: row.method,
    deviceId: row.device_id,
    ...clientOf(context, place.tenant, row),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  }));
}

/** Whose session it is, ended ones included; null for one that this tenant does not have. */
export async function ownerOfSession(
  tx: Queryable,
  session: { readonly place: Place; readonly id: string },
): Promise<string | null> {
  const { rows } = await tx.query<{ user_id: string }>({
    text: 'select user_id from access_sessions where bucket = $1 and tenant = $2 and id = $3',
    values: [session.place.bucket, session.place.tenant, session.id],
  });
  return rows[0]?.user_id ?? null;
}

function clientOf(
  { secrets }: AccessContext,
  tenant: string,
  row: Pick<SessionRow, 'id' | 'client_sealed'>,
): Client {
  // safe because openSession wrote it, and what was altered does not open
  return JSON.parse(secrets.open(row.client_sealed, [tenant, row.id, 'client'])) as Client;
}

/** Ends a session and notes it. */
export async function endSession(
  context: AccessContext,
  origin: Origin,
  session: { readonly place: Place; readonly id: string; readonly userId: string },
): Promise<void> {
  const { place, id, userId } = session;
  await revokeSession(context.database, { place, id });
  context.forget();
  context.audit.note({
    tenant: place.tenant,
    class: 'security',
    action: 'session.ended',
    actor: `user:${userId}`,
    address: origin.address,
    traceId: origin.traceId,
    subject: `session/${id}`,
  });
}
