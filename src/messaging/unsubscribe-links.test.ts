import { expect, test } from 'vitest';
import { createUnsubscribeLinks } from './unsubscribe-links.ts';

const secret = new Uint8Array(32).fill(7);
const place = { tenant: 'cafe', addressId: 'a1', messageId: 'c1~c7' };

test('a link leads back to tenant, address and message', () => {
  const links = createUnsubscribeLinks({ secret, publicUrl: 'https://bar.example' });
  const url = links.urlOf(place);
  expect(url).toMatch(/^https:\/\/bar\.example\/public\/unsubscribe\/[A-Za-z0-9_.-]+$/);
  expect(links.read(url!.split('/').at(-1)!)).toEqual(place);
});

test('a token of somebody else, a changed one and none at all lead nowhere', () => {
  const links = createUnsubscribeLinks({ secret, publicUrl: undefined });
  const foreign = createUnsubscribeLinks({ secret: new Uint8Array(32), publicUrl: undefined });
  const token = links.tokenOf(place);
  const [, mac] = token.split('.');
  const other = Buffer.from('["other","a1","m1"]').toString('base64url');
  for (const wrong of [foreign.tokenOf(place), `${other}.${mac}`, token.slice(1), '', '.', 'x'])
    expect(links.read(wrong)).toBeNull();
  expect(links.urlOf(place)).toBeNull();
});
