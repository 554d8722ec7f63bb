import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createRecentKeys } from './recent-keys.ts';

const keyOf = (number: number): Uint8Array => hash('sha256', `key ${number}`, 'buffer');

test('a key that was added is known until as many others as two filters hold were added', () => {
  const keys = createRecentKeys(100);
  for (let number = 0; number < 200; number += 1) keys.add(keyOf(number));
  for (let number = 100; number < 200; number += 1) expect(keys.mayHold(keyOf(number))).toBe(true);
  keys.add(keyOf(200));
  expect(keys.mayHold(keyOf(0))).toBe(false);
  expect(keys.mayHold(keyOf(199))).toBe(true);
});

test('of the keys that were never added hardly one is taken for known, also when both filters are full', () => {
  const keys = createRecentKeys();
  for (let number = 0; number < 600_000; number += 1) keys.add(keyOf(number));
  let mistaken = 0;
  for (let number = 0; number < 2_000; number += 1)
    if (keys.mayHold(keyOf(-1 - number))) mistaken += 1;
  expect(mistaken).toBeLessThan(60);
});
