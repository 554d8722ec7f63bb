/** Who sends a request: an API key in a header, or else a session in a cookie. Both from caches of a second. */
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import { keyOfHeaders } from './api-key.ts';
import { createCredentialCache } from './credential-cache.ts';
import type { KeyLookup } from './key-lookup.ts';
import type { Authenticator, Principal } from './principal.ts';
import type { SessionHeaders } from './sessions/cookies.ts';
import type { SessionAuthenticator } from './sessions/session-authenticator.ts';

type Headers = Parameters<Authenticator['authenticate']>[0] & SessionHeaders;

export interface CachedAuthenticator extends Authenticator {
  authenticate(headers: Headers): Principal | Promise<Principal>;
  /** For what was let in a while ago and is still open, such as a live feed: no use of a session. Errors: as above. */
  recheck(headers: Headers): Principal | Promise<Principal>;
  /** Whether these headers carry a credential that was valid when it was last looked up. */
  knows(headers: Headers): boolean;
  /** Forgets everything, so that a change made by this process counts at once. */
  forget(): void;
}

/**
 * With `sessions` a cookie is a credential too, where no key was sent. Whoever uses it must ask for the CSRF token of
 * unsafe requests (src/http/mount-routes.ts); the raw ingest route takes keys only and gets an authenticator without.
 */
export function createAuthenticator(deps: {
  readonly lookup: KeyLookup;
  readonly clock: Clock;
  readonly sessions?: SessionAuthenticator;
  readonly lookupTimeoutMs?: number | undefined;
}): CachedAuthenticator {
  const { clock, sessions } = deps;
  const keys = createCredentialCache<Principal>({
    lookup: deps.lookup,
    clock,
    refusal: 'The key is unknown, expired or revoked.',
    lookupTimeoutMs: deps.lookupTimeoutMs,
  });
  function principalOf(
    headers: Headers,
    ofSession: 'authenticate' | 'recheck',
  ): Principal | Promise<Principal> {
    if (!hasKey(headers) && sessions?.isPresent(headers) === true)
      return sessions[ofSession](headers);
    return keys.get(rawOf(headers), () => {
      const key = keyOfHeaders(headers);
      if (key === null)
        throw new Failure('UNAUTHENTICATED', 'Send Authorization: Bearer KEY or X-Api-Key: KEY.');
      return key;
    });
  }

  return {
    authenticate: (headers) => principalOf(headers, 'authenticate'),
    recheck: (headers) => principalOf(headers, 'recheck'),
    knows: (headers) =>
      hasKey(headers) ? keys.knows(rawOf(headers)) : (sessions?.knows(headers) ?? false),
    forget() {
      keys.forget();
      sessions?.forget();
    },
  };
}

/** Whether a key was sent, well-formed or not: it then counts, whatever cookie comes with it. */
export function hasKey(headers: Headers): boolean {
  return headers.authorization !== undefined || headers['x-api-key'] !== undefined;
}

function rawOf(headers: Headers): string {
  const apiKey = headers['x-api-key'];
  return headers.authorization ?? (typeof apiKey === 'string' ? apiKey : '');
}
