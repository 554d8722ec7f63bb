/** The day's timeline: which hours it spans, where each party stands on it, how full each quarter is. Pure. */
import type { BookingRow, PlaceTable, Taken } from './booking-types.ts';
import { isOpen } from './booking-types.ts';

const HOUR_MS = 3_600_000;

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Whole hours around the starts that can be had and everything that is there; noon to midnight where there is nothing. */
export function spanOf(
  times: readonly { readonly from: string; readonly to: string }[],
  fallback: Span,
): Span {
  if (times.length === 0) return fallback;
  const from = Math.min(...times.map((each) => Date.parse(each.from)));
  const to = Math.max(...times.map((each) => Date.parse(each.to)));
  return { fromMs: Math.floor(from / HOUR_MS) * HOUR_MS, toMs: Math.ceil(to / HOUR_MS) * HOUR_MS };
}

export function hoursOf({ fromMs, toMs }: Span): readonly number[] {
  return Array.from(
    { length: Math.round((toMs - fromMs) / HOUR_MS) },
    (_, at) => fromMs + at * HOUR_MS,
  );
}

/** In per cent of the span, cut at its ends. */
export function placeOn(
  { fromMs, toMs }: Span,
  time: { readonly from: string; readonly to: string },
): { readonly left: number; readonly width: number } {
  const of = (text: string): number =>
    (100 * (Math.min(toMs, Math.max(fromMs, Date.parse(text))) - fromMs)) / (toMs - fromMs);
  const left = of(time.from);
  return { left, width: Math.max(0, of(time.to) - left) };
}

export interface TableLine {
  readonly table: PlaceTable;
  readonly bookings: readonly BookingRow[];
  readonly blocks: readonly Taken[];
}

/** Every table with what stands on it; a party at joined tables stands on each. Those that are over are left out. */
export function linesOf(of: {
  readonly tables: readonly PlaceTable[];
  readonly bookings: readonly BookingRow[];
  readonly taken: readonly Taken[];
}): readonly TableLine[] {
  const shown = of.bookings.filter(({ status }) => isOpen(status) || status === 'completed');
  const others = of.taken.filter(({ kind }) => kind !== 'reservation');
  return of.tables.map((table) => ({
    table,
    bookings: shown.filter(({ tableIds }) => tableIds.includes(table.tableId)),
    blocks: others.filter(({ tableIds }) => tableIds.includes(table.tableId)),
  }));
}

export interface DayCounts {
  readonly parties: number;
  readonly covers: number;
  readonly seated: number;
  readonly toCome: number;
}

export function dayCounts(bookings: readonly BookingRow[]): DayCounts {
  const kept = bookings.filter(({ status }) => isOpen(status) || status === 'completed');
  const sum = (rows: readonly BookingRow[]): number =>
    rows.reduce((total, { partySize }) => total + partySize, 0);
  return {
    parties: kept.length,
    covers: sum(kept),
    seated: sum(kept.filter(({ status }) => status === 'seated')),
    toCome: sum(kept.filter(({ status }) => status !== 'seated' && status !== 'completed')),
  };
}

/** Guests that sit in each hour of the span. */
export function coversByHour(bookings: readonly BookingRow[], span: Span): readonly number[] {
  return hoursOf(span).map((hourMs) =>
    bookings
      .filter(
        ({ status, startsAt, endsAt }) =>
          (isOpen(status) || status === 'completed') &&
          Date.parse(startsAt) < hourMs + HOUR_MS &&
          Date.parse(endsAt) > hourMs,
      )
      .reduce((sum, { partySize }) => sum + partySize, 0),
  );
}

/** The calendar date so many days later. */
export function dateAfter(date: string, days: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

/** A time on the clock of a business day, as the interface takes it: before the cut-off it is the next date. */
export function localMoment(day: string, time: string, dayCutOff: string): string {
  return `${time < dayCutOff ? dateAfter(day, 1) : day}T${time}`;
}
