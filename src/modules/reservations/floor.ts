/** From the streams around a command to the floor that it is decided on. Pure. */
import type { StreamReference, Surroundings } from '../../core/aggregate.ts';
import type { LocalDate } from '../../core/calendar.ts';
import { locationFrom, LOCATIONS, type KnownLocation } from '../business/index.ts';
import { CALENDARS, settingsOf, type CalendarState } from './calendars/calendar.ts';
import { durationMsOf, type CalendarSettings } from './calendars/settings.ts';
import { takenAt, type Floor } from './days/occupancy.ts';
import type { DayState, Taken } from './days/state.ts';
import { dayOf, datesOf, isoOf } from './times.ts';

export const RESERVATIONS = 'reservations';
export const DAYS = 'reservations.days';
export const HOLDERS = 'reservations.holders';
export const WAITLIST = 'reservations.waitlist';
export const ENQUIRIES = 'reservations.enquiries';

export function dayStream(locationId: string, date: LocalDate): StreamReference {
  return { category: DAYS, id: `${locationId}~${date}` };
}

export function calendarStream(locationId: string): StreamReference {
  return { category: CALENDARS, id: locationId };
}

/** A location and its rules, which every decision about its tables rests on. */
export interface House {
  readonly locationId: string;
  readonly location: KnownLocation;
  readonly settings: CalendarSettings;
}

export function houseStreams(locationId: string): readonly StreamReference[] {
  return [{ category: LOCATIONS, id: locationId }, calendarStream(locationId)];
}

/** Null for a location that is not there or closed for good. */
export function houseFrom(around: Surroundings, locationId: string): House | null {
  const location = locationFrom(around, locationId);
  if (location.status !== 'open') return null;
  // safe because the stream is one of the category
  const calendar = around.stateOf(calendarStream(locationId)) as CalendarState;
  return { locationId, location, settings: settingsOf(calendar) };
}

/** When a party that starts then has its table, and on which dates' streams that stands. */
export interface Timing {
  readonly startsAt: string;
  readonly endsAt: string;
  /** Until then the table is not given to anybody else. */
  readonly takenUntil: string;
  /** Business day. */
  readonly day: LocalDate;
  readonly dates: readonly LocalDate[];
}

export function timingOf(house: House, startMs: number, partySize: number): Timing {
  const { stay, taken } = durationMsOf(house.settings, partySize);
  const toMs = startMs + taken;
  return {
    startsAt: isoOf(startMs),
    endsAt: isoOf(startMs + stay),
    takenUntil: isoOf(toMs),
    day: dayOf(startMs, house.location),
    dates: datesOf({ fromMs: startMs, toMs }, house.location),
  };
}

/** What is taken on dates whose streams the command listed. `except` is the key that a change gives up. */
export function takenOn(
  around: Surroundings,
  place: { readonly locationId: string; readonly dates: readonly LocalDate[] },
  asked: { readonly at: string; readonly except?: string },
): readonly Taken[] {
  const days = place.dates.map(
    // safe because the streams are of the category
    (date) => around.stateOf(dayStream(place.locationId, date)) as DayState,
  );
  return takenAt(days, asked.at, asked.except);
}

export function floorOf({ location, settings }: House, taken: readonly Taken[]): Floor {
  return { tables: location.tables, settings, clockwork: location, taken };
}
