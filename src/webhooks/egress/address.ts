/** Which addresses a webhook may reach: public unicast ones only. */
import ipaddr from 'ipaddr.js';

/**
 * Registries call these public, yet they answer from inside: the virtual host address of Azure serves its metadata.
 */
const PUBLIC_BUT_INSIDE: readonly string[] = ['168.63.129.16'];

/** All that is allocated as global unicast (RFC 4291, section 2.4). `::a.b.c.d` and the like lie outside. */
const GLOBAL_UNICAST = ipaddr.IPv6.parse('2000::');
const GLOBAL_UNICAST_BITS = 3;

/**
 * Whether the text is an address of the public internet. Addresses that carry an IPv4 address in them (mapped,
 * compatible, NAT64, 6to4, Teredo) are refused unless they are the mapped form of a public one. Not an address: false.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  if (address instanceof ipaddr.IPv6) return address.match(GLOBAL_UNICAST, GLOBAL_UNICAST_BITS);
  return !PUBLIC_BUT_INSIDE.includes(address.toString());
}
