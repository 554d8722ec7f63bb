/** Who may give a command. Deny by default: nothing but the scope of the module itself opens it. */
import { Failure } from '../core/errors.ts';
import type { ModuleScope, Principal, Scope } from '../access/principal.ts';

/** The scope that commands of a category need: `loyalty:write` for `loyalty.members`. */
export function writeScopeOf(category: string): ModuleScope {
  return `${moduleOf(category)}:write`;
}

/** The module of a category: the part before the dot. */
export function moduleOf(category: string): string {
  const dot = category.indexOf('.');
  return dot < 0 ? category : category.slice(0, dot);
}

/** Errors: FORBIDDEN, which names the scope that is missing. */
export function authorise(principal: Principal, scope: ModuleScope): void {
  if (principal.scopes.has(scope)) return;
  throw new Failure('FORBIDDEN', `This needs a key with the scope ${scope}.`, { extra: { scope } });
}

/**
 * The principal of the system's own callers, such as policies and timers: `name` (`policy:loyalty.earn`) becomes the
 * actor of what they decide. It has the scopes given and no others.
 */
export function systemPrincipal(tenant: string, name: string, scopes: Iterable<Scope>): Principal {
  return { keyId: name, tenant, scopes: new Set(scopes) };
}
