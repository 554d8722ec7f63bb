/** Why somebody may or may not do something: which of their roles gives a permission, under which rules. Pure. */
import type { Operations } from '../../../../src/client/client.ts';

export type UserItem = Operations['GET /v1/access/users']['answer']['items'][number];
export type RoleItem = Operations['GET /v1/access/roles']['answer']['items'][number];

export interface Gives {
  readonly role: string;
  /** The permission of the role that gives it: the one asked for, or one that includes it. */
  readonly by: string;
  /** null for everywhere. */
  readonly locations: readonly string[] | null;
  readonly ownShiftOnly: boolean;
  /** Most minor units; null without limit. */
  readonly amount: number | null;
}

export interface Explanation {
  readonly may: boolean;
  readonly reason: 'gives' | 'disabled' | 'no-role' | 'none';
  readonly gives: readonly Gives[];
  /** Roles of the house that would give it. */
  readonly others: readonly string[];
}

export function explain(
  user: Pick<UserItem, 'status' | 'roles'>,
  permission: string,
  { roles }: { readonly roles: readonly RoleItem[] },
): Explanation {
  const gives = user.roles.flatMap(({ role, locations, ownShiftOnly, amounts }): Gives[] => {
    const by = givenBy(roles.find(({ id }) => id === role)?.permissions ?? [], permission);
    return by === null
      ? []
      : [{ role, by, locations, ownShiftOnly, amount: amounts[permission] ?? null }];
  });
  const others = roles
    .filter(({ permissions }) => givenBy(permissions, permission) !== null)
    .map(({ id }) => id);
  if (user.status === 'disabled') return { may: false, reason: 'disabled', gives, others };
  if (user.roles.length === 0) return { may: false, reason: 'no-role', gives, others };
  return gives.length === 0
    ? { may: false, reason: 'none', gives, others }
    : { may: true, reason: 'gives', gives, others };
}

/** Which of a role's permissions gives the one asked for; null for none. */
export function givenBy(permissions: readonly string[], wanted: string): string | null {
  if (permissions.includes(wanted)) return wanted;
  const [module = '', word = ''] = wanted.split(':');
  // `write` of a module holds all its further commands, and `all` everything of the tenant.
  const wider = word === 'read' ? [] : [`${module}:write`];
  return [...wider, 'all'].find((each) => permissions.includes(each)) ?? null;
}
