/** Addresses and networks in settings. */
import { BlockList, isIP } from 'node:net';

/** Whether a word is an IP address or a CIDR range. */
export function isAddressOrRange(word: string): boolean {
  const [address = '', bits, rest] = word.split('/');
  const family = isIP(address);
  if (family === 0 || rest !== undefined) return false;
  if (bits === undefined) return true;
  if (!/^\d{1,3}$/.test(bits)) return false;
  try {
    new BlockList().addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
    return true;
  } catch {
    return false;
  }
}

/** Private networks, those of carriers, loopback (RFC 1918, 6598, 4193): what lies elsewhere is not one's own. */
const INSIDE: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['fc00::', 7, 'ipv6'],
  ['::1', 128, 'ipv6'],
];

/** Whether a word is an address or range that begins within one's own networks. */
export function isInsideRange(word: string): boolean {
  if (!isAddressOrRange(word)) return false;
  const inside = new BlockList();
  for (const [address, bits, family] of INSIDE) inside.addSubnet(address, bits, family);
  const address = word.split('/')[0] ?? '';
  return inside.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}
