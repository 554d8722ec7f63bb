/** Which limit a request counts against, and what its answer says of it. */
import type { Principal } from '../../access/principal.ts';
import { rateLimited } from '../problem.ts';
import type { Route } from '../route.ts';
import type { RateClass, RateLimits, RateRequest, RateTaken } from './rate-limits.ts';

/** What tells whether the server lives, and how it does, must answer when all else is too much. */
const UNLIMITED = /^\/(?:health\/|metrics$)/;

/** Null for a route that is not limited. */
export function rateClassOf({ path, method, access, audit }: Route): RateClass | null {
  if (UNLIMITED.test(path) || method === 'OPTIONS') return null;
  if (path.startsWith('/public/')) return 'public';
  if (access.kind === 'open') return 'open';
  if (method !== 'GET') return 'write';
  // A read that is written down before it leaves is one of everything.
  return audit?.first === true ? 'export' : 'read';
}

/** Whoever is known counts as that, wherever they come from: a house of twenty tills has one address. */
export function rateRequestOf(
  of: RateClass,
  { tenant, keyId, user }: Principal,
  client: string,
): RateRequest {
  if (keyId === '') return { subject: 'address', id: client, class: of };
  if (user === undefined) return { subject: 'key', id: `${tenant}/${keyId}`, class: of };
  const { deviceId, userId } = user;
  if (deviceId !== null) return { subject: 'device', id: `${tenant}/${deviceId}`, class: of };
  return { subject: 'user', id: `${tenant}/${userId}`, class: of };
}

/** The headers of the answer. Errors: RATE_LIMITED. */
export async function takeRequest(
  limits: RateLimits,
  request: RateRequest,
): Promise<Readonly<Record<string, string>>> {
  const found = limits.take(request);
  const taken = found instanceof Promise ? await found : found;
  if (taken.allowed) return headersOf(taken);
  const { policy, quota, windowSeconds, remaining, resetSeconds } = taken;
  const whose =
    request.subject === 'address' ? 'from this address' : `with this ${request.subject}`;
  throw rateLimited(`Too many requests came ${whose}.`, {
    policy,
    quota,
    windowSeconds,
    remaining,
    resetSeconds,
  });
}

function headersOf({ policy, quota, windowSeconds, remaining, resetSeconds }: RateTaken) {
  return {
    'ratelimit-policy': `"${policy}";q=${quota};w=${windowSeconds}`,
    ratelimit: `"${policy}";r=${remaining};t=${resetSeconds}`,
  };
}
