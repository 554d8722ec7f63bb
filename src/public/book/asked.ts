/** What a visitor asks for on the booking page, from the address. Pure. */
import { businessDayOf } from '../../core/calendar.ts';
import type { KnownLocation } from '../../modules/business/index.ts';

export interface Asked {
  /** Business day. */
  readonly date: string;
  readonly party: number;
  /** RFC 3339: the start that was chosen; null before. */
  readonly start: string | null;
}

/** Two is what most ask for. */
const PARTY_DEFAULT = 2;

export interface AskedBounds {
  readonly nowMs: number;
  readonly partyMin: number;
  readonly partyMax: number;
  readonly aheadDays: number;
}

/** What cannot be used gives way to what is usual: an old link leads to today, not to an error. */
export function askedOf(
  query: ReadonlyMap<string, string>,
  location: Pick<KnownLocation, 'timeZone' | 'dayCutOff'>,
  bounds: AskedBounds,
): Asked {
  const { partyMin, partyMax } = bounds;
  const { first, last } = daysOf(location, bounds);
  const date = query.get('date') ?? '';
  const size = query.get('party') ?? '';
  const party = /^\d{1,3}$/.test(size) ? Number(size) : PARTY_DEFAULT;
  const start = query.get('start') ?? '';
  return {
    date: isDate(date) && date >= first && date <= last ? date : first,
    party: Math.min(partyMax, Math.max(partyMin, party)),
    start: isMoment(start) ? start : null,
  };
}

/** The business days that can be asked for. */
export function daysOf(
  { timeZone, dayCutOff }: Pick<KnownLocation, 'timeZone' | 'dayCutOff'>,
  { nowMs, aheadDays }: Pick<AskedBounds, 'nowMs' | 'aheadDays'>,
): { readonly first: string; readonly last: string } {
  const first = businessDayOf(new Date(nowMs).toISOString(), timeZone, dayCutOff);
  return { first, last: dayAfter(first, aheadDays) };
}

export function dayAfter(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  return !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && safeDate(text) === text;
}

function safeDate(text: string): string | null {
  try {
    return Temporal.PlainDate.from(text).toString();
  } catch {
    return null;
  }
}

export function isMoment(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/.test(text) && !Number.isNaN(Date.parse(text))
  );
}
