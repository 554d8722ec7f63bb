/** What the roles of a person come to. Pure. */
import {
  DEFAULT_TENANT,
  INSTALLATION_SCOPES,
  perDayOf,
  type AccessRules,
  type Scope,
} from '../principal.ts';
import { expandScopes } from '../scopes.ts';
import { BUILT_IN_ROLES } from './built-in-roles.ts';

/** A role of a person with the rules it is given under. */
export interface Assignment extends AccessRules {
  readonly role: string;
}

/** An assignment with the permissions of an own role; null for a built-in one. */
export interface HeldRole extends Assignment {
  readonly permissions: readonly string[] | null;
}

export interface Rights {
  readonly scopes: ReadonlySet<Scope>;
  readonly rules: AccessRules;
}

/** Permissions of a role as they are stored; none for a role that is gone. */
export function permissionsOf(role: Pick<HeldRole, 'role' | 'permissions'>): readonly string[] {
  return role.permissions ?? BUILT_IN_ROLES.find(({ id }) => id === role.role)?.permissions ?? [];
}

/**
 * The union of the permissions under the strictest of the rules: locations that every limited role names, own shift only
 * where one role says so. A limit of amount is the highest among the roles that give the permission, and none where
 * one of them gives it without. (The other way round, a role for one place would widen a role for another.)
 */
export function rightsOf(
  roles: readonly HeldRole[],
  tenant: string,
  known: readonly Scope[],
): Rights {
  const scopes = new Set<Scope>();
  const amounts: Record<string, number> = {};
  const perRole = roles.map((role) => ({ role, granted: grantedBy(role, tenant, known) }));
  for (const { granted } of perRole) for (const scope of granted) scopes.add(scope);
  for (const scope of scopes) {
    const giving = perRole.filter(({ granted }) => granted.has(scope));
    for (const name of [scope, perDayOf(scope)]) {
      const limits = giving.map(({ role }) => role.amounts[name] ?? Number.POSITIVE_INFINITY);
      const highest = Math.max(...limits);
      if (Number.isFinite(highest)) amounts[name] = highest;
    }
  }
  return {
    scopes,
    rules: {
      locations: locationsOf(roles),
      ownShiftOnly: roles.some((role) => role.ownShiftOnly),
      amounts,
    },
  };
}

function grantedBy(role: HeldRole, tenant: string, known: readonly Scope[]): ReadonlySet<Scope> {
  const granted = expandScopes(permissionsOf(role), known);
  if (tenant === DEFAULT_TENANT) return granted;
  return new Set([...granted].filter((scope) => !INSTALLATION_SCOPES.has(scope)));
}

function locationsOf(roles: readonly HeldRole[]): readonly string[] | null {
  const lists = roles.flatMap(({ locations }) => (locations === null ? [] : [locations]));
  const [first, ...others] = lists;
  if (first === undefined) return null;
  return first.filter((location) => others.every((list) => list.includes(location)));
}
