/** What limits count by where nobody is signed in. */
import { isIPv6 } from 'node:net';

const GROUPS_KEPT = 4;
const GROUPS = 8;

/**
 * The address itself, or the /64 of an IPv6 address: that is what a provider gives one connection (RFC 6177), and whoever
 * has it has 2^64 addresses to come from.
 */
export function clientNetwork(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = address.split('%')[0]?.toLowerCase().split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const gap = address.includes('::') ? GROUPS - before.length - after.length : 0;
  const groups = [...before, ...Array.from({ length: Math.max(0, gap) }, () => '0'), ...after];
  const kept = groups.slice(0, GROUPS_KEPT).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${kept.join(':')}::/64`;
}
