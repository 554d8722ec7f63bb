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
  'documents:read',
  'documents:write',
  'audit:read',
  'access:read',
  'access:write',
  'access:devices',
  'admin',
] as const;
export type BuiltInScope = (typeof SCOPES)[number];

/**
 * A permission of a module: `orders:read` lets read what it shows, `orders:refund` lets give the commands that need it,
 * and `orders:write` lets give all of its commands.
 */
export type ModuleScope = `${string}:${string}`;

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
  /** Of the key, or `user:ID` for a signed-in person: the actor of what is decided. */
  readonly keyId: string;
  readonly tenant: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Present for a signed-in person. */
  readonly user?: SignedInUser;
  /** Attribute rules of the person's roles; absent for keys, which have none. */
  readonly rules?: AccessRules;
  /** Of a manager who approved this request; checked by the pipeline against the command at hand. */
  readonly approval?: Approval;
}

export interface SignedInUser {
  readonly userId: string;
  readonly sessionId: string;
  /** The enrolled device the person switched in on with a PIN; null for a sign-in by password. */
  readonly deviceId: string | null;
  readonly roles: readonly string[];
}

/** Exactly these three; more would be a language of its own. */
export interface AccessRules {
  /** Locations the person works at; null for all of them. */
  readonly locations: readonly string[] | null;
  /** Only till sessions of their own. */
  readonly ownShiftOnly: boolean;
  /**
   * Most minor units by permission: `orders:refund` for one order, `orders:refund/day` for all that the person gives on a
   * business day at a location. A permission that is not named has no limit.
   */
  readonly amounts: Readonly<Record<string, number>>;
}

/** Under which name `amounts` has the limit of a business day. */
export function perDayOf(permission: string): string {
  return `${permission}/day`;
}

/** The permission that a limit in `amounts` is of. */
export function permissionOfLimit(name: string): string {
  return name.replace(/\/day$/, '');
}

/** An approval is given for one command: same command, same stream, same input; it is used once. */
export interface Approval {
  readonly approvalId: string;
  /** `user:ID` of who approved. */
  readonly approver: string;
  /** SHA-256 of what was approved, as `commandDigest` makes it. */
  readonly digest: string;
  /** What the approver may do. */
  readonly scopes: ReadonlySet<Scope>;
  readonly rules: AccessRules;
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
