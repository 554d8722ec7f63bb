/** Which scopes there are in this installation, and which of them a stored key has. Pure. */
import {
  ALL_SCOPE,
  INSTALLATION_SCOPES,
  SCOPES,
  type ModuleScope,
  type Scope,
} from './principal.ts';

/** A module with the permissions that its commands need; a name alone stands for `read` and `write`. */
export type ScopedModule =
  | string
  | {
      readonly name: string;
      readonly aggregates: readonly {
        readonly aggregate: { readonly commands: readonly { readonly permission: string }[] };
      }[];
    };

/** Everything a key may be given: the scopes of the server, the permissions of each module, and `all`. */
export function knownScopes(modules: readonly ScopedModule[]): readonly Scope[] {
  return [...SCOPES, ...modules.flatMap(permissionsOfModule), ALL_SCOPE];
}

/** `orders:read`, `orders:write`, and `orders:refund` where a command of the module needs it; each once. */
export function permissionsOfModule(module: ScopedModule): readonly ModuleScope[] {
  const name = typeof module === 'string' ? module : module.name;
  const commands =
    typeof module === 'string'
      ? []
      : module.aggregates.flatMap(({ aggregate }) => aggregate.commands);
  const own = commands.map(({ permission }): ModuleScope => `${name}:${permission}`);
  return [...new Set([...Object.values(scopesOfModule(name)), ...own])];
}

export function scopesOfModule(name: string): {
  readonly read: ModuleScope;
  readonly write: ModuleScope;
} {
  return { read: `${name}:read`, write: `${name}:write` };
}

/**
 * The scopes that a stored key has. `all` becomes every known scope that does not reach beyond a tenant, so a key made
 * before a module existed can use it; the `write` of a module becomes every permission of its commands; a scope that is
 * not known (any more) is worth nothing.
 */
export function expandScopes(
  stored: readonly string[],
  known: readonly Scope[],
): ReadonlySet<Scope> {
  const everything = stored.includes(ALL_SCOPE);
  return new Set(
    known.filter(
      (scope) =>
        stored.includes(scope) ||
        isImplied(scope, stored) ||
        (everything && !INSTALLATION_SCOPES.has(scope)),
    ),
  );
}

/** `orders:write` implies `orders:refund`, but reading is a right of its own. */
function isImplied(scope: Scope, stored: readonly string[]): boolean {
  const colon = scope.indexOf(':');
  if (colon < 0 || BUILT_IN.has(scope) || scope.endsWith(':read')) return false;
  return stored.includes(`${scope.slice(0, colon)}:write`);
}

const BUILT_IN: ReadonlySet<string> = new Set(SCOPES);
