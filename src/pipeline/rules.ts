/** The attribute rules of roles against a command. Pure. */
import { perDayOf, type AccessRules, type Approval, type Principal } from '../access/principal.ts';
import type { CommandAttributes } from '../core/aggregate.ts';
import type { Failure } from '../core/errors.ts';
import { approvalRequired, forbidden, mayGive, type Needed } from './authorise.ts';
import { commandDigest, type DigestedCommand } from './command-digest.ts';

/** What of a rule a command offends; null for nothing. */
type Offence = 'location' | 'shift' | 'amount' | 'day' | null;

/** Whether anything of the rules can stand against a command: most people have none. */
export function restricts({ locations, ownShiftOnly, amounts }: AccessRules): boolean {
  return locations !== null || ownShiftOnly || Object.keys(amounts).length > 0;
}

/**
 * Settles a command against the rules of who gives it: the approval it is done with, null where it needs none, else the
 * failure. A foreign location is FORBIDDEN, whoever approves; a shift of somebody else and an amount above the limit are
 * APPROVAL_REQUIRED where the command is approvable. Of an approver the own rules count as well.
 */
export function checkRules(
  principal: Principal,
  attributes: CommandAttributes,
  command: {
    readonly needed: Needed;
    readonly asked: DigestedCommand;
    /** With which it was let in, because the permission itself was missing. */
    readonly approval: Approval | null;
  },
): Approval | Failure | null {
  const { rules, user } = principal;
  const { needed, asked } = command;
  const names = [principal.keyId, user?.userId ?? principal.keyId];
  const offence = rules === undefined ? null : offenceOf(rules, attributes, { names, needed });
  if (offence === 'location') return forbidden('This is at a location that is not yours.', needed);
  if (command.approval === null) {
    if (offence === null) return null;
    if (!needed.approvable || user === undefined) return forbidden(WORDS[offence], needed);
  }
  const digest = commandDigest(asked);
  const { approval } = principal;
  const isApproved =
    approval?.digest === digest &&
    mayGive(approval.scopes, needed) &&
    !approverOffends(approval, attributes, needed);
  return isApproved ? approval : approvalRequired(needed, digest);
}

const WORDS = {
  shift: 'This belongs to the shift of somebody else.',
  amount: 'The amount is above your limit.',
  day: 'With it you would have given more on this business day than you may.',
} as const;

function approverOffends(
  { approver, rules }: Approval,
  attributes: CommandAttributes,
  needed: Needed,
): boolean {
  const names = [approver, approver.replace(/^user:/, '')];
  return offenceOf(rules, attributes, { names, needed }) !== null;
}

function offenceOf(
  { locations, ownShiftOnly, amounts }: AccessRules,
  { locationId, amount, dayAmount, shiftOf }: CommandAttributes,
  { names, needed }: { readonly names: readonly string[]; readonly needed: Needed },
): Offence {
  if (locations !== null && locationId !== null && !locations.includes(locationId))
    return 'location';
  if (ownShiftOnly && shiftOf !== null && !names.includes(shiftOf)) return 'shift';
  const { permission } = needed;
  const limit = Object.hasOwn(amounts, permission) ? amounts[permission] : undefined;
  // Refunds may be told as what is given back or as a change of a balance: the size is what counts.
  if (limit !== undefined && amount !== null && Math.abs(amount) > limit) return 'amount';
  const perDay = perDayOf(permission);
  const dayLimit = Object.hasOwn(amounts, perDay) ? amounts[perDay] : undefined;
  return dayLimit !== undefined && dayAmount !== undefined && dayAmount > dayLimit ? 'day' : null;
}
