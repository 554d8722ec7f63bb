/** People made, changed, removed. Every change is checked against what the asker holds, and noted. */
import { Failure } from '../../core/errors.ts';
import { DatabaseError, type Queryable } from '../../platform/postgres/database.ts';
import {
  lockTenant,
  noteChange,
  placeOf,
  type AccessContext,
  type Asker,
  type Place,
} from '../context.ts';
import { makeLink, voidLinks, type MadeLink } from '../links/links.ts';
import type { Principal } from '../principal.ts';
import { OWNER } from '../roles/built-in-roles.ts';
import type { Assignment } from '../roles/combine.ts';
import { checkWithin } from '../roles/grant.ts';
import { rightsOfAssignments } from '../roles/own-roles.ts';
import { revokeSessionsOf } from '../sessions/sessions.ts';
import { emailHashOf, plainEmail, readUser, type UserPlace, type UserView } from './user-rows.ts';

/** Most people of a tenant: a large house with its seasonal staff, not its guests. */
export const USERS_PER_TENANT_MAX = 2000;
const SQLSTATE_UNIQUE = '23505';

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly language: string;
  readonly roles: readonly Assignment[];
}

/** Stores a person without a password. Errors: USER_EXISTS; INPUT_INVALID above USERS_PER_TENANT_MAX. */
export async function insertUser(
  context: AccessContext,
  tx: Queryable,
  user: NewUser & { readonly place: Place },
): Promise<string> {
  const { place } = user;
  const id = context.newId();
  const { secrets } = context;
  const email = plainEmail(user.email);
  try {
    const { rowCount } = await tx.query({
      // The count is advisory (two at once may pass it by one), so it takes no lock.
      text: `insert into access_users (bucket, tenant, id, email_hash, email_sealed, name_sealed, language, status)
             select $1::integer, $2::text, $3::text, $4::bytea, $5::bytea, $6::bytea, $7::text, 'invited'
             where (select count(*) from access_users where bucket = $1 and tenant = $2) < $8`,
      values: [
        place.bucket,
        place.tenant,
        id,
        emailHashOf(context, place.tenant, email),
        secrets.seal(email, [place.tenant, id, 'email']),
        secrets.seal(user.name, [place.tenant, id, 'name']),
        user.language,
        USERS_PER_TENANT_MAX,
      ],
    });
    if (rowCount === 0)
      throw new Failure('INPUT_INVALID', `A tenant has at most ${USERS_PER_TENANT_MAX} people.`);
  } catch (error) {
    if (error instanceof DatabaseError && error.sqlstate === SQLSTATE_UNIQUE)
      throw new Failure('USER_EXISTS', 'There is a person with this e-mail already.');
    throw error;
  }
  await writeRoles(tx, { place, userId: id }, user.roles);
  return id;
}

/** Makes a person and the link by which they set their password. Errors: FORBIDDEN, USER_EXISTS, INPUT_INVALID. */
export async function inviteUser(
  context: AccessContext,
  asker: Asker,
  user: NewUser,
): Promise<{ readonly user: UserView; readonly link: MadeLink }> {
  const { principal } = asker;
  const place = placeOf(context, principal.tenant);
  const made = await context.database.transaction(async (tx) => {
    // A role that is about to be removed is not given meanwhile.
    await lockTenant(tx, place);
    checkWithin(principal, await rightsOfAssignments(context, tx, { place, roles: user.roles }));
    const userId = await insertUser(context, tx, { ...user, place });
    const link = await makeLink(context, tx, {
      place,
      userId,
      kind: 'invitation',
      createdBy: principal.keyId,
    });
    return { user: (await readUser(context, { place, userId }, tx)).view, link };
  });
  const { id, roles } = made.user;
  noteChange(context, asker, { action: 'user.invited', subject: `user/${id}`, after: { roles } });
  return made;
}

export interface UserChange {
  readonly name?: string | undefined;
  readonly language?: string | undefined;
  readonly status?: 'active' | 'disabled' | undefined;
  readonly roles?: readonly Assignment[] | undefined;
}

/** Changes a person; new roles count everywhere within 2 s. Errors: NOT_FOUND, FORBIDDEN, LAST_OWNER, INPUT_INVALID. */
export async function changeUser(
  context: AccessContext,
  asker: Asker,
  asked: { readonly userId: string; readonly change: UserChange },
): Promise<UserView> {
  const { principal } = asker;
  const { userId, change } = asked;
  const place = placeOf(context, principal.tenant);
  const whose = { place, userId };
  const { before, after } = await context.database.transaction(async (tx) => {
    await lockTenant(tx, place);
    const found = await readUser(context, whose, tx);
    checkWithin(principal, found.rights);
    if (change.roles !== undefined) {
      const rights = await rightsOfAssignments(context, tx, { place, roles: change.roles });
      checkWithin(principal, rights);
      await writeRoles(tx, whose, change.roles);
      await voidLinks(tx, { ...whose, except: principal.keyId });
    }
    await writeFields(context, tx, { ...whose, change });
    if (change.status === 'disabled') await revokeSessionsOf(tx, whose);
    await checkOwners(tx, place, found.view);
    return { before: found.view, after: (await readUser(context, whose, tx)).view };
  });
  context.forget();
  noteChange(context, asker, {
    action: 'user.changed',
    subject: `user/${userId}`,
    before: shown(before),
    after: shown(after),
  });
  return after;
}

