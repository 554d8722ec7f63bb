/** Which scopes there are in this installation, and which of them a stored key has. Pure. */
import {
  ALL_SCOPE,
  INSTALLATION_SCOPES,
  SCOPES,
  type ModuleScope,
  type Scope,
} from './principal.ts';

/** Everything a key may be given: the scopes of the server, two for each module, and `all`. */
export function knownScopes(moduleNames: readonly string[]): readonly Scope[] {
  return [
    ...SCOPES,
    ...moduleNames.flatMap((name) => Object.values(scopesOfModule(name))),
    ALL_SCOPE,
  ];
}

export function scopesOfModule(name: string): {
  readonly read: ModuleScope;
  readonly write: ModuleScope;
} {
  return { read: `${name}:read`, write: `${name}:write` };
}

/**
 * The scopes that a stored key has. `all` becomes every known scope that does not reach beyond a tenant, so a key made
 * before a module existed can use it; a scope that is not known (any more) is worth nothing.
 */
export function expandScopes(
  stored: readonly string[],
  known: readonly Scope[],
): ReadonlySet<Scope> {
  const everything = stored.includes(ALL_SCOPE);
  return new Set(
    known.filter(
      (scope) => stored.includes(scope) || (everything && !INSTALLATION_SCOPES.has(scope)),
    ),
  );
}
