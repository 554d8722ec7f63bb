import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  changeOf,
  denominations,
  evenParts,
  likelySums,
  paymentFault,
  tipOf,
  withTip,
} from './payments.ts';

test('change is what cash is above due and tip', () => {
  expect(changeOf({ kind: 'cash', amount: 5000, tip: 300 }, 4340)).toBe(360);
  expect(changeOf({ kind: 'cash', amount: 4000, tip: 0 }, 4340)).toBe(-340);
  expect(changeOf({ kind: 'card', amount: 5000, tip: 660 }, 4340)).toBe(0);
});

test('a card pays no more than is due beside the tip', () => {
  expect(paymentFault({ kind: 'card', amount: 5000, tip: 0 }, 4340)).toBe('above-due');
  expect(paymentFault({ kind: 'card', amount: 5000, tip: 660 }, 4340)).toBeNull();
  expect(paymentFault({ kind: 'cash', amount: 5000, tip: 0 }, 4340)).toBeNull();
  expect(paymentFault({ kind: 'cash', amount: 0, tip: 0 }, 4340)).toBe('empty');
  expect(paymentFault({ kind: 'cash', amount: 100, tip: 200 }, 4340)).toBe('tip-above');
});

test('the likely sums begin with the exact one and rise', () => {
  expect(likelySums(4340, 'EUR')).toEqual([4340, 4500, 5000, 6000, 10_000]);
  expect(likelySums(2000, 'EUR')).toEqual([2000, 5000, 10_000, 20_000]);
  expect(likelySums(0, 'EUR')).toEqual([]);
});

test('a tip is whole minor units', () => {
  expect(tipOf(4345, 10)).toBe(435);
});

test('even parts add up to what is due and differ by one at most', () => {
  const due = fc.integer({ min: 1, max: 1_000_000 });
  fc.assert(
    fc.property(due, fc.integer({ min: 1, max: 20 }), (amount, guests) => {
      const parts = evenParts(amount, guests);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount);
      expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
    }),
  );
});

test('an unknown currency has coins as well', () => {
  expect(denominations('XXX').at(-1)).toBe(1);
});

test('a tip is handed over with the sum, unless cash for both lies there', () => {
  const due = 4340;
  expect(withTip({ kind: 'card', amount: due, tip: 0 }, { tip: 434, due }).amount).toBe(4774);
  expect(withTip({ kind: 'cash', amount: 5000, tip: 0 }, { tip: 434, due }).amount).toBe(5000);
  expect(withTip({ kind: 'cash', amount: due, tip: 0 }, { tip: 434, due }).amount).toBe(4774);
});
