/**
 * Links with which a recipient takes an address off (RFC 8058): tenant, message and the keyed hash of the address under a
 * signature. They hold no address and do not expire: whoever finds an old e-mail may still say no.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface UnsubscribePlace {
  readonly tenant: string;
  readonly addressId: string;
  readonly messageId: string;
}

export interface UnsubscribeLinks {
  /** Null where the address of the server is not known. */
  urlOf(place: UnsubscribePlace): string | null;
  tokenOf(place: UnsubscribePlace): string;
  /** Null for what was not signed here. */
  read(token: string): UnsubscribePlace | null;
}

const MAC_BYTES = 16;
const TOKEN_LENGTH_MAX = 600;

export function createUnsubscribeLinks(options: {
  readonly secret: Uint8Array;
  readonly publicUrl: string | undefined;
}): UnsubscribeLinks {
  const macOf = (text: string): Buffer =>
    createHmac('sha256', options.secret)
      .update(`comptoir unsubscribe 1\0${text}`)
      .digest()
      .subarray(0, MAC_BYTES);
  const tokenOf = ({ tenant, addressId, messageId }: UnsubscribePlace): string => {
    const text = JSON.stringify([tenant, addressId, messageId]);
    return `${Buffer.from(text).toString('base64url')}.${macOf(text).toString('base64url')}`;
  };
  return {
    tokenOf,
    urlOf: (place) =>
      options.publicUrl === undefined
        ? null
        : `${options.publicUrl}/public/unsubscribe/${tokenOf(place)}`,
    read(token) {
      if (token.length > TOKEN_LENGTH_MAX) return null;
      const [encoded = '', mac = ''] = token.split('.');
      const text = Buffer.from(encoded, 'base64url').toString('utf8');
      const given = Buffer.from(mac, 'base64url');
      const own = macOf(text);
      if (given.length !== own.length || !timingSafeEqual(given, own)) return null;
      // safe because the text was signed here, so it is what `tokenOf` wrote
      const [tenant, addressId, messageId] = JSON.parse(text) as [string, string, string];
      return { tenant, addressId, messageId };
    },
  };
}
