/** One-time links: an invitation, a new password, a lost second factor, and the way back in of break-glass. */
import { Failure } from '../../core/errors.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import {
  noteChange,
  placeOf,
  type AccessContext,
  type Asker,
  type Origin,
  type Place,
} from '../context.ts';
import { checkPassword } from '../passwords/password-rules.ts';
import { hashToken, newLinkToken } from '../sessions/session-token.ts';
import { revokeSessionsOf } from '../sessions/sessions.ts';
import { readUser } from '../users/user-rows.ts';

export type LinkKind = 'invitation' | 'password' | 'totp' | 'break-glass';

const DAY_SECONDS = 24 * 3600;
/** Long enough to walk over with it, and no longer: it opens the house. */
const BREAK_GLASS_SECONDS = 3600;

export interface MadeLink {
  readonly kind: LinkKind;
  /** Shown once; only its hash is kept. */
  readonly token: string;
  /** RFC 3339, UTC. */
  readonly expiresAt: string;
}

interface LinkRequest {
  readonly place: Place;
  readonly userId: string;
  readonly kind: LinkKind;
  readonly createdBy: string;
}

/** Makes a link; one of the same kind that was not used yet is worth nothing any more. */
export async function makeLink(
  context: AccessContext,
  tx: Queryable,
  request: LinkRequest,
): Promise<MadeLink> {
  const { place, userId, kind, createdBy } = request;
  const token = newLinkToken();
  const seconds = kind === 'break-glass' ? BREAK_GLASS_SECONDS : DAY_SECONDS;
  await tx.query({
    // Index access_links_by_user.
    text: `update access_links set used_at = now()
           where bucket = $1 and tenant = $2 and user_id = $3 and kind = $4 and used_at is null`,
    values: [place.bucket, place.tenant, userId, kind],
  });
  const { rows } = await tx.query<{ expires_at: string }>({
    text: `insert into access_links (bucket, tenant, id, user_id, kind, token_hash, created_by, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(secs => $8))
           returning to_char(expires_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as expires_at`,
    values: [
      place.bucket,
      place.tenant,
      context.newId(),
      userId,
      kind,
      hashToken(token),
      createdBy,
      seconds,
    ],
  });
  return { kind, token, expiresAt: rows[0]?.expires_at ?? '' };
}

/** A link for somebody who exists; who asks was found to outrank them. */
export async function sendLink(
  context: AccessContext,
  asker: Asker,
  asked: { readonly userId: string; readonly kind: LinkKind },
): Promise<MadeLink> {
  const place = placeOf(context, asker.principal.tenant);
  const link = await makeLink(context, context.database, {
    place,
    ...asked,
    createdBy: asker.principal.keyId,
  });
  noteChange(context, asker, {
    action: 'link.made',
    subject: `user/${asked.userId}`,
    after: { kind: asked.kind, expiresAt: link.expiresAt },
  });
  return link;
}

/**
 * Makes the links of a person worthless that somebody else than `except` made: who was above the person then may not be
 * any more.
 */
export async function voidLinks(
  tx: Queryable,
  {
    place,
    userId,
    except,
  }: { readonly place: Place; readonly userId: string; readonly except: string },
): Promise<void> {
  await tx.query({
    // Index access_links_by_user.
    text: `update access_links set used_at = now()
           where bucket = $1 and tenant = $2 and user_id = $3 and used_at is null and created_by <> $4`,
    values: [place.bucket, place.tenant, userId, except],
  });
}

interface FoundLink extends Place {
  readonly id: string;
  readonly user_id: string;
  readonly kind: LinkKind;
  readonly password_hash: string | null;
}

/**
 * Uses a link up: sets the password, or with a link for a lost second factor takes that factor away when the password is
 * right. Opens no session; all that were open end. Errors: NOT_FOUND for a link that is unknown, used or expired;
 * INPUT_INVALID for a password that is not taken; UNAUTHENTICATED; OVERLOADED.
 */
