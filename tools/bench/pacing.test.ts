import { expect, test } from 'vitest';
import { dueAtMs, dueCount, OFFERED_SHARE } from './pacing.ts';

test('over a second exactly the rate becomes due, however rarely the clock is read', () => {
  const pace = { startMs: 1000, perSecond: 10_500 };
  for (const stepMs of [1, 3, 17, 250]) {
    let sent = 0;
    for (let nowMs = 1000; nowMs < 2000; nowMs += stepMs) sent = dueCount(pace, nowMs);
    expect(dueCount(pace, 1999.9999) - sent).toBeLessThanOrEqual(Math.ceil(stepMs * 10.5));
    expect(dueCount(pace, 1999.9999)).toBe(10_500);
  }
});

test('nothing is due before the start and the first request at the start', () => {
  const pace = { startMs: 50, perSecond: 100 };
  expect(dueCount(pace, 49)).toBe(0);
  expect(dueCount(pace, 50)).toBe(1);
});

test('a request is counted as due at its own moment, not before', () => {
  const pace = { startMs: 0, perSecond: 400 };
  for (let index = 0; index < 1000; index += 1) {
    expect(dueCount(pace, dueAtMs(pace, index))).toBe(index + 1);
    expect(dueCount(pace, dueAtMs(pace, index) - 0.01)).toBe(index);
  }
});

test('a paced bench offers at least 5 % above the rate asked', () => {
  expect(OFFERED_SHARE).toBeGreaterThanOrEqual(1.05);
});
