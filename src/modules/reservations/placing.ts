/** Whether a party may have a start at all, and then which tables: for reservations, changes and the waiting list. Pure. */
import type { Surroundings } from '../../core/aggregate.ts';
import { rejected, type Rejected } from '../../core/decision.ts';
import { durationMsOf } from './calendars/settings.ts';
import { alternativesTo, placeFor } from './days/occupancy.ts';
import { floorOf, takenOn, timingOf, type House, type Timing } from './floor.ts';
import { startFaultOf } from './slots.ts';
import { largestPartyOf, setsFor, type SeatingWish } from './table-sets.ts';
import { tellTime } from './times.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export interface Start {
  readonly outcome: 'start';
  readonly startMs: number;
}

/** The moment of a written start, when the location takes reservations for it. */
export function checkStart(house: House, written: string, at: string): Start | Rejected {
  const { settings, location } = house;
  if (!settings.takesBookings) return rejected('BOOKINGS_STOPPED');
  const told = tellTime(written, location.timeZone);
  if (told.kind === 'refused') return rejected(told.code, told.details);
  const startMs = told.ms;
  const nowMs = Date.parse(at);
  const { leadMinutes, aheadDays } = settings;
  if (startMs < nowMs + leadMinutes * MINUTE_MS) return rejected('TOO_LATE', { leadMinutes });
  if (startMs > nowMs + aheadDays * DAY_MS) return rejected('TOO_FAR_AHEAD', { aheadDays });
  const fault = startFaultOf(settings, location, startMs);
  if (fault !== null) return rejected(fault.code, fault.details);
  return { outcome: 'start', startMs };
}

/** Null when the location can seat the party at all, were nothing taken. */
export function partyFault({ settings, location }: House, wish: SeatingWish): Rejected | null {
  const { partySize, tableIds } = wish;
  const { partySizeMin, partySizeMax } = settings;
  if (location.tables.length === 0) return rejected('NO_TABLES');
  if (partySize < partySizeMin) return rejected('PARTY_TOO_SMALL', { partySizeMin });
  if (partySize > partySizeMax) return rejected('PARTY_TOO_LARGE', { partySizeMax });
  const known = new Set(location.tables.map((table) => table.tableId));
  if (tableIds !== null && !tableIds.every((id) => known.has(id)))
    return rejected('TABLE_OR_AREA_UNKNOWN');
  const inArea = location.tables.some(({ areaId }) => areaId === wish.areaId);
  if (wish.areaId !== null && !inArea) return rejected('TABLE_OR_AREA_UNKNOWN');
  if (setsFor(location.tables, wish).length > 0) return null;
  return rejected('PARTY_TOO_LARGE', { partySizeMax: largestPartyOf(location.tables) });
}

export interface Seating extends Timing {
  readonly outcome: 'seating';
  readonly tableIds: readonly string[];
}

/**
 * The tables for a start that passed `checkStart`, or SLOT_FULL with what is free nearby: among the starts that lie on
 * the dates whose streams the command listed, so that no alternative rests on a state that was not looked at.
 */
export function seat(
  house: House,
  asked: { readonly startMs: number; readonly wish: SeatingWish; readonly except?: string },
  { around, at }: { readonly around: Surroundings; readonly at: string },
): Seating | Rejected {
  const { startMs, wish, except } = asked;
  const timing = timingOf(house, startMs, wish.partySize);
  const place = { locationId: house.locationId, dates: timing.dates };
  const taken = takenOn(around, place, except === undefined ? { at } : { at, except });
  const floor = floorOf(house, taken);
  const found = placeFor(floor, startMs, wish);
  if (found.kind === 'free') return { outcome: 'seating', tableIds: found.tableIds, ...timing };
  const endMs = endOf(timing.dates.at(-1) ?? timing.day, house);
  const alternatives = alternativesTo(floor, {
    day: timing.day,
    startMs,
    wish,
    notBeforeMs: Date.parse(at) + house.settings.leadMinutes * MINUTE_MS,
    notAfterMs: endMs - durationMsOf(house.settings, wish.partySize).taken,
  });
  return rejected('SLOT_FULL', { reason: found.reason, alternatives });
}

/** The midnight that ends a date at the location. */
function endOf(date: string, { location }: House): number {
  const next = Temporal.PlainDate.from(date).add({ days: 1 });
  return next.toZonedDateTime({ timeZone: location.timeZone }).epochMilliseconds;
}
