import { expect, test } from 'vitest';
import { SETTINGS_DEFAULT } from '../../src/modules/reservations/calendars/settings.ts';
import { wednesdayOfNextJune, yearOfNextJune } from './next-june.ts';

const DAY_MS = 86_400_000;

test('on every day of four years they can be reserved on', () => {
  const begin = Date.UTC(2026, 11, 1);
  for (let nowMs = begin; nowMs < begin + 4 * 366 * DAY_MS; nowMs += DAY_MS) {
    const first = Date.UTC(yearOfNextJune(nowMs), 5, 10);
    const last = Date.UTC(yearOfNextJune(nowMs), 5, 30, 23, 59);
    expect(first - nowMs).toBeGreaterThan(7 * DAY_MS);
    expect(last - nowMs).toBeLessThan(SETTINGS_DEFAULT.aheadDays * DAY_MS);
    const wednesdays = [0, 1, 2].map((week) => new Date(wednesdayOfNextJune(week, nowMs)));
    expect(wednesdays.map((day) => [day.getUTCMonth(), day.getUTCDay()])).toEqual([
      [5, 3],
      [5, 3],
      [5, 3],
    ]);
    expect(new Set(wednesdays.map(Number)).size).toBe(3);
  }
});
