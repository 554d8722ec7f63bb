/** Days of lots: when points may be used and when they expire. Local dates of the programme's time zone; pure. */
import {
  addDays,
  addMonths,
  businessDayBounds,
  businessDayOf,
  type LocalDate,
} from '../../../core/calendar.ts';
import type { Expiry, Rules } from './rules.ts';

const MIDNIGHT = '00:00';

/** The local date of a moment (RFC 3339). */
export function dayOf(at: string, { timeZone }: Rules): LocalDate {
  // Much cheaper than the rules of a time zone, which UTC has not.
  if (timeZone === 'UTC' && at.endsWith('Z')) return at.slice(0, 10);
  return businessDayOf(at, timeZone, MIDNIGHT);
}

/** The moment at which a local date begins, RFC 3339. */
export function startOf(day: LocalDate, { timeZone }: Rules): string {
  return businessDayBounds(day, timeZone, MIDNIGHT).from;
}

export function monthOf(day: LocalDate): string {
  return day.slice(0, 7);
}

export function firstOfNextMonth(day: LocalDate): LocalDate {
  return addMonths(`${monthOf(day)}-01`, 1);
}

/** `YYYY-MM` of so many months before the month of `day`. */
export function monthBefore(day: LocalDate, months: number): string {
  return monthOf(addMonths(`${monthOf(day)}-01`, -months));
}

export interface LotDays {
  /** From this day on the points may be used. */
  readonly activeOn: LocalDate;
  /** The last day on which they may be; null for ever. */
  readonly expiresOn: LocalDate | null;
}

export function lotDays(earnedOn: LocalDate, { pendingDays, expiry }: Rules): LotDays {
  const activeOn = pendingDays === 0 ? earnedOn : addDays(earnedOn, pendingDays);
  return { activeOn, expiresOn: lastDayOf(activeOn, expiry) };
}

function lastDayOf(from: LocalDate, expiry: Expiry): LocalDate | null {
  switch (expiry.kind) {
    case 'never':
      return null;
    case 'months':
      return addMonths(from, expiry.months);
    case 'end-of-month':
      return addDays(addMonths(`${monthOf(from)}-01`, expiry.months + 1), -1);
    case 'end-of-year':
      return `${Number(from.slice(0, 4)) + expiry.years}-12-31`;
  }
}

/** Monday is 1. */
export function weekdayOf(day: LocalDate): number {
  // 1970-01-01 was a Thursday; a local date has no zone, so UTC stands for it.
  const days = Date.parse(`${day}T00:00:00Z`) / 86_400_000;
  return ((((days + 3) % 7) + 7) % 7) + 1;
}
