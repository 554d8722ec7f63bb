/** What the demo is made of: commands with ids of their own, so that giving one again changes nothing. */
import { addDays, businessDayOf } from '../core/calendar.ts';

export interface DemoStep {
  /** `catalog.products`. */
  readonly category: string;
  readonly command: string;
  readonly id: string;
  readonly input: unknown;
  /** Of a command to something that is there: its id, which the stream keeps. One that creates is known by its `id`. */
  readonly once?: string;
}

/** A step that happened in the past. */
export interface DatedStep extends DemoStep {
  readonly atMs: number;
}

/** Who gives the commands that fill the demo. */
export const FILL_ACTOR = 'demo';
export const DEMO_LOCATION = 'le-comptoir';
export const DEMO_ZONE = 'Europe/Paris';
export const DEMO_CUT_OFF = '05:00';

/** Wall-clock time at the demo's place as a moment: minutes since midnight, beyond 24 hours too. */
export function demoMoment(day: string, minutes: number): number {
  const midnight = Temporal.PlainDate.from(day).toPlainDateTime();
  return midnight.add({ minutes }).toZonedDateTime(DEMO_ZONE).epochMilliseconds;
}

/** A moment so many days before, on a day on which the house was open. */
export function dayBefore(
  nowMs: number,
  { days, minutes }: { readonly days: number; readonly minutes: number },
): number {
  const today = businessDayOf(new Date(nowMs).toISOString(), DEMO_ZONE, DEMO_CUT_OFF);
  const day = addDays(today, -days);
  return demoMoment(weekdayOf(day) === CLOSED_WEEKDAY ? addDays(day, -1) : day, minutes);
}

/** 1 is Monday. */
export function weekdayOf(day: string): number {
  return Temporal.PlainDate.from(day).dayOfWeek;
}

/** The house is closed on Mondays. */
export const CLOSED_WEEKDAY = 1;

export interface EveningStep extends DatedStep {
  /** Refused, the rest of the plan makes no sense and is dropped. */
  readonly needed?: true;
  /** `input` lacks the amount: what is due then. */
  readonly paysDue?: true;
}
