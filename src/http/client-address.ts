/** The address a request comes from, when proxies stand in between (COMPTOIR_TRUSTED_PROXIES). */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { Failure } from '../core/errors.ts';

export type ClientAddress = (request: IncomingMessage) => string;

/**
 * Goes through X-Forwarded-For from the right, as long as who wrote the entry is trusted: what a client writes itself
 * is never believed. `trusted` holds addresses and networks (`10.0.0.0/8`). Errors: INPUT_INVALID for one that is
 * neither.
 */
export function clientAddressBehind(trusted: readonly string[]): ClientAddress {
  const list = new BlockList();
  for (const entry of trusted) addTo(list, entry);
  const isTrusted = (address: string): boolean =>
    isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (request) => {
    let address = plain(request.socket.remoteAddress ?? '');
    const forwarded = request.headers['x-forwarded-for'];
    if (trusted.length === 0 || forwarded === undefined) return address;
    const hops = String(forwarded).split(',');
    while (isTrusted(address)) {
      const hop = plain(hops.pop()?.trim() ?? '');
      if (isIP(hop) === 0) break;
      address = hop;
    }
    return address;
  };
}

/** Whether the request comes from this machine itself, with no proxy having had a hand in it. */
export function isLoopback(request: IncomingMessage): boolean {
  const address = plain(request.socket.remoteAddress ?? '');
  const local = address === '::1' || address.startsWith('127.');
  return (
    local && !Object.keys(request.headers).some((name) => /^(forwarded|x-forwarded-.*)$/.test(name))
  );
}

/** IPv4 addresses of a dual-stack socket come as `::ffff:1.2.3.4`. */
function plain(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}

function addTo(list: BlockList, entry: string): void {
  const [address = '', prefix] = entry.split('/');
  const family = isIP(address);
  const bits = prefix === undefined ? (family === 6 ? 128 : 32) : Number(prefix);
  const fits = Number.isInteger(bits) && bits >= 0 && bits <= (family === 6 ? 128 : 32);
  if (family === 0 || !fits)
    throw new Failure(
      'INPUT_INVALID',
      `COMPTOIR_TRUSTED_PROXIES: ${entry} is no address or network.`,
    );
  list.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4');
}
