import { expect, test } from 'vitest';
import { createClockOffset } from './clock-offset.ts';

const AHEAD_MS = 5_000;

/** A question that waited `there` ms to be read and `back` ms to be answered. */
function reading(atMs: number, of: { readonly there: number; readonly back: number }) {
  const readMs = atMs + of.there;
  return { beforeMs: atMs, afterMs: readMs + of.back, nowMs: readMs + AHEAD_MS };
}

test('a quick answer makes up for slow ones, whichever came first', () => {
  const offset = createClockOffset();
  offset.observe(reading(0, { there: 1, back: 1 }));
  const later = [
    offset.observe(reading(200, { there: 0, back: 90 })),
    offset.observe(reading(400, { there: 90, back: 0 })),
  ];
  for (const guess of later) expect(Math.abs(guess - AHEAD_MS)).toBeLessThanOrEqual(1);
});

test('a clock that was set is believed at once', () => {
  const offset = createClockOffset();
  offset.observe(reading(0, { there: 1, back: 1 }));
  const later = reading(200, { there: 1, back: 1 });
  const moved = offset.observe({ ...later, nowMs: later.nowMs - 3_000 });
  expect(Math.abs(moved - (AHEAD_MS - 3_000))).toBeLessThanOrEqual(1);
});
