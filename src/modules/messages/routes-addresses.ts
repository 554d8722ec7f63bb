/**
 * Ids that stand for addresses: HMAC-SHA-256 (RFC 2104) under a secret of the server over tenant and address, 128 bits of
 * it. Phones can all be tried, so a plain hash would give them away; and the id outlives the address, so that whoever asked
 * not to be written to is recognised after being forgotten.
 */
import type { Channel } from './shapes.ts';

const ID_CHARACTERS = 22;

export interface AddressIds {
  /** The same for `Ana@Example.com ` and `ana@example.com`. */
  addressIdOf(of: { readonly tenant: string; readonly address: string }): Promise<string>;
}

/** `secret` has 32 bytes or more; every process of an installation must have the same. */
export function createAddressIds(secret: Uint8Array<ArrayBuffer>): AddressIds {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = crypto.subtle.importKey('raw', secret, algorithm, false, ['sign']);
  return {
    async addressIdOf({ tenant, address }) {
      const plain = address.trim().toLowerCase();
      const text = JSON.stringify(['comptoir addresses 1', tenant, plain]);
      const mac = await crypto.subtle.sign('HMAC', await key, new TextEncoder().encode(text));
      const encoded = btoa(String.fromCharCode(...new Uint8Array(mac)));
      return encoded.replaceAll('+', '-').replaceAll('/', '_').slice(0, ID_CHARACTERS);
    },
  };
}

/** A text and a WhatsApp message to one number are two channels, and may be unwanted one by one. */
export function suppressionIdOf(of: {
  readonly channel: Channel;
  readonly addressId: string;
}): string {
  return `${of.channel}.${of.addressId}`;
}

export function conversationIdOf(of: {
  readonly senderId: string;
  readonly addressId: string;
}): string {
  return `${of.senderId}.${of.addressId}`;
}
