import { expect, test } from 'vitest';
import { dayPlus, paceOf } from './pace.ts';

const of = { nowMs: 10_500, binMs: 1000, count: 3, perMs: 1000, knownFromMs: 0 };

test('moments fall into their bins, and the one that is not over is left out', () => {
  const { points, total, most } = paceOf([6999, 7000, 8500, 8600, 10_100], of);
  expect(points).toEqual([
    [7000, 1],
    [8000, 2],
    [9000, 0],
  ]);
  expect([total, most]).toEqual([3, 2]);
});

test('what nobody read is a gap, not a zero', () => {
  const { points } = paceOf([9500], { ...of, knownFromMs: 9000 });
  expect(points.map(([, value]) => value)).toEqual([null, null, 1]);
});

test('a rate is told in its own unit', () => {
  const { points } = paceOf([7000, 7001], { ...of, perMs: 60_000 });
  expect(points[0]![1]).toBe(120);
});

test.each([
  ['2026-03-01', -1, '2026-02-28'],
  ['2026-12-31', 1, '2027-01-01'],
  ['2026-11-22', -7, '2026-11-15'],
])('%s and %i days is %s', (day, days, expected) => {
  expect(dayPlus(day, days)).toBe(expected);
});
