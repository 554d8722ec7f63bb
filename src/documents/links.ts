/** Tokens of links: who may have what until when, and a keyed hash over it. Nothing is stored for them. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface LinkClaim {
  readonly tenant: string;
  readonly documentId: string;
  readonly expiresAtMs: number;
}

const MAC_BYTES = 32;
/** A tenant's name, an id and a time have less. */
const TOKEN_LENGTH_MAX = 600;

export function sealLink(key: Uint8Array, { tenant, documentId, expiresAtMs }: LinkClaim): string {
  const claim = Buffer.from(JSON.stringify([tenant, documentId, expiresAtMs]));
  return Buffer.concat([macOf(key, claim), claim]).toString('base64url');
}

/** Null when it was changed, made with another key, or is late. */
export function openLink(key: Uint8Array, token: string, nowMs: number): LinkClaim | null {
  if (token.length > TOKEN_LENGTH_MAX) return null;
  const bytes = Buffer.from(token, 'base64url');
  // More than one text decodes to the same bytes; only ours is taken.
  if (bytes.length <= MAC_BYTES || bytes.toString('base64url') !== token) return null;
  const claim = bytes.subarray(MAC_BYTES);
  if (!timingSafeEqual(bytes.subarray(0, MAC_BYTES), macOf(key, claim))) return null;
  // safe because the hash says that sealLink wrote it
  const [tenant, documentId, expiresAtMs] = JSON.parse(claim.toString()) as [
    string,
    string,
    number,
  ];
  return expiresAtMs > nowMs ? { tenant, documentId, expiresAtMs } : null;
}

function macOf(key: Uint8Array, claim: Uint8Array): Buffer {
  return createHmac('sha256', key).update(claim).digest();
}
