/** Which addresses a webhook may reach: public unicast ones, and of the own network those that the operator lists. */
import { BlockList } from 'node:net';
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

/** What may be listed: never link-local addresses, where clouds keep their metadata, nor multicast or broadcast. */
const INSIDE: ReadonlySet<string> = new Set([
  'private',
  'loopback',
  'carrierGradeNat',
  'uniqueLocal',
]);
/** The metadata service of Amazon by IPv6 lies among unique local addresses. */
const NEVER: readonly string[] = ['fd00:ec2::254'];

/**
 * Whether an address is one of the own network that lies in a listed address or range, such as 10.1.0.0/16. However wide
 * the ranges are, they open nothing else. Throws for what is no address or range.
 */
export function listedInside(ranges: readonly string[]): (text: string) => boolean {
  const listed = new BlockList();
  for (const range of ranges) {
    const [address, bits] = range.includes('/') ? ipaddr.parseCIDR(range) : [ipaddr.parse(range)];
    if (bits === undefined) listed.addAddress(address.toString(), address.kind());
    else listed.addSubnet(address.toString(), bits, address.kind());
  }
  return (text) => {
    if (!ipaddr.isValid(text)) return false;
    const address = ipaddr.process(text);
    if (!INSIDE.has(address.range())) return false;
    const plain = address.toString();
    return !NEVER.includes(plain) && listed.check(plain, address.kind());
  };
}
