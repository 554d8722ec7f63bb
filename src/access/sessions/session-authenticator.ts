/** The principal behind a session cookie, and the token that unsafe requests must carry beside it. */
import type { Clock } from '../../core/clock.ts';
import { Failure } from '../../core/errors.ts';
import { createCredentialCache } from '../credential-cache.ts';
import type { CredentialLookup } from '../lookup-queue.ts';
import type { Principal } from '../principal.ts';
import { sameBytes, type AccessSecrets } from '../sealing.ts';
import { sessionTokenOf, type SessionHeaders } from './cookies.ts';
import type { FoundSession } from './session-lookup.ts';
import { hashToken } from './session-token.ts';

export interface SessionAuthenticator {
  isPresent(headers: SessionHeaders): boolean;
  knows(headers: SessionHeaders): boolean;
  /** Errors: UNAUTHENTICATED; UNAVAILABLE when the session is not cached and the database is gone. */
  authenticate(headers: SessionHeaders): Principal | Promise<Principal>;
  /** The same, but no use of the session: what stays open by itself does not put off its end. Errors: as above. */
  recheck(headers: SessionHeaders): Principal | Promise<Principal>;
  /** The token of the session that these headers carry; bound to it, so it changes when the session is rotated. */
  csrfTokenOf(headers: SessionHeaders): string | null;
  csrfMatches(headers: SessionHeaders, given: string | string[] | undefined): boolean;
  forget(): void;
}

export function createSessionAuthenticator(deps: {
  readonly lookup: CredentialLookup<FoundSession>;
  readonly clock: Clock;
  readonly secrets: AccessSecrets;
  readonly lookupTimeoutMs?: number | undefined;
}): SessionAuthenticator {
  const cache = createCredentialCache<FoundSession>({
    lookup: deps.lookup,
    clock: deps.clock,
    refusal: REFUSAL,
    lookupTimeoutMs: deps.lookupTimeoutMs,
  });

  function csrfTokenOf(headers: SessionHeaders): string | null {
    const token = sessionTokenOf(headers);
    return token === null ? null : deps.secrets.hash(['csrf', token]).toString('base64url');
  }

  function principalOf(
    headers: SessionHeaders,
    onFound: (found: FoundSession) => void,
  ): Principal | Promise<Principal> {
    const token = sessionTokenOf(headers);
    if (token === null) throw new Failure('UNAUTHENTICATED', 'Sign in first.');
    const admit = (found: FoundSession): Principal => {
      const principal = onItsDevice(found, headers);
      onFound(found);
      return principal;
    };
    const found = cache.get(token, () => token);
    return found instanceof Promise ? found.then(admit) : admit(found);
  }

  return {
    isPresent: (headers) => sessionTokenOf(headers) !== null,
    knows: (headers) => cache.knows(sessionTokenOf(headers) ?? ''),
    authenticate: (headers) => principalOf(headers, (found) => found.use()),
    recheck: (headers) => principalOf(headers, () => undefined),
    csrfTokenOf,
    csrfMatches(headers, given) {
      const expected = csrfTokenOf(headers);
      if (expected === null || typeof given !== 'string') return false;
      return sameBytes(Buffer.from(expected), Buffer.from(given));
    },
    forget: () => cache.forget(),
  };
}

const REFUSAL = 'The session is unknown, ended or revoked. Sign in again.';

/** A PIN has four digits: what it opens is never worth anything away from the device it was typed on. */
function onItsDevice(
  { principal, deviceKeyHash }: FoundSession,
  headers: SessionHeaders,
): Principal {
  if (deviceKeyHash === null) return principal;
  const key = headers['x-device-key'];
  if (typeof key !== 'string' || !sameBytes(hashToken(key), deviceKeyHash))
    throw new Failure('UNAUTHENTICATED', REFUSAL);
  return principal;
}
