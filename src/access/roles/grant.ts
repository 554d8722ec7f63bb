/** Nobody hands on what they do not hold. Pure. */
import { Failure } from '../../core/errors.ts';
import { permissionOfLimit, type AccessRules, type Principal } from '../principal.ts';
import type { Rights } from './combine.ts';

/**
 * Refuses to give, change or take away rights that go beyond those of the principal: in permissions, in locations, in
 * shifts or in amounts. Who may do less than somebody does not change that somebody. Errors: FORBIDDEN.
 */
export function checkWithin(principal: Principal, rights: Rights): void {
  for (const scope of rights.scopes)
    if (!principal.scopes.has(scope))
      throw new Failure('FORBIDDEN', `This needs somebody who holds ${scope} themselves.`, {
        extra: { scope },
      });
  const { rules } = principal;
  if (rules !== undefined && !areWithin(rights, rules))
    throw new Failure('FORBIDDEN', 'This goes beyond the rules of your own roles.');
}

function areWithin({ scopes, rules }: Rights, limit: AccessRules): boolean {
  if (limit.ownShiftOnly && !rules.ownShiftOnly) return false;
  if (limit.locations !== null) {
    const { locations } = limit;
    if (rules.locations === null || rules.locations.some((each) => !locations.includes(each)))
      return false;
  }
  return Object.entries(limit.amounts).every(
    ([name, most]) =>
      ![...scopes].some((scope) => scope === permissionOfLimit(name)) ||
      (rules.amounts[name] ?? Number.POSITIVE_INFINITY) <= most,
  );
}
