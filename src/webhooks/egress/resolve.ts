/** From host names to addresses, without the thread pool: getaddrinfo of a slow name server would hold files up. */
import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { AttemptError } from './attempt-error.ts';

/** Addresses of a name, those to try first in front; empty or a throw when there are none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const QUERY_TIMEOUT_MS = 1500;
const QUERY_TRIES = 2;

/**
 * Asks the name servers of the machine for A and AAAA records. The file of hosts is not read, since what stands there
 * is local; `localhost` is answered as RFC 6761 says and refused later unless private addresses are allowed.
 * Errors: AttemptError DNS_FAILED.
 */
export function createResolve(): Resolve {
  const resolver = new Resolver({ timeout: QUERY_TIMEOUT_MS, tries: QUERY_TRIES });
  return async (host) => {
    if (host === 'localhost' || host.endsWith('.localhost')) return ['127.0.0.1', '::1'];
    const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const addresses = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    if (addresses.length === 0) throw new AttemptError('DNS_FAILED');
    return addresses;
  };
}

/** The literal itself, or what the name resolves to. Errors: AttemptError DNS_FAILED. */
export async function addressesOf(host: string, resolve: Resolve): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  try {
    const addresses = await resolve(host);
    if (addresses.length > 0) return addresses;
  } catch {
    // The reason of a resolver may quote names of the own network.
  }
  throw new AttemptError('DNS_FAILED');
}
