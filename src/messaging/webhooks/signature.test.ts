import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { isSameText, isSignedBy } from './signature.ts';

const body = Buffer.from('{"text":"za\\u017c\\u00f3\\u0142\\u0107"}');
const header = `sha256=${createHmac('sha256', 'secret').update(body).digest('hex')}`;

test('the raw bytes are what is signed: the same JSON written anew is not', () => {
  expect(isSignedBy('secret', { body, header })).toBe(true);
  const anew = Buffer.from(JSON.stringify(JSON.parse(body.toString('utf8'))));
  expect(isSignedBy('secret', { body: anew, header })).toBe(false);
});

test('another secret, another form or no header is no signature', () => {
  expect(isSignedBy('other', { body, header })).toBe(false);
  for (const wrong of [
    undefined,
    '',
    'sha256=',
    header.toUpperCase(),
    header.slice(0, -1),
    `${header}0`,
  ])
    expect(isSignedBy('secret', { body, header: wrong })).toBe(false);
});

test('texts are compared whole', () => {
  expect(isSameText('token', 'token')).toBe(true);
  expect(isSameText('token', 'tokens')).toBe(false);
  expect(isSameText('', '')).toBe(true);
});
