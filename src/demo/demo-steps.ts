/** What the demo is made of: commands with ids of their own, so that giving one again changes nothing. */

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

export const DEMO_LOCATION = 'le-comptoir';
export const DEMO_ZONE = 'Europe/Paris';
export const DEMO_CUT_OFF = '05:00';

/** Wall-clock time at the demo's place as a moment: minutes since midnight, beyond 24 hours too. */
export function demoMoment(day: string, minutes: number): number {
  const midnight = Temporal.PlainDate.from(day).toPlainDateTime();
  return midnight.add({ minutes }).toZonedDateTime(DEMO_ZONE).epochMilliseconds;
}

/** 1 is Monday. */
export function weekdayOf(day: string): number {
  return Temporal.PlainDate.from(day).dayOfWeek;
}

/** The house is closed on Mondays. */
export const CLOSED_WEEKDAY = 1;
