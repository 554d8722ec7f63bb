/**
 * Who may give a command. Deny by default: nothing but the command's permission, or the `write` of its module, opens it.
 * A signed-in user without it may have an approvable command approved by somebody who has it; so may one whose rules set
 * a limit that the command passes (rules.ts).
 */
import type { Approval, ModuleScope, Principal, Scope } from '../access/principal.ts';
import type { CommandType } from '../core/command-type.ts';
import { Failure } from '../core/errors.ts';
import { commandDigest, type DigestedCommand } from './command-digest.ts';

/** The scope that opens every command of a category's module: `loyalty:write` for `loyalty.members`. */
export function writeScopeOf(category: string): ModuleScope {
  return `${moduleOf(category)}:write`;
}

/** The permission that a command needs: `orders:refund`. */
export function permissionOf(
  category: string,
  command: Pick<CommandType, 'permission'>,
): ModuleScope {
  return `${moduleOf(category)}:${command.permission}`;
}

/** The module of a category: the part before the dot. */
export function moduleOf(category: string): string {
  const dot = category.indexOf('.');
  return dot < 0 ? category : category.slice(0, dot);
}

/** What a command needs of whoever gives it. */
export interface Needed {
  readonly permission: ModuleScope;
  readonly writeScope: ModuleScope;
  readonly approvable: boolean;
}

export function mayGive(scopes: ReadonlySet<Scope>, { permission, writeScope }: Needed): boolean {
  return scopes.has(permission) || scopes.has(writeScope);
}

/**
 * Whether the principal may give the command itself; false when it has to be approved. Errors: FORBIDDEN, which names
 * the permission that is missing.
 */
export function authorise(principal: Principal, needed: Needed): boolean {
  if (mayGive(principal.scopes, needed)) return true;
  if (needed.approvable && principal.user !== undefined) return false;
  throw forbidden(`This needs the permission ${needed.permission}.`, needed);
}

/**
 * The approval that came with the request, when it is one for exactly this command by somebody who may give it. Errors:
 * APPROVAL_REQUIRED with the permission and the digest that an approval must name.
 */
export function approvalFor(
  { approval }: Principal,
  needed: Needed,
  asked: DigestedCommand,
): Approval {
  const digest = commandDigest(asked);
  if (approval?.digest === digest && mayGive(approval.scopes, needed)) return approval;
  throw approvalRequired(needed, digest);
}

export function approvalRequired({ permission }: Needed, digest: string): Failure {
  return new Failure(
    'APPROVAL_REQUIRED',
    `Somebody with the permission ${permission} has to approve this.`,
    { extra: { permission, digest } },
  );
}

export function forbidden(detail: string, { permission }: Needed): Failure {
  // `scope` is the name that keys know a permission by.
  return new Failure('FORBIDDEN', detail, { extra: { scope: permission, permission } });
}

/**
 * The principal of the system's own callers, such as policies and timers: `name` (`policy:loyalty.earn`) becomes the
 * actor of what they decide. It has the scopes given and no others.
 */
export function systemPrincipal(tenant: string, name: string, scopes: Iterable<Scope>): Principal {
  return { keyId: name, tenant, scopes: new Set(scopes) };
}
