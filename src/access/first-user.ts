/** The first login of a house: given by COMPTOIR_ADMIN_EMAIL and COMPTOIR_ADMIN_PASSWORD, or made and printed once. */
import { randomBytes } from 'node:crypto';
import type { Queryable } from '../platform/postgres/database.ts';
import { lockTenant, placeOf, type AccessContext, type Place } from './context.ts';
import { setPassword } from './links/links.ts';
import { isCommon } from './passwords/password-rules.ts';
import { OWNER } from './roles/built-in-roles.ts';
import { insertUser } from './users/write-users.ts';

/** 120 bits in 20 letters: nobody types it twice. */
const PASSWORD_BYTES = 15;

export interface FirstUserRequest {
  readonly tenant: string;
  readonly email: string;
  /** Made when absent. */
  readonly password?: string | undefined;
}

export interface FirstUser {
  readonly email: string;
  /** A password that was made just now: print it, it is not shown again. */
  readonly madePassword?: string;
  /** The given password is among those that are guessed first: warn. */
  readonly isWeak: boolean;
}

/** Makes an owner where the tenant has nobody at all; null when it has somebody. The tenant exists. */
export async function ensureFirstUser(
  context: AccessContext,
  request: FirstUserRequest,
): Promise<FirstUser | null> {
  const { tenant, email, password: given } = request;
  const place = placeOf(context, tenant);
  if (await hasPeople(context.database, place)) return null;
  const password = given ?? randomBytes(PASSWORD_BYTES).toString('base64url');
  const passwordHash = await context.hasher.hash(password);
  const isMade = await context.database.transaction(async (tx) => {
    // Of two processes that start together one makes the person, the other finds them.
    await lockTenant(tx, place);
    if (await hasPeople(tx, place)) return false;
    const user = { email, name: 'Owner', language: 'en', roles: [OWNER_ROLE] };
    const userId = await insertUser(context, tx, { ...user, place });
    await setPassword(tx, { place, userId, passwordHash });
    return true;
  });
  if (!isMade) return null;
  context.audit.note({
    tenant,
    class: 'security',
    action: 'user.made',
    actor: 'server:start',
    address: null,
    after: { roles: [OWNER] },
  });
  return {
    email,
    isWeak: given !== undefined && isCommon(given),
    ...(given === undefined ? { madePassword: password } : {}),
  };
}

const OWNER_ROLE = { role: OWNER, locations: null, ownShiftOnly: false, amounts: {} } as const;

async function hasPeople(tx: Queryable, { bucket, tenant }: Place): Promise<boolean> {
  const { rows } = await tx.query({
    text: 'select id from access_users where bucket = $1 and tenant = $2 limit 1',
    values: [bucket, tenant],
  });
  return rows.length > 0;
}
