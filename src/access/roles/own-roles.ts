/** Roles of a tenant: the built-in ones and its own. */
import { Failure } from '../../core/errors.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import {
  lockTenant,
  noteChange,
  placeOf,
  type AccessContext,
  type Asker,
  type Place,
} from '../context.ts';
import { ALL_SCOPE, perDayOf, type AccessRules, type Principal } from '../principal.ts';
import { BUILT_IN_ROLES } from './built-in-roles.ts';
import { permissionsOf, rightsOf, type Assignment, type Rights } from './combine.ts';
import { checkWithin } from './grant.ts';

/** Own roles of a tenant. */
const ROLES_MAX = 100;

export interface RoleView {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly builtIn: boolean;
}

export async function listRoles(
  context: AccessContext,
  tenant: string,
): Promise<readonly RoleView[]> {
  const own = await ownRoles(context.database, placeOf(context, tenant));
  return [...BUILT_IN_ROLES.map((role) => ({ ...role, builtIn: true })), ...own];
}

/** What these assignments come to. Errors: INPUT_INVALID for a role that there is not. */
export async function rightsOfAssignments(
  context: AccessContext,
  tx: Queryable,
  asked: { readonly place: Place; readonly roles: readonly Assignment[] },
): Promise<Rights> {
  const { place, roles } = asked;
  const own = new Map((await ownRoles(tx, place)).map((role) => [role.id, role]));
  const held = roles.map((assignment) => {
    const { role } = assignment;
    const known = own.has(role) || BUILT_IN_ROLES.some(({ id }) => id === role);
    if (!known)
      throw new Failure('INPUT_INVALID', `There is no role ${role}.`, {
        errors: [{ at: '/roles', message: `has an unknown role, ${role}`, code: 'ROLE_UNKNOWN' }],
      });
    return { ...assignment, permissions: own.get(role)?.permissions ?? null };
  });
  return rightsOf(held, place.tenant, context.known);
}

/** Makes or changes a role; new permissions count everywhere within 2 s. Errors: FORBIDDEN, INPUT_INVALID. */
export async function putRole(
  context: AccessContext,
  asker: Asker,
  role: Omit<RoleView, 'builtIn'>,
): Promise<RoleView> {
  const { principal } = asker;
  const place = placeOf(context, principal.tenant);
  refuseBuiltIn(role.id);
  const before = await context.database.transaction(async (tx) => {
    await lockTenant(tx, place);
    const own = await ownRoles(tx, place);
    const old = own.find(({ id }) => id === role.id);
    if (old === undefined && own.length >= ROLES_MAX)
      throw new Failure('INPUT_INVALID', `A tenant has at most ${ROLES_MAX} roles of its own.`);
    checkUnknown(context, principal, { old, role });
    const given = await rulesGivenWith(tx, place, role.id);
    for (const each of [old, role])
      if (each !== undefined) {
        checkWithin(principal, rightsOfRole(context, place, each));
        // Whoever has the role has what is put into it at once, under the rules that it was given to them with.
        for (const rules of given) {
          const held = { ...rules, role: each.id, permissions: each.permissions };
          checkWithin(principal, rightsOf([held], place.tenant, context.known));
        }
      }
    await tx.query({
      text: `insert into access_roles (bucket, tenant, id, name, permissions)
             values ($1, $2, $3, $4, $5)
             on conflict (bucket, tenant, id)
             do update set name = excluded.name, permissions = excluded.permissions`,
      values: [place.bucket, place.tenant, role.id, role.name, role.permissions],
    });
    return old;
  });
  context.forget();
  noteChange(context, asker, {
    action: before === undefined ? 'role.made' : 'role.changed',
    subject: `role/${role.id}`,
    before,
    after: role,
  });
  return { ...role, builtIn: false };
}

