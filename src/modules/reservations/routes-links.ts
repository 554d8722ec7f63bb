/**
 * Links that let somebody in without a sign-in: to one reservation, or to one calendar feed. A token is what it opens,
 * and a MAC over that: HMAC-SHA-256 (RFC 2104) under a secret of the server, 128 bits of it in base64url. So nothing is
 * stored that could be stolen from events, read models or kept answers, a repeated request gets the same token again, a
 * forged one is known without a look at the database, and a message to the guest can make the link anew.
 *
 * A token of a reservation also counts a generation: renewing the link makes the tokens before it worthless.
 */
import { STREAM_ID } from '../../core/aggregate.ts';

const MAC_CHARACTERS = 22;

export interface LinkTokens {
  /** `parts` name what it opens, beginning with the purpose and the tenant. */
  sign(parts: readonly string[]): Promise<string>;
}

/** `secret` has 32 bytes or more; every process of an installation must have the same. */
export function createLinkTokens(secret: Uint8Array<ArrayBuffer>): LinkTokens {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = crypto.subtle.importKey('raw', secret, algorithm, false, ['sign']);
  return {
    async sign(parts) {
      const message = new TextEncoder().encode(JSON.stringify(['comptoir links 1', ...parts]));
      const mac = await crypto.subtle.sign('HMAC', await key, message);
      const text = btoa(String.fromCharCode(...new Uint8Array(mac)));
      return text.replaceAll('+', '-').replaceAll('/', '_').slice(0, MAC_CHARACTERS);
    },
  };
}

export interface ReservationPlace {
  readonly tenant: string;
  readonly reservationId: string;
  readonly generation: number;
}

/** `{reservation id}.{MAC}`. */
export async function manageTokenOf(links: LinkTokens, place: ReservationPlace): Promise<string> {
  const { tenant, reservationId, generation } = place;
  const mac = await links.sign(['reservation', tenant, reservationId, String(generation)]);
  return `${reservationId}.${mac}`;
}

/** The id that a token claims to open; null for what is no token. Whether it does, `opensReservation` says. */
export function reservationOf(token: string): string | null {
  return /^([A-Za-z0-9][A-Za-z0-9._~-]{0,127})\.[A-Za-z0-9_-]{22}$/.exec(token)?.[1] ?? null;
}

export async function opensReservation(
  links: LinkTokens,
  token: string,
  place: ReservationPlace,
): Promise<boolean> {
  return isSame(token, await manageTokenOf(links, place));
}

export interface FeedPlace {
  readonly tenant: string;
  readonly feedId: string;
}

/** `{tenant}.{feed id}.{MAC}`; ids of tenants have no dot. */
export async function feedTokenOf(links: LinkTokens, place: FeedPlace): Promise<string> {
  const { tenant, feedId } = place;
  return `${tenant}.${feedId}.${await links.sign(['feed', tenant, feedId])}`;
}

/** The feed that a token opens; null for a token that the server never made. */
export async function openFeed(links: LinkTokens, token: string): Promise<FeedPlace | null> {
  const [, tenant, feedId] =
    /^([a-z0-9][a-z0-9-]{0,62})\.([A-Za-z0-9][A-Za-z0-9._~-]{0,127})\.[A-Za-z0-9_-]{22}$/.exec(
      token,
    ) ?? [];
  if (tenant === undefined || feedId === undefined) return null;
  return isSame(token, await feedTokenOf(links, { tenant, feedId })) ? { tenant, feedId } : null;
}

/** Takes as long for a token that is wrong at its beginning as for one that is wrong at its end. */
function isSame(given: string, right: string): boolean {
  let difference = given.length ^ right.length;
  for (let index = 0; index < right.length; index += 1)
    difference |= given.charCodeAt(index % (given.length || 1)) ^ right.charCodeAt(index);
  return difference === 0;
}

interface Visitor {
  readonly tenant: string;
  /** What limits count by: an IPv4 address, or the /64 of an IPv6 one. */
  readonly network: string;
  /** E-mail or phone; null where none was given yet, which is a pair of its own. */
  readonly reach: string | null;
}

/** Pseudonyms of who holds on the public page: neither can be traced back without the server's secret. */
export async function visitorHoldersOf(links: LinkTokens, { tenant, network, reach }: Visitor) {
  const [holder, holderAddress] = await Promise.all([
    links.sign(['holder', tenant, network, reach === null ? 'none' : `of ${reach}`]),
    links.sign(['holder address', tenant, network]),
  ]);
  return { holder: asStreamId(holder), holderAddress: asStreamId(holderAddress) };
}

/** Streams are named after them: one of 32 MACs begins with a mark, which no id does. */
function asStreamId(mac: string): string {
  return STREAM_ID.test(mac) ? mac : `h${mac}`;
}
