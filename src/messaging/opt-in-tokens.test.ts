import { expect, test } from 'vitest';
import { createOptInTokens } from '../modules/messages/index.ts';
import { optInTokenOf } from './opt-in-tokens.ts';

const SECRET = new Uint8Array(32).fill(7);

test('whoever sends a message and whoever opens its link compute the same token', async () => {
  const tokens = createOptInTokens(SECRET);
  const place = { tenant: 'acme', messageId: 'opt-in.1' };
  const token = optInTokenOf(SECRET, place);
  expect(token).toMatch(/^[\w-]{22}$/);
  expect(await tokens.tokenOf(place)).toBe(token);
});

test('another message, tenant or secret has another token', () => {
  const place = { tenant: 'acme', messageId: 'opt-in.1' };
  const others = [
    optInTokenOf(SECRET, { ...place, messageId: 'opt-in.2' }),
    optInTokenOf(SECRET, { ...place, tenant: 'other' }),
    optInTokenOf(new Uint8Array(32), place),
  ];
  expect(new Set([optInTokenOf(SECRET, place), ...others]).size).toBe(4);
});
