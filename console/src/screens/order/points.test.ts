import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pointsFor, pointsWorth } from './points.ts';

test('points stand for their part of the value', () => {
  expect(pointsWorth({ points: 200, value: 1000 }, 50)).toBe(250);
  expect(pointsWorth({ points: 200, value: 1000 }, 900)).toBe(1000);
  expect(pointsWorth({ points: 0, value: 0 }, 5)).toBe(0);
});

test('no points are offered that stand for more than is due', () => {
  const amount = fc.integer({ min: 1, max: 100_000 });
  fc.assert(
    fc.property(amount, amount, amount, (points, value, due) => {
      const most = pointsFor({ points, value }, due);
      expect(most).toBeLessThanOrEqual(points);
      expect(pointsWorth({ points, value }, most)).toBeLessThanOrEqual(due);
    }),
  );
});

test('nothing is offered where nothing is due or there', () => {
  expect(pointsFor({ points: 10, value: 50 }, 0)).toBe(0);
  expect(pointsFor({ points: -3, value: 0 }, 100)).toBe(0);
});
