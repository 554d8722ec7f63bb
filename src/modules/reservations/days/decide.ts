/** Blocking tables by hand. A block stands in day streams like a reservation, so neither can take what the other has. */
import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import type { LocalDate } from '../../../core/calendar.ts';
import { rejected, type Decision, type EventsElsewhere } from '../../../core/decision.ts';
import { freeing, onDates } from '../bookings/day-changes.ts';
import { DAYS, dayStream, houseFrom, houseStreams, takenOn, type House } from '../floor.ts';
import { datesOf, dayOf, isDate, isoOf, tellTime } from '../times.ts';
import { BLOCK_HOURS_MAX, type BlockTables, type DayCommand, type LiftBlock } from './commands.ts';
import type { DayEvent } from './events.ts';
import { occupiedTables } from './occupancy.ts';
import { decideOffers, offerStreams, type DayPlace } from './offers.ts';
import type { DayState, Taken } from './state.ts';

const HOUR_MS = 3_600_000;

/** The location and date of a day stream's id; null for an id that no day has. */
export function placeOfDay(id: string): DayPlace | null {
  const [, locationId, date] = /^(.+)~(\d{4}-\d{2}-\d{2})$/.exec(id) ?? [];
  return locationId === undefined || date === undefined || !isDate(date)
    ? null
    : { locationId, date };
}

export function consults(command: DayCommand): readonly StreamReference[] {
  if (command.type === 'BlockTables') return houseStreams(command.input.locationId);
  const place = placeOfDay(command.id);
  const own = { category: DAYS, id: command.id };
  return place === null ? [own] : [own, ...houseStreams(place.locationId)];
}

export function streams(command: DayCommand, consulted: Surroundings): readonly StreamReference[] {
  const own = { category: DAYS, id: command.id };
  if (command.type === 'BlockTables') {
    const house = houseFrom(consulted, command.input.locationId);
    const span = house === null ? null : spanOf(house, command);
    if (span === null || 'outcome' in span) return [];
    return span.dates.map((date) => dayStream(command.input.locationId, date));
  }
  // safe because the stream is one of the category
  const seen = consulted.stateOf(own) as DayState;
  const place = placeOfDay(command.id);
  if (place === null) return [];
  if (command.type === 'OfferFreedTables')
    return offerStreams({ place, seen, at: command.at }, consulted);
  const block = blockOf(seen, command);
  const house = houseFrom(consulted, place.locationId);
  if (block === undefined || house === null) return [];
  return datesOfBlock(house, block).map((date) => dayStream(place.locationId, date));
}

export function decide(
  state: DayState,
  command: DayCommand,
  around: Surroundings,
): Decision<DayEvent> {
  const own = { category: DAYS, id: command.id };
  const now = withOwn(around, own, state);
  if (command.type === 'BlockTables') return decideBlock(command, now);
  const place = placeOfDay(command.id);
  if (place === null) return rejected('LOCATION_UNKNOWN');
  if (command.type === 'LiftBlock') return decideLift(state, place, { command, around });
  // safe because the stream is one of the category
  const seen = around.stateOf(own) as DayState;
  return decideOffers(place, { command, around: now, seen });
}

/**
 * The streams around, with the day's own as the command finds it: what was consulted of it may be a second old, and what
 * is free must never be decided by that.
 */
function withOwn(around: Surroundings, own: StreamReference, state: DayState): Surroundings {
  const isOwn = ({ category, id }: StreamReference) => category === own.category && id === own.id;
  return {
    stateOf: (stream) => (isOwn(stream) ? state : around.stateOf(stream)),
    versionOf: (stream) => around.versionOf(stream),
  };
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly day: LocalDate;
  readonly dates: readonly LocalDate[];
}

function spanOf(house: House, { input }: BlockTables) {
  const { timeZone } = house.location;
  const from = tellTime(input.from, timeZone);
  if (from.kind === 'refused') return rejected(from.code, from.details);
  const to = tellTime(input.to, timeZone);
  if (to.kind === 'refused') return rejected(to.code, to.details);
  const span = { fromMs: from.ms, toMs: to.ms };
  if (to.ms <= from.ms || to.ms - from.ms > BLOCK_HOURS_MAX * HOUR_MS)
    return rejected('BLOCK_TOO_LONG', { hoursMax: BLOCK_HOURS_MAX });
  const dates = datesOf(span, house.location);
  return { ...span, day: dayOf(from.ms, house.location), dates } satisfies Span;
}

function decideBlock(command: BlockTables, around: Surroundings): Decision<DayEvent> {
  const { id, commandId, at, input } = command;
  const { locationId, areaIds = [], tableIds = [], reason } = input;
  const house = houseFrom(around, locationId);
  if (house === null) return rejected('LOCATION_UNKNOWN');
  const span = spanOf(house, command);
  if ('outcome' in span) return span;
  if (id !== dayStream(locationId, span.day).id) return rejected('BLOCK_OF_ANOTHER_DAY');
  const known = new Set(house.location.tables.map((table) => table.tableId));
  const blocked = house.location.tables
    .filter((table) => tableIds.includes(table.tableId) || areaIds.includes(table.areaId))
    .map((table) => table.tableId);
  if (blocked.length === 0 || !tableIds.every((table) => known.has(table)))
    return rejected('TABLE_OR_AREA_UNKNOWN');
  const interval = { from: isoOf(span.fromMs), to: isoOf(span.toMs) };
  const { day, dates } = span;
  const occupied = occupiedTables(takenOn(around, { locationId, dates }, { at }), interval);
  const taken = blocked.filter((table) => occupied.has(table));
  if (taken.length > 0) return rejected('TABLES_TAKEN', { tableIds: taken });
  const block = { key: commandId, kind: 'block' as const, tableIds: blocked, ...interval, day };
  const events = dates.map((date): EventsElsewhere => ({
    ...dayStream(locationId, date),
    events: [
      {
        type: 'DayTablesTaken',
        data: { locationId, date, ...block, partySize: 0, heldUntil: null },
      },
      { type: 'DayTablesBlocked', data: { locationId, date, key: commandId, reason } },
    ] satisfies readonly DayEvent[],
  }));
  return onDates(id, events);
}

function blockOf({ taken }: DayState, { input }: LiftBlock): Taken | undefined {
  return taken.find(({ key, kind }) => kind === 'block' && key === input.blockId);
}

function datesOfBlock(house: House, { from, to }: Taken): readonly LocalDate[] {
  return datesOf({ fromMs: Date.parse(from), toMs: Date.parse(to) }, house.location);
}

function decideLift(
  state: DayState,
  { locationId, date }: DayPlace,
  { command, around }: { readonly command: LiftBlock; readonly around: Surroundings },
): Decision<DayEvent> {
  const house = houseFrom(around, locationId);
  if (house === null) return rejected('LOCATION_UNKNOWN');
  const block = blockOf(state, command);
  if (block === undefined) return rejected('BLOCK_UNKNOWN');
  if (block.day !== date) return rejected('BLOCK_OF_ANOTHER_DAY', { day: block.day });
  // safe because the stream is one of the category
  const seen = around.stateOf({ category: DAYS, id: command.id }) as DayState;
  if (blockOf(seen, command) === undefined) return rejected('CHANGED_MEANWHILE');
  const { key, day } = block;
  const dates = datesOfBlock(house, block);
  return onDates(command.id, freeing({ key, day, locationId, dates }));
}
