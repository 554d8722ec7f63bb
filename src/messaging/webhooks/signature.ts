/** Signatures of WhatsApp's webhooks: HMAC-SHA-256 of the raw body under the secret of the application. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Over the bytes as they came: a body written anew differs in how it escapes letters. */
export function isSignedBy(
  secret: string,
  { body, header }: { readonly body: Uint8Array; readonly header: string | undefined },
): boolean {
  const [, hex] = /^sha256=([0-9a-f]{64})$/.exec(header ?? '') ?? [];
  if (hex === undefined) return false;
  const own = createHmac('sha256', secret).update(body).digest();
  return timingSafeEqual(Buffer.from(hex, 'hex'), own);
}

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export function isSameText(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) =>
    createHmac('sha256', 'same').update(text).digest(),
  );
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}
