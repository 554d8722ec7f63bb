/** Who is asking. The whole seam between credentials and the rest: fuller identity replaces what is behind it. */

/** Scopes of the server itself; each module adds two of its own (scopes.ts). */
export const SCOPES = [
  'events:write',
  'events:read',
  'log:read',
  'metrics:read',
  'projections:write',
  'tenants:write',
  'webhooks:read',
  'webhooks:write',
  'persons:read',
  'persons:erase',
  'admin',
] as const;
export type BuiltInScope = (typeof SCOPES)[number];

/** `customers:read` lets read what the module shows, `customers:write` lets give its commands. */
export type ModuleScope = `${string}:${'read' | 'write'}`;

/** Stands for every scope within the tenant, those of modules that come later included. */
export const ALL_SCOPE = 'all';

export type Scope = BuiltInScope | ModuleScope | typeof ALL_SCOPE;

/** Scopes that reach beyond one tenant: held and granted only by keys of tenant `default`. */
export const INSTALLATION_SCOPES: ReadonlySet<Scope> = new Set<Scope>([
  'log:read',
  'metrics:read',
  'projections:write',
  'tenants:write',
]);

export const DEFAULT_TENANT = 'default';

export interface Principal {
  readonly keyId: string;
  readonly tenant: string;
  readonly scopes: ReadonlySet<Scope>;
}

export interface Authenticator {
  /**
   * The principal of a request's `authorization` (Bearer) or `x-api-key` header. Answers at once from its cache where
   * it can (no promise), so that the hot path does not wait; entries live 1 s, so a revocation counts within 2 s.
   * Errors: UNAUTHENTICATED; UNAVAILABLE when the key is not cached and the database is gone.
   */
  authenticate(headers: {
    readonly authorization?: string | undefined;
    readonly 'x-api-key'?: string | string[] | undefined;
  }): Principal | Promise<Principal>;
}
