import { expect, test } from 'vitest';
import { bookingSteps } from './bookings.ts';

/** A Sunday: lunch only. */
const SUNDAY = '2026-11-22';
const HOUR_MS = 3_600_000;
const hours = Array.from(
  { length: 24 },
  (_, hour) => Date.parse(`${SUNDAY}T00:00:00Z`) + hour * HOUR_MS,
);

test('at no hour does a booking do anything that has not happened yet', () => {
  for (const nowMs of hours)
    for (const { atMs } of bookingSteps(SUNDAY, nowMs)) expect(atMs).toBeLessThanOrEqual(nowMs);
});

test('in the afternoon the day shows who came for lunch, and nobody who would sit there for ever', () => {
  const nowMs = Date.parse(`${SUNDAY}T15:30:00Z`);
  const today = bookingSteps(SUNDAY, nowMs).filter(({ id }) => id.startsWith('demo-next-0-'));
  const commands = (word: string) => today.filter(({ command }) => command === word).length;
  expect(commands('MakeReservation')).toBeGreaterThan(0);
  expect(commands('SeatReservation')).toBe(commands('CompleteReservation'));
});