/** Removes a role that nobody has. Errors: NOT_FOUND, FORBIDDEN, ROLE_IN_USE. */
export async function removeRole(context: AccessContext, asker: Asker, id: string): Promise<void> {
  const { principal } = asker;
  const place = placeOf(context, principal.tenant);
  refuseBuiltIn(id);
  const before = await context.database.transaction(async (tx) => {
    await lockTenant(tx, place);
    const old = (await ownRoles(tx, place)).find((role) => role.id === id);
    if (old === undefined) throw new Failure('NOT_FOUND', 'There is no role with this id.');
    checkWithin(principal, rightsOfRole(context, place, old));
    const { rows } = await tx.query({
      text: `select user_id from access_user_roles
             where bucket = $1 and tenant = $2 and role = $3 limit 1`,
      values: [place.bucket, place.tenant, id],
    });
    if (rows.length > 0) throw new Failure('ROLE_IN_USE', 'Somebody has this role still.');
    await tx.query({
      text: 'delete from access_roles where bucket = $1 and tenant = $2 and id = $3',
      values: [place.bucket, place.tenant, id],
    });
    return old;
  });
  noteChange(context, asker, { action: 'role.removed', subject: `role/${id}`, before });
}

function refuseBuiltIn(id: string): void {
  if (BUILT_IN_ROLES.some((role) => role.id === id))
    throw new Failure('FORBIDDEN', `The role ${id} is built in and stays as it is.`);
}

function rightsOfRole(
  { known }: AccessContext,
  { tenant }: Place,
  role: Pick<RoleView, 'id' | 'permissions'>,
): Rights {
  const stored = { role: role.id, permissions: role.permissions };
  const bare = { ...stored, locations: null, ownShiftOnly: false, amounts: {} };
  const rights = rightsOf([bare], tenant, known);
  // A role is given with rules of its own; what it may do is all that counts here.
  return { ...rights, rules: { locations: [], ownShiftOnly: true, amounts: noAmounts(stored) } };
}

/**
 * A permission that is not known yet would be worth something once its module is there, to people who were never asked
 * whether they hold it: only somebody with everything puts it into a role. Errors: FORBIDDEN.
 */
function checkUnknown(
  { known }: AccessContext,
  principal: Principal,
  {
    old,
    role,
  }: { readonly old?: Pick<RoleView, 'permissions'> | undefined } & {
    readonly role: Pick<RoleView, 'permissions'>;
  },
): void {
  if (principal.scopes.has(ALL_SCOPE)) return;
  const before = new Set([...known, ...(old?.permissions ?? [])].map(String));
  const scope = role.permissions.find((permission) => !before.has(permission));
  if (scope === undefined) return;
  throw new Failure('FORBIDDEN', `Nothing here knows ${scope}: only an owner may give it.`, {
    extra: { scope },
  });
}

/** The rules under which people have the role, each once. Index access_user_roles_by_role. */
async function rulesGivenWith(
  tx: Queryable,
  place: Place,
  role: string,
): Promise<readonly AccessRules[]> {
  const { rows } = await tx.query<{
    locations: readonly string[] | null;
    own_shift_only: boolean;
    amounts: AccessRules['amounts'];
  }>({
    text: `select distinct locations, own_shift_only, amounts from access_user_roles
           where bucket = $1 and tenant = $2 and role = $3`,
    values: [place.bucket, place.tenant, role],
  });
  return rows.map(({ locations, own_shift_only: ownShiftOnly, amounts }) => ({
    locations,
    ownShiftOnly,
    amounts,
  }));
}

function noAmounts(role: Parameters<typeof permissionsOf>[0]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    permissionsOf(role).flatMap((permission) => [
      [permission, 0],
      [perDayOf(permission), 0],
    ]),
  );
}

async function ownRoles(tx: Queryable, place: Place): Promise<readonly RoleView[]> {
  const { rows } = await tx.query<{ id: string; name: string; permissions: readonly string[] }>({
    text: `select id, name, permissions from access_roles
           where bucket = $1 and tenant = $2 order by id`,
    values: [place.bucket, place.tenant],
  });
  return rows.map((row) => ({ ...row, builtIn: false }));
}
