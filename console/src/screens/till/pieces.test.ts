import { expect, test } from 'vitest';
import { denominationsOf, sumOf } from './pieces.ts';

test('pieces add up to what was counted', () => {
  expect(sumOf({ 5000: 2, 50: 1, 1: 3 })).toBe(10_053);
  expect(sumOf({})).toBe(0);
});

test('what was not counted is not told', () => {
  expect(denominationsOf({ 50: 1, 5000: 2, 20: 0 })).toEqual([
    { value: 5000, quantity: 2 },
    { value: 50, quantity: 1 },
  ]);
});
