/**
 * The secret of the link of a double opt-in: HMAC-SHA-256 (RFC 2104) under a secret of the server over tenant and message, 128
 * bits of it. It is kept nowhere: events and messages hold a place for it, which whoever sends the message fills. So
 * nobody who may read messages of the house can confirm a consent in somebody's name.
 */
export interface OptInTokens {
  tokenOf(of: { readonly tenant: string; readonly messageId: string }): Promise<string>;
}

const TOKEN_BYTES = 16;

/** `secret` has 32 bytes or more; every process of an installation must have the same. */
export function createOptInTokens(secret: Uint8Array): OptInTokens {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = crypto.subtle.importKey('raw', Uint8Array.from(secret), algorithm, false, ['sign']);
  return {
    async tokenOf({ tenant, messageId }) {
      const text = JSON.stringify(['comptoir opt-in token 1', tenant, messageId]);
      const mac = await crypto.subtle.sign('HMAC', await key, new TextEncoder().encode(text));
      const encoded = btoa(String.fromCharCode(...new Uint8Array(mac).subarray(0, TOKEN_BYTES)));
      return encoded.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
    },
  };
}
