/** Tokens of double opt-ins as the module makes them (routes-opt-in-token.ts), at once: the test holds both against each other. */
import { createHmac } from 'node:crypto';

const TOKEN_BYTES = 16;

export function optInTokenOf(
  secret: Uint8Array,
  { tenant, messageId }: { readonly tenant: string; readonly messageId: string },
): string {
  const text = JSON.stringify(['comptoir opt-in token 1', tenant, messageId]);
  const mac = createHmac('sha256', secret).update(text).digest();
  return mac.subarray(0, TOKEN_BYTES).toString('base64url');
}
