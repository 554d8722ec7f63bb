/** Whether anybody but this machine can reach the server. Pure. */

/** A name or address of the machine itself only (RFC 6890): `0.0.0.0` and `::` are every address it has. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** Behind a proxy the server listens on the machine itself and is reached by others all the same. */
export function isReachedByNobodyElse(http: {
  readonly host: string;
  readonly trustedProxies: readonly string[];
}): boolean {
  return isLoopbackHost(http.host) && http.trustedProxies.length === 0;
}
