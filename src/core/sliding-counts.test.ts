import { expect, test } from 'vitest';
import { createSlidingCounts } from './sliding-counts.ts';

const counts = (keysMax = 10) => createSlidingCounts({ windowMs: 1000, keysMax });

test('what was counted in a window slides out of the next one', () => {
  const sliding = counts();
  for (let index = 0; index < 8; index += 1) sliding.add('a', 10_000);
  expect(sliding.read('a', 10_999)).toBe(8);
  expect(sliding.read('a', 11_000)).toBe(8);
  expect(sliding.read('a', 11_250)).toBe(6);
  expect(sliding.add('a', 11_500)).toBe(5);
  expect(sliding.read('a', 12_000)).toBe(1);
  expect(sliding.read('a', 14_000)).toBe(0);
});

test('keys are counted apart', () => {
  const sliding = counts();
  sliding.add('a', 10_000);
  expect(sliding.read('b', 10_000)).toBe(0);
});

test('a clock that is set back forgets nothing and brings nothing back', () => {
  const sliding = counts();
  sliding.add('a', 10_000);
  expect(sliding.add('a', 9_000)).toBe(2);
  expect(sliding.read('a', 10_000)).toBe(2);
});

test('the oldest key leaves when there are too many', () => {
  const sliding = counts(2);
  for (const key of ['a', 'b', 'a', 'c']) sliding.add(key, 10_000);
  expect(['a', 'b', 'c'].map((key) => sliding.read(key, 10_000))).toEqual([0, 1, 1]);
});

test('how long to wait is told to the millisecond, in the running window and behind it', () => {
  const sliding = counts();
  for (let index = 0; index < 8; index += 1) sliding.add('a', 10_000);
  expect(sliding.untilBelow('a', 10_400, 9)).toBe(0);
  for (const [nowMs, limit] of [
    [10_400, 8],
    [10_400, 4],
    [11_100, 4],
  ] as const) {
    const wait = sliding.untilBelow('a', nowMs, limit);
    expect(sliding.read('a', nowMs + wait - 1)).toBeGreaterThanOrEqual(limit - 0.01);
    expect(sliding.read('a', nowMs + wait)).toBeLessThanOrEqual(limit);
  }
});
