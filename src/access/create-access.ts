/** Puts access together for the composition root: people, sessions, devices, approvals behind one object. */
import type { AuditTrail } from '../core/audit.ts';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { Database } from '../platform/postgres/database.ts';
import { useApproval } from './approvals/approvals.ts';
import type { AccessContext } from './context.ts';
import { createCreations, type Creations } from './creations.ts';
import { createLane } from './lane.ts';
import { createPasswordHasher } from './passwords/password-hash.ts';
import type { Scope } from './principal.ts';
import { createAccessSecrets } from './sealing.ts';
import {
  createSessionAuthenticator,
  type SessionAuthenticator,
} from './sessions/session-authenticator.ts';
import { databaseSessionLookup } from './sessions/session-lookup.ts';
import { createSignIn, SIGN_IN_LANE, type SignIn } from './sign-in/sign-in.ts';
import { createAccessSweep, type AccessSweep } from './sweep.ts';

export interface AccessDependencies {
  readonly database: Database;
  readonly bucketOf: (tenant: string) => number;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly logger: Logger;
  /** 32 bytes that live outside the database: a named secret of the key store. */
  readonly secret: Uint8Array;
  /** `knownScopes` of the modules of this installation. */
  readonly scopes: readonly Scope[];
  /** Ids that rise with time, such as UUIDs of version 7: lists are in their order. */
  readonly newId: () => string;
  /** Of a look-up of a session; that of the contract by default. */
  readonly lookupTimeoutMs?: number | undefined;
}

export interface Access {
  /** What the functions of this folder take. */
  readonly context: AccessContext;
  /** To be given to `createAuthenticator` and to the HTTP server. */
  readonly sessions: SessionAuthenticator;
  readonly signIn: SignIn;
  readonly sweep: AccessSweep;
  /** For routes that make keys, tenants and webhooks: equal requests under one Idempotency-Key make one. */
  readonly creations: Creations;
  /** For the pipeline: uses an approval up, once for all processes. */
  useApproval(approvalId: string, of: { readonly tenant: string }): Promise<boolean>;
}

export function createAccess(deps: AccessDependencies): Access {
  const { database, bucketOf, clock, audit, logger, scopes, newId } = deps;
  const secrets = createAccessSecrets(deps.secret);
  const sessions = createSessionAuthenticator({
    lookup: databaseSessionLookup(database, scopes),
    clock,
    secrets,
    lookupTimeoutMs: deps.lookupTimeoutMs,
  });
  const context: AccessContext = {
    database,
    bucketOf,
    clock,
    audit,
    secrets,
    hasher: createPasswordHasher(),
    known: scopes,
    newId,
    forget: () => sessions.forget(),
  };
  return {
    context,
    sessions,
    signIn: createSignIn(context, createLane(SIGN_IN_LANE)),
    sweep: createAccessSweep({ database, logger }),
    creations: createCreations({ database, bucketOf, secrets }),
    useApproval: (approvalId, { tenant }) => useApproval(context, { tenant, approvalId }),
  };
}
