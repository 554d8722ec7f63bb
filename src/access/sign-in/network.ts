/** Groups of an IPv6 address that name the network; the rest is the client's own to choose. */
const NETWORK_GROUPS = 4;
const GROUPS = 8;

/**
 * What tries from an address are counted by: itself, or of an IPv6 address the /64 it is in (RFC 4291, section 2.5.4), since
 * whoever has one address has all of that network. Pure.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const left = tail === undefined ? 0 : Math.max(0, GROUPS - before.length - after.length);
  const all = [...before, ...Array.from({ length: left }, () => '0'), ...after];
  return all
    .slice(0, NETWORK_GROUPS)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

function groupsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(':');
}
