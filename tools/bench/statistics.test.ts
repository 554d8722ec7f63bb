import { expect, test } from 'vitest';
import { significant, slopeOf, spreadOf } from './statistics.ts';

test('the spread names the middle and the edges', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4 });
  expect(spreadOf([7])).toEqual({ median: 7, min: 7, max: 7 });
});

test('a straight line has its slope and no error', () => {
  const { slope, standardError } = slopeOf([0, 1, 2, 3, 4].map((x) => ({ x, y: 5 + 3 * x })));
  expect(slope).toBeCloseTo(3, 12);
  expect(standardError).toBeCloseTo(0, 12);
});

test('the error matches the textbook formula for residuals that alternate', () => {
  const points = [0, 1, 2, 3].map((x) => ({ x, y: x % 2 }));
  const { slope, standardError } = slopeOf(points);
  expect(slope).toBeCloseTo(0.2, 12);
  expect(standardError).toBeCloseTo(Math.sqrt(0.8 / 2 / 5), 12);
});

test('a slow saw-tooth without trend is within two errors of no slope', () => {
  const points = Array.from({ length: 240 }, (_, x) => ({ x, y: x % 37 }));
  const { slope, standardError } = slopeOf(points);
  expect(Math.abs(slope)).toBeLessThan(2 * standardError);
});

test('too few points have no slope', () => {
  expect(slopeOf([{ x: 0, y: 1 }]).slope).toBeNaN();
});

test('rounding keeps significant digits', () => {
  expect(significant(123_456.7)).toBe(123_500);
  expect(significant(0.012_345_6)).toBe(0.012_35);
});
