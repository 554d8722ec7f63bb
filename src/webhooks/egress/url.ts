/**
 * The first gate against requests forged into the own network (OWASP API7:2023): what the text of a URL alone tells.
 * The second is dial.ts, which looks at every address a name resolves to.
 */
import { isIP } from 'node:net';
import { isPublicAddress, listedInside } from './address.ts';

export interface Egress {
  /** `http:` too; for tests and development only. */
  readonly allowHttp: boolean;
  /** Loopback and private addresses, local names and any port; for tests and development only. */
  readonly allowPrivate: boolean;
  /** Ports that may be reached instead of PORTS. */
  readonly ports?: readonly number[];
  /** Which addresses of the own network may be reached, by http and on any port too; none by default. */
  readonly inside?: (address: string) => boolean;
}

export const PUBLIC_EGRESS: Egress = { allowHttp: false, allowPrivate: false };

/** PUBLIC_EGRESS, and the addresses of the own network that are listed. */
export function egressAllowing(ranges: readonly string[]): Egress {
  return ranges.length === 0 ? PUBLIC_EGRESS : { ...PUBLIC_EGRESS, inside: listedInside(ranges) };
}

/**
 * HTTPS and its usual alternative. A longer list would make of this server a scanner of other ports on public hosts.
 */
const PORTS: readonly number[] = [443, 8443];
/** Longer than any real address with its token, short enough to list many. */
export const URL_LENGTH_MAX = 2048;

/** Names that never belong to a public host: RFC 6761 and 6762, RFC 8375, the private-use name of ICANN, clouds. */
const LOCAL_SUFFIXES: readonly string[] = [
  'localhost',
  'local',
  'internal',
  'home.arpa',
  'localdomain',
  'lan',
  'intranet',
  'corp',
  'home',
];

export type CheckedUrl =
  | { readonly ok: true; readonly url: URL }
  /** A clause that completes "The URL ...". */
  | { readonly ok: false; readonly reason: string };

/** Checks a URL without asking anybody. The URL given back is the canonical form: IPv4 addresses are dotted decimal. */
export function checkUrl(text: string, egress: Egress): CheckedUrl {
  if (text.length > URL_LENGTH_MAX) return refused(`has more than ${URL_LENGTH_MAX} characters`);
  // The parser would drop or turn these silently, and other parsers might read them otherwise.
  if (/[\s\p{Cc}\\]/u.test(text)) return refused('holds white space, a control or a backslash');
  if (!URL.canParse(text)) return refused('cannot be read');
  const url = new URL(text);
  const host = hostOf(url);
  // What a name stands for is known when it was resolved; dial.ts says no then.
  const mayLieInside = egress.inside !== undefined && (isIP(host) === 0 || egress.inside(host));
  const plain = url.protocol === 'http:' && (egress.allowHttp || mayLieInside);
  if (url.protocol !== 'https:' && !plain) return refused('must begin with https://');
  if (url.username !== '' || url.password !== '') return refused('must not hold credentials');
  if (text.includes('#')) return refused('must not have a fragment');
  if (egress.allowPrivate || mayLieInside) return { ok: true, url };
  if (!portsOf(egress).includes(portOf(url))) return refused(`must use port ${PORTS.join(' or ')}`);
  return isRefusedHost(host) ? refused('must name a public host') : { ok: true, url };
}

/** Whether a connection to the address is allowed: public ones only in the ways that checkUrl allows for them. */
export function mayConnect(
  egress: Egress,
  { address, port, secure }: { address: string; port: number; secure: boolean },
): boolean {
  if (egress.allowPrivate || egress.inside?.(address) === true) return true;
  if (!isPublicAddress(address) || !portsOf(egress).includes(port)) return false;
  return secure || egress.allowHttp;
}

const portsOf = (egress: Egress): readonly number[] => egress.ports ?? PORTS;

/** Port number, also when it is the standard one of the scheme. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** Host name or literal address, without the brackets of IPv6 and the dot at the end of a full name. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

function isRefusedHost(host: string): boolean {
  if (isIP(host) !== 0) return !isPublicAddress(host);
  // A name without a dot is completed by search lists, so it belongs to the own network.
  if (!host.includes('.')) return true;
  return LOCAL_SUFFIXES.some((suffix) => host.endsWith(`.${suffix}`));
}

function refused(reason: string): CheckedUrl {
  return { ok: false, reason };
}
