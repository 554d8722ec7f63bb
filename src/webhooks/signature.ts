/**
 * Signing by the Standard Webhooks specification (github.com/standard-webhooks/standard-webhooks, "Signature scheme"):
 * HMAC-SHA256 over `id.timestamp.body` on the raw bytes, one signature for each active secret, separated by spaces.
 */
import { createHmac, randomBytes } from 'node:crypto';

/** The specification wants 24 to 64 bytes; 32 is the strength of the hash. */
const SECRET_BYTES = 32;
const SECRET_PREFIX = 'whsec_';

export interface SignedHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

export function newSecret(): Uint8Array {
  return randomBytes(SECRET_BYTES);
}

/** As it is shown once: `whsec_` and base64. */
export function secretText(secret: Uint8Array): string {
  return SECRET_PREFIX + Buffer.from(secret).toString('base64');
}

export interface Signable {
  readonly id: string;
  /** Of the attempt, not of the event: receivers refuse old ones. */
  readonly atMs: number;
  readonly body: Uint8Array;
}

/** `secrets` in the order in which their signatures stand; at least one. */
export function signedHeaders(message: Signable, secrets: readonly Uint8Array[]): SignedHeaders {
  const timestamp = String(Math.floor(message.atMs / 1000));
  const signatures = secrets.map((secret) => {
    const hmac = createHmac('sha256', secret);
    hmac.update(`${message.id}.${timestamp}.`);
    return `v1,${hmac.update(message.body).digest('base64')}`;
  });
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