export async function useLink(
  context: AccessContext,
  origin: Origin,
  given: { readonly token: string; readonly password: string },
): Promise<{ readonly tenant: string; readonly kind: LinkKind }> {
  const link = await findLink(context, given.token);
  const place: Place = { bucket: link.bucket, tenant: link.tenant };
  const whose = { place, userId: link.user_id };
  let passwordHash: string | null = null;
  if (link.kind === 'totp') {
    // Used up before the password is looked at, by a wrong one too: the link is no place to guess one.
    if (!(await markUsed(context.database, link))) throw unknownLink();
    if (!(await matches(context, link, given.password)))
      throw new Failure('UNAUTHENTICATED', 'The password is wrong. Ask for another link.');
  } else {
    const { view } = await readUser(context, whose);
    checkPassword(given.password, [view.email, view.name, place.tenant]);
    passwordHash = await context.hasher.hash(given.password);
  }
  await context.database.transaction(async (tx) => {
    if (link.kind !== 'totp' && !(await markUsed(tx, link))) throw unknownLink();
    if (passwordHash !== null) await setPassword(tx, { ...whose, passwordHash });
    if (link.kind === 'totp' || link.kind === 'break-glass') await clearSecondFactor(tx, whose);
    await revokeSessionsOf(tx, whose);
  });
  context.forget();
  context.audit.note({
    tenant: link.tenant,
    class: 'security',
    action: 'link.used',
    actor: `user:${link.user_id}`,
    address: origin.address,
    traceId: origin.traceId,
    subject: `user/${link.user_id}`,
    after: { kind: link.kind },
  });
  return { tenant: link.tenant, kind: link.kind };
}

async function findLink(context: AccessContext, token: string): Promise<FoundLink> {
  const { rows } = await context.database.query<FoundLink>({
    // Crosses buckets: the token is all there is. Index access_links_by_token.
    text: `select l.bucket, l.tenant, l.id, l.user_id, l.kind, u.password_hash
           from access_links l
           join access_users u on u.bucket = l.bucket and u.tenant = l.tenant and u.id = l.user_id
           where l.token_hash = $1 and l.used_at is null and l.expires_at > now()
             and u.status <> 'disabled'`,
    values: [hashToken(token)],
  });
  const [link] = rows;
  if (link === undefined) throw unknownLink();
  return link;
}

async function markUsed(tx: Queryable, link: FoundLink): Promise<boolean> {
  const { rowCount } = await tx.query({
    text: `update access_links set used_at = now()
           where bucket = $1 and tenant = $2 and id = $3 and used_at is null and expires_at > now()`,
    values: [link.bucket, link.tenant, link.id],
  });
  return rowCount === 1;
}

/** Gives the link back where there was no time to look. Errors: OVERLOADED. */
async function matches(
  { hasher, database }: AccessContext,
  link: FoundLink,
  password: string,
): Promise<boolean> {
  try {
    return await hasher.matches(password, link.password_hash);
  } catch (error) {
    await database.query({
      text: 'update access_links set used_at = null where bucket = $1 and tenant = $2 and id = $3',
      values: [link.bucket, link.tenant, link.id],
    });
    throw error;
  }
}

function unknownLink(): Failure {
  return new Failure('NOT_FOUND', 'The link is unknown, was used or has expired.');
}

/**
 * Sets a password and lets its person in: who was invited is active from now on. Other links that would set one are worth
 * nothing any more; one for a lost second factor asks for the new password.
 */
export async function setPassword(
  tx: Queryable,
  asked: { readonly place: Place; readonly userId: string; readonly passwordHash: string },
): Promise<void> {
  const { place, userId, passwordHash } = asked;
  await tx.query({
    text: `update access_users
           set password_hash = $4, pin_failures = 0,
               status = case when status = 'invited' then 'active' else status end
           where bucket = $1 and tenant = $2 and id = $3`,
    values: [place.bucket, place.tenant, userId, passwordHash],
  });
  await tx.query({
    // Index access_links_by_user.
    text: `update access_links set used_at = now()
           where bucket = $1 and tenant = $2 and user_id = $3 and used_at is null and kind <> 'totp'`,
    values: [place.bucket, place.tenant, userId],
  });
}

/** Takes the second factor and its recovery codes away. */
export async function clearSecondFactor(
  tx: Queryable,
  { place, userId }: { readonly place: Place; readonly userId: string },
): Promise<void> {
  const values = [place.bucket, place.tenant, userId];
  await tx.query({
    text: `update access_users set totp_sealed = null, totp_pending = null, totp_last_step = null
           where bucket = $1 and tenant = $2 and id = $3`,
    values,
  });
  await tx.query({
    text: 'delete from access_recovery_codes where bucket = $1 and tenant = $2 and user_id = $3',
    values,
  });
}