/** Removes a person with sessions, codes and links. Errors: NOT_FOUND, FORBIDDEN, LAST_OWNER. */
export async function removeUser(
  context: AccessContext,
  asker: Asker,
  userId: string,
): Promise<void> {
  const { principal } = asker;
  const place = placeOf(context, principal.tenant);
  const before = await context.database.transaction(async (tx) => {
    await lockTenant(tx, place);
    const found = await readUser(context, { place, userId }, tx);
    checkWithin(principal, found.rights);
    await tx.query({
      text: 'delete from access_users where bucket = $1 and tenant = $2 and id = $3',
      values: [place.bucket, place.tenant, userId],
    });
    await checkOwners(tx, place, found.view);
    return found.view;
  });
  context.forget();
  noteChange(context, asker, {
    action: 'user.removed',
    subject: `user/${userId}`,
    before: shown(before),
  });
}

/** Refuses to act on somebody who may do more than the principal. Errors: FORBIDDEN, NOT_FOUND. */
export async function checkOutranks(
  context: AccessContext,
  principal: Principal,
  userId: string,
): Promise<UserView> {
  const found = await readUser(context, { place: placeOf(context, principal.tenant), userId });
  checkWithin(principal, found.rights);
  return found.view;
}

/** Takes the place of all roles of a person. */
export async function writeRoles(
  tx: Queryable,
  { place, userId }: UserPlace,
  roles: readonly Assignment[],
): Promise<void> {
  await tx.query({
    text: 'delete from access_user_roles where bucket = $1 and tenant = $2 and user_id = $3',
    values: [place.bucket, place.tenant, userId],
  });
  for (const { role, locations, ownShiftOnly, amounts } of roles)
    await tx.query({
      text: `insert into access_user_roles (bucket, tenant, user_id, role, locations, own_shift_only, amounts)
             values ($1, $2, $3, $4, $5, $6, $7)`,
      values: [
        place.bucket,
        place.tenant,
        userId,
        role,
        locations,
        ownShiftOnly,
        JSON.stringify(amounts),
      ],
    });
}

async function writeFields(
  { secrets }: AccessContext,
  tx: Queryable,
  asked: UserPlace & { readonly change: UserChange },
): Promise<void> {
  const { place, userId, change } = asked;
  const { name } = change;
  await tx.query({
    // Somebody without a password is invited still, whatever was asked for.
    text: `update access_users
           set name_sealed = coalesce($4::bytea, name_sealed), language = coalesce($5, language),
               status = case when $6 = 'active' and password_hash is null then 'invited'
                        else coalesce($6, status) end
           where bucket = $1 and tenant = $2 and id = $3`,
    values: [
      place.bucket,
      place.tenant,
      userId,
      name === undefined ? null : secrets.seal(name, [place.tenant, userId, 'name']),
      change.language ?? null,
      change.status ?? null,
    ],
  });
}

/**
 * A house keeps an owner who can sign in, and one without rules where it had one: nobody could lift the rules of the last.
 * Runs in the transaction of the change, under the lock of the tenant.
 */
async function checkOwners(tx: Queryable, place: Place, before: UserView): Promise<void> {
  const owner = before.roles.find(({ role }) => role === OWNER);
  if (before.status !== 'active' || owner === undefined) return;
  const hadNoRules =
    Object.keys(owner.amounts).length === 0 &&
    before.roles.every(({ locations, ownShiftOnly }) => locations === null && !ownShiftOnly);
  const { rows } = await tx.query<{ owners: number }>({
    // Index access_user_roles_by_role.
    text: `select count(*)::integer as owners
           from access_user_roles r
           join access_users u on u.bucket = r.bucket and u.tenant = r.tenant and u.id = r.user_id
           where r.bucket = $1 and r.tenant = $2 and r.role = $3 and u.status = 'active'
             and (not $4::boolean or r.amounts = '{}' and not exists (
               select from access_user_roles x
               where x.bucket = r.bucket and x.tenant = r.tenant and x.user_id = r.user_id
                 and (x.locations is not null or x.own_shift_only)))`,
    values: [place.bucket, place.tenant, OWNER, hadNoRules],
  });
  if ((rows[0]?.owners ?? 0) === 0)
    throw new Failure('LAST_OWNER', 'This is the last owner who can sign in. Name another first.');
}

/** What the audit trail keeps of a person: no name and no address. */
function shown({ status, language, roles }: UserView) {
  return { status, language, roles };
}

/** What people change of themselves: never what they may do. */
export async function changeProfile(
  context: AccessContext,
  asked: UserPlace & { readonly change: Pick<UserChange, 'name' | 'language'> },
): Promise<UserView> {
  const { name, language } = asked.change;
  await writeFields(context, context.database, { ...asked, change: { name, language } });
  return (await readUser(context, asked)).view;
}
