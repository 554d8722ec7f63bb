/** The starts that a business day offers, and why another start is none. Pure; computed once for each day and settings. */
import { momentOfLocal, type LocalDate } from '../../core/calendar.ts';
import type { CalendarSettings } from './calendars/settings.ts';
import { clockMinutesOf, dayOf, type Clockwork } from './times.ts';

const DAY_MINUTES = 24 * 60;
/** Days held for each settings object: a month of bookings ahead and then some. */
const REMEMBERED_MAX = 64;
const remembered = new WeakMap<CalendarSettings, Map<string, readonly number[]>>();

/** Milliseconds since the epoch of every start of a business day, ascending. */
export function slotsOf(
  settings: CalendarSettings,
  clockwork: Clockwork,
  day: LocalDate,
): readonly number[] {
  let held = remembered.get(settings);
  if (held === undefined) remembered.set(settings, (held = new Map()));
  const key = `${day} ${clockwork.dayCutOff} ${clockwork.timeZone}`;
  let slots = held.get(key);
  if (slots === undefined) {
    slots = computeSlots(settings, clockwork, day);
    if (held.size >= REMEMBERED_MAX) held.clear();
    held.set(key, slots);
  }
  return slots;
}

export interface HoursWindow {
  readonly opens: string;
  readonly closes: string;
}

/** The hours of a business day: those of its exception, else the weekly ones. */
export function hoursOf(settings: CalendarSettings, day: LocalDate): readonly HoursWindow[] {
  const exception = settings.exceptions.find(({ date }) => date === day);
  if (exception !== undefined) return exception.hours;
  const { dayOfWeek } = Temporal.PlainDate.from(day);
  return settings.weekly
    .filter(({ weekday }) => weekday === dayOfWeek)
    .map(({ opens, closes }) => ({ opens, closes }));
}

/**
 * A window that opens before the cut-off is on the next date, since that time belongs to this business day. Starts past
 * the next cut-off are left out: they belong to the next business day and its hours. Where such an early window goes on
 * past the cut-off, as that of a bakery or of a house that never closes, what follows is on the date itself.
 */
function computeSlots(
  settings: CalendarSettings,
  clockwork: Clockwork,
  day: LocalDate,
): readonly number[] {
  const { gridMinutes, lastStartMinutes } = settings;
  const cutOff = minutesOf(clockwork.dayCutOff);
  const slots = new Set<number>();
  const offer = (from: number, last: number): void => {
    for (let at = Math.ceil(from / gridMinutes) * gridMinutes; at <= last; at += gridMinutes)
      for (const ms of momentsOf(day, at, clockwork.timeZone)) slots.add(ms);
  };
  for (const { opens, closes } of hoursOf(settings, day)) {
    const isEarly = minutesOf(opens) < cutOff;
    const from = minutesOf(opens) + (isEarly ? DAY_MINUTES : 0);
    const length = (minutesOf(closes) - minutesOf(opens) + DAY_MINUTES) % DAY_MINUTES;
    const until = from + (length === 0 ? DAY_MINUTES : length);
    const last = until - Math.max(lastStartMinutes, 1);
    const end = cutOff + DAY_MINUTES;
    const goesOn = isEarly && until > end;
    offer(from, goesOn ? end - 1 : Math.min(last, end - 1));
    if (goesOn) offer(cutOff, last - DAY_MINUTES);
  }
  return [...slots].sort((a, b) => a - b);
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

/** None when the clocks skip it, two when they show it twice. */
function momentsOf(day: LocalDate, minutes: number, timeZone: string): readonly number[] {
  const local = Temporal.PlainDate.from(day).toPlainDateTime().add({ minutes }).toString();
  const moment = momentOfLocal(local, timeZone);
  if (moment.kind === 'skipped') return [];
  if (moment.kind === 'once') return [Date.parse(moment.at)];
  return [Date.parse(moment.earlier), Date.parse(moment.later)];
}

export type StartFault =
  | { readonly code: 'OFF_GRID'; readonly details: { readonly gridMinutes: number } }
  | {
      readonly code: 'LOCATION_CLOSED_THEN';
      readonly details: { readonly day: LocalDate; readonly hours: readonly HoursWindow[] };
    };

/** Null when the business day of `ms` offers that start. */
export function startFaultOf(
  settings: CalendarSettings,
  clockwork: Clockwork,
  ms: number,
): StartFault | null {
  const { gridMinutes } = settings;
  if (clockMinutesOf(ms, clockwork.timeZone) % gridMinutes !== 0)
    return { code: 'OFF_GRID', details: { gridMinutes } };
  const day = dayOf(ms, clockwork);
  if (slotsOf(settings, clockwork, day).includes(ms)) return null;
  return { code: 'LOCATION_CLOSED_THEN', details: { day, hours: hoursOf(settings, day) } };
}
