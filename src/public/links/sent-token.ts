/**
 * Tokens that go out in a message. Whoever reads messages of the house must not read them, so the message holds a place for
 * the token; it is computed from the id of the message by whoever sends it, and its hash opens the link.
 */
import { createHmac } from 'node:crypto';

/** Where the token stands in the text of a message. */
export const TOKEN_PLACE = '{own-data-token}';

/** As all tokens of links: 128 bits. */
const TOKEN_BYTES = 16;

export interface SentPlace {
  readonly tenant: string;
  readonly messageId: string;
}

/** A message that no link was issued for has a token as well: it opens nothing. */
export function sentTokenOf(secret: Uint8Array, { tenant, messageId }: SentPlace): string {
  const mac = createHmac('sha256', secret);
  mac.update(JSON.stringify(['comptoir sent token 1', tenant, messageId]));
  return mac.digest().subarray(0, TOKEN_BYTES).toString('base64url');
}
