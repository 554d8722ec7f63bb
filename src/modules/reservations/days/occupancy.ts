/** What is free at a location: the one place where it is decided whether a party gets a table. Pure. */
import type { LocalDate } from '../../../core/calendar.ts';
import { durationMsOf, type CalendarSettings } from '../calendars/settings.ts';
import { slotsOf } from '../slots.ts';
import { setsFor, type SeatingTable, type SeatingWish } from '../table-sets.ts';
import { isoOf, type Clockwork } from '../times.ts';
import type { DayState, Taken } from './state.ts';

/** Where and under which rules; of what is taken, every stream that the intervals asked about touch. */
export interface Floor {
  readonly tables: readonly SeatingTable[];
  readonly settings: CalendarSettings;
  readonly clockwork: Clockwork;
  readonly taken: readonly Taken[];
}

/** Enough to choose from on a phone, few enough to compute for each refusal. */
export const ALTERNATIVES_MAX = 5;

/** What counts at a moment, each once: a hold that has run out is nothing, also before it was taken away (R4). */
export function takenAt(days: readonly DayState[], at: string, except?: string): readonly Taken[] {
  const found = new Map<string, Taken>();
  for (const { taken } of days)
    for (const held of taken)
      if (held.key !== except && (held.heldUntil === null || held.heldUntil > at))
        found.set(held.key, held);
  return [...found.values()];
}

export type Place =
  | { readonly kind: 'free'; readonly tableIds: readonly string[] }
  | { readonly kind: 'full'; readonly reason: 'tables' | 'bookings' | 'covers' };

/** The tables that a party gets for a start, or what there is too little of. */
export function placeFor(floor: Floor, startMs: number, wish: SeatingWish): Place {
  return placeAmong(soughtOf(floor, wish), startMs);
}

/** What stays the same for every start of a day: times as numbers, since each is compared with each start. */
interface Sought {
  readonly settings: CalendarSettings;
  readonly partySize: number;
  readonly takenMs: number;
  readonly sets: readonly (readonly string[])[];
  readonly held: readonly Held[];
}

interface Held {
  readonly fromMs: number;
  readonly toMs: number;
  readonly taken: Taken;
}

function soughtOf({ tables, settings, taken }: Floor, wish: SeatingWish): Sought {
  const { partySize } = wish;
  return {
    settings,
    partySize,
    takenMs: durationMsOf(settings, partySize).taken,
    sets: setsFor(tables, wish),
    held: taken.map(heldOf),
  };
}

function heldOf(taken: Taken): Held {
  return { fromMs: Date.parse(taken.from), toMs: Date.parse(taken.to), taken };
}

function placeAmong(sought: Sought, startMs: number): Place {
  const limit = slotLimit(sought, startMs);
  if (limit !== null) return { kind: 'full', reason: limit };
  const endMs = startMs + sought.takenMs;
  const occupied = new Set<string>();
  for (const { fromMs, toMs, taken } of sought.held)
    if (fromMs < endMs && startMs < toMs) for (const id of taken.tableIds) occupied.add(id);
  const tableIds = sought.sets.find((set) => !set.some((id) => occupied.has(id)));
  return tableIds === undefined ? { kind: 'full', reason: 'tables' } : { kind: 'free', tableIds };
}

/** Tables that something holds at any moment from `from` until `to`, exclusive. */
export function occupiedTables(
  taken: readonly Taken[],
  { from, to }: { readonly from: string; readonly to: string },
): ReadonlySet<string> {
  const occupied = new Set<string>();
  for (const held of taken)
    if (held.from < to && from < held.to) for (const id of held.tableIds) occupied.add(id);
  return occupied;
}

/** Which limit on parties or guests that start at the same time would be passed (R2). */
function slotLimit(
  { settings, partySize, held }: Pick<Sought, 'settings' | 'partySize' | 'held'>,
  startMs: number,
): 'bookings' | 'covers' | null {
  const { bookingsPerSlot, coversPerSlot } = settings;
  if (bookingsPerSlot === null && coversPerSlot === null) return null;
  let bookings = 1;
  let covers = partySize;
  for (const { fromMs, taken } of held) {
    if (taken.kind === 'block' || fromMs !== startMs) continue;
    bookings += 1;
    covers += taken.partySize;
  }
  if (bookingsPerSlot !== null && bookings > bookingsPerSlot) return 'bookings';
  return coversPerSlot !== null && covers > coversPerSlot ? 'covers' : null;
}

/**
 * Whether what was held until a moment has gone to others meanwhile. A command that was taken in before that moment can
 * be decided after one that was taken in behind it, for which the hold had run out: then the other one has the place.
 */
export function isLost(
  { settings, taken }: Pick<Floor, 'settings' | 'taken'>,
  held: {
    readonly from: string;
    readonly to: string;
    readonly partySize: number;
    readonly tableIds: readonly string[];
  },
): boolean {
  const occupied = occupiedTables(taken, held);
  if (held.tableIds.some((id) => occupied.has(id))) return true;
  const { partySize } = held;
  const among = { settings, partySize, held: taken.map(heldOf) };
  return slotLimit(among, Date.parse(held.from)) !== null;
}

export interface OpenSlot {
  readonly startMs: number;
  readonly tableIds: readonly string[];
}

/** Every start of a business day that the party could have, not before `notBeforeMs`. */
export function openSlots(
  floor: Floor,
  day: LocalDate,
  asked: { readonly wish: SeatingWish; readonly notBeforeMs: number },
): readonly OpenSlot[] {
  const sought = soughtOf(floor, asked.wish);
  if (sought.sets.length === 0) return [];
  return slotsOf(floor.settings, floor.clockwork, day).flatMap((startMs) => {
    if (startMs < asked.notBeforeMs) return [];
    const place = placeAmong(sought, startMs);
    return place.kind === 'free' ? [{ startMs, tableIds: place.tableIds }] : [];
  });
}

/** The nearest starts of the same business day that are free, earlier ones first among equals; at most ALTERNATIVES_MAX. */
export function alternativesTo(
  floor: Floor,
  asked: {
    readonly day: LocalDate;
    readonly startMs: number;
    readonly wish: SeatingWish;
    readonly notBeforeMs: number;
    readonly notAfterMs: number;
  },
): readonly string[] {
  const { day, startMs, wish, notBeforeMs, notAfterMs } = asked;
  const sought = soughtOf(floor, wish);
  const near = slotsOf(floor.settings, floor.clockwork, day)
    .filter((slot) => slot >= notBeforeMs && slot <= notAfterMs && slot !== startMs)
    .sort((a, b) => Math.abs(a - startMs) - Math.abs(b - startMs) || a - b);
  const found: number[] = [];
  for (const slot of near) {
    if (found.length === ALTERNATIVES_MAX) break;
    if (placeAmong(sought, slot).kind === 'free') found.push(slot);
  }
  return found.sort((a, b) => a - b).map(isoOf);
}
