/** From what somebody wrote as a time to a moment, and from moments to the dates that they touch. Pure. */
import { Type } from 'typebox';
import { businessDayOf, momentOfLocal, type LocalDate } from '../../core/calendar.ts';

/** What is needed of a location to tell time there. */
export interface Clockwork {
  /** IANA. */
  readonly timeZone: string;
  /** `HH:MM`: earlier starts belong to the business day before. */
  readonly dayCutOff: string;
}

/**
 * RFC 3339, or without zone: then on the clock of the location. Whether such a day and time exist is decided, not
 * validated, because it depends on the location.
 */
export const writtenTime = Type.String({
  pattern:
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?$',
  maxLength: 40,
});

const WRITTEN = /^(.{10}T[0-9:.]+?)(Z|[+-]\d{2}:\d{2})?$/;

export type Told =
  | { readonly kind: 'at'; readonly ms: number }
  | {
      readonly kind: 'refused';
      readonly code: 'TIME_INVALID' | 'TIME_DOES_NOT_EXIST' | 'TIME_AMBIGUOUS';
      readonly details: Readonly<Record<string, unknown>>;
    };

/**
 * The moment of a written time at a location. A wall-clock time that the clocks skipped is refused, also when it carries
 * an offset that the location does not have at that moment: somebody computed it from a clock that does not show it. One
 * that comes twice needs an offset to tell which.
 */
export function tellTime(written: string, timeZone: string): Told {
  const [, local = '', offset] = WRITTEN.exec(written) ?? [];
  try {
    if (offset === undefined) return tellLocal(local, timeZone);
    const instant = Temporal.Instant.from(written);
    const there = instant.toZonedDateTimeISO(timeZone);
    if (offset !== 'Z' && offset !== there.offset && isSkipped(local, timeZone))
      return refusedTime('TIME_DOES_NOT_EXIST', timeZone);
    return { kind: 'at', ms: instant.epochMilliseconds };
  } catch {
    return refusedTime('TIME_INVALID', timeZone);
  }
}

function tellLocal(local: string, timeZone: string): Told {
  const moment = momentOfLocal(local, timeZone);
  if (moment.kind === 'skipped') return refusedTime('TIME_DOES_NOT_EXIST', timeZone);
  if (moment.kind === 'once') return { kind: 'at', ms: Date.parse(moment.at) };
  const choices = [moment.earlier, moment.later].map((at) =>
    Temporal.Instant.from(at)
      .toZonedDateTimeISO(timeZone)
      .toString({ smallestUnit: 'second', timeZoneName: 'never' }),
  );
  return { kind: 'refused', code: 'TIME_AMBIGUOUS', details: { timeZone, choices } };
}

function isSkipped(local: string, timeZone: string): boolean {
  return momentOfLocal(local, timeZone).kind === 'skipped';
}

function refusedTime(code: 'TIME_INVALID' | 'TIME_DOES_NOT_EXIST', timeZone: string): Told {
  return { kind: 'refused', code, details: { timeZone } };
}

/** Whether the calendar has it, such as 2026-02-28. */
export function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

export function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

export function localDateOf(ms: number, timeZone: string): LocalDate {
  return zoned(ms, timeZone).toPlainDate().toString();
}

export function dayOf(ms: number, { timeZone, dayCutOff }: Clockwork): LocalDate {
  return businessDayOf(isoOf(ms), timeZone, dayCutOff);
}

/** Minutes since midnight on the clock there; with a fraction when it is not a full minute. */
export function clockMinutesOf(ms: number, timeZone: string): number {
  const { hour, minute, second, millisecond } = zoned(ms, timeZone);
  return hour * 60 + minute + (second + millisecond / 1000) / 60;
}

/**
 * Dates whose day streams hold what is taken from `fromMs` until `toMs` (exclusive): the business day of the start, and
 * every later date of the calendar that the interval touches. Two intervals that share a moment share the stream of the
 * date of that moment, whatever the cut-off is or was; so no cut-off lets a table be taken twice (R3).
 */
export function datesOf(
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  clockwork: Clockwork,
): readonly LocalDate[] {
  const last = localDateOf(toMs - 1, clockwork.timeZone);
  const dates = [dayOf(fromMs, clockwork)];
  for (let date = dates[0] ?? last; date < last;) {
    date = Temporal.PlainDate.from(date).add({ days: 1 }).toString();
    dates.push(date);
  }
  return dates;
}

function zoned(ms: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
}
