/**
 * Days to reserve tables on: in the future whenever a test runs, never further ahead than a house takes reservations that
 * set nothing, and in summer, so that offsets are the same all month.
 */

/** From June on, those of the next year are near enough. */
const JUNE = 5;
const SECOND_WEEK = 8;
const WEDNESDAY = 3;
const WEEK_DAYS = 7;

/** Of the next June whose tenth day is still to come. */
export function yearOfNextJune(nowMs: number = Date.now()): number {
  const now = new Date(nowMs);
  return now.getUTCFullYear() + (now.getUTCMonth() >= JUNE ? 1 : 0);
}

/** `week` 0 is the week of the eighth; 2 is the last one. On a Wednesday, since a house may be closed on Sundays. */
export function wednesdayOfNextJune(week: number, nowMs: number = Date.now()): string {
  const year = yearOfNextJune(nowMs);
  const weekday = new Date(Date.UTC(year, JUNE, SECOND_WEEK)).getUTCDay();
  const day = SECOND_WEEK + ((WEDNESDAY - weekday + WEEK_DAYS) % WEEK_DAYS) + WEEK_DAYS * week;
  return new Date(Date.UTC(year, JUNE, day)).toISOString().slice(0, 10);
}
