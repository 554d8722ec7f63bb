import { expect, test } from 'vitest';
import { sentTokenOf } from './sent-token.ts';

const secret = new Uint8Array(32).fill(7);
const place = { tenant: 'acme', messageId: 'm1' };

test('a token belongs to one message of one tenant and one secret', () => {
  const token = sentTokenOf(secret, place);
  expect(token).toMatch(/^[\w-]{22}$/);
  expect(sentTokenOf(secret, place)).toBe(token);
  const others = [
    sentTokenOf(secret, { ...place, tenant: 'other' }),
    sentTokenOf(secret, { ...place, messageId: 'm2' }),
    sentTokenOf(new Uint8Array(32).fill(8), place),
  ];
  expect(new Set([token, ...others]).size).toBe(4);
});
