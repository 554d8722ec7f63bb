import { expect, test } from 'vitest';
import { byCourse, chosenAmount, isUntold, seatsOf } from './courses.ts';
import type { OrderLine } from './order-types.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
function line(lineId: string, more: Partial<OrderLine> = {}): OrderLine {
  return {
    lineId,
    productId: lineId,
    variantId: null,
    name: lineId,
    quantity: 2,
    unitPrice: eur(500),
    modifiers: [],
    amount: eur(1000),
    discount: eur(0),
    pointsDiscount: eur(0),
    total: eur(1000),
    paid: eur(0),
    refunded: eur(0),
    stationId: null,
    course: null,
    seat: null,
    note: null,
    revision: 1,
    kitchen: 'fired',
    rushed: false,
    ...more,
  };
}

test('what has no course comes first, then course by course', () => {
  const groups = byCourse([
    line('a', { course: 2 }),
    line('b'),
    line('c', { course: 1 }),
    line('d', { course: 2 }),
  ]);
  expect(groups.map(({ course, lines }) => [course, lines.map(({ lineId }) => lineId)])).toEqual([
    [null, ['b']],
    [1, ['c']],
    [2, ['a', 'd']],
  ]);
});

test('what waits or needs no station can be removed without a void', () => {
  expect(
    (['none', 'held', 'fired', 'ready', 'served'] as const).map((kitchen) => isUntold({ kitchen })),
  ).toEqual([true, true, false, false, false]);
});

test('a seat that paid is not offered for a split', () => {
  const lines = [
    line('a', { seat: 2 }),
    line('b', { seat: 1, paid: eur(1000) }),
    line('c', { seat: 2 }),
    line('d'),
  ];
  expect(seatsOf(lines)).toEqual([2]);
});

test('the amount of a choice counts parts of a line and never more than it has', () => {
  const lines = [line('a'), line('b', { paid: eur(400) })];
  expect(chosenAmount(lines, { a: 1, b: 2 })).toBe(1100);
  expect(chosenAmount(lines, { a: 9 })).toBe(1000);
  expect(chosenAmount(lines, {})).toBe(0);
});
