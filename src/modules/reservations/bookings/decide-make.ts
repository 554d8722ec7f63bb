/** Decisions that make a reservation: at once, or as a hold. Pure. */
import type { Surroundings } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision, type Rejected } from '../../../core/decision.ts';
import type { DayState } from '../days/state.ts';
import { dayStream, houseFrom, type House } from '../floor.ts';
import { addressMayHold, mayHold, type HolderState } from '../holders/holder.ts';
import { checkStart, partyFault, seat, type Seating } from '../placing.ts';
import type { SeatingWish } from '../table-sets.ts';
import { isoOf } from '../times.ts';
import { depositDue } from './amounts.ts';
import type { HoldTables, MakeReservation } from './commands.ts';
import { onHolders, taking } from './day-changes.ts';
import type { BookingEvent } from './events.ts';
import type { BookingState } from './state.ts';
import { holdersOf, holderStream, isCustomer } from './streams.ts';

const MINUTE_MS = 60_000;

type Making = MakeReservation | HoldTables;

export function decideMake(
  state: BookingState,
  command: Making,
  around: Surroundings,
): Decision<BookingEvent> {
  const { input, at } = command;
  if (state.status !== 'none') return rejected('RESERVATION_EXISTS');
  const house = houseFrom(around, input.locationId);
  if (house === null) return rejected('LOCATION_UNKNOWN');
  const { customerId } = wishedOf(command);
  if (!isCustomer(around, customerId ?? undefined)) return rejected('CUSTOMER_UNKNOWN');
  const start = checkStart(house, input.startsAt, at);
  if (start.outcome !== 'start') return start;
  const wish = seatingWishOf(command);
  const fault = partyFault(house, wish) ?? holdFault(command, { house, around });
  if (fault !== null) return fault;
  const seating = seat(house, { startMs: start.startMs, wish }, { around, at });
  if (seating.outcome !== 'seating') return seating;
  // What stands in the days under this id would be replaced.
  if (isKnownOn(seating, command, around)) return rejected('RESERVATION_EXISTS');
  return made(command, house, seating);
}

/** Whether somebody holds as much as they may (R5), or as much as may be held from where they are (R14). */
function holdFault(
  command: Making,
  { house, around }: { readonly house: House; readonly around: Surroundings },
): Rejected | null {
  const { at } = command;
  const [pair, address] = holdersOf(command).map(
    // safe because the streams are of the category
    (holder) => around.stateOf(holderStream(holder)) as HolderState,
  );
  if (pair !== undefined && !mayHold(pair, at))
    return rejected('TOO_MANY_HOLDS', { openHoldsMax: pair.holdsMax });
  const tables = house.location.tables.length;
  if (address !== undefined && !addressMayHold(address, { tables, at }))
    return rejected('TOO_MANY_HOLDS', { of: 'address' });
  return null;
}

/** Whether the days know the id already, as that of an entry of the waiting list. */
function isKnownOn({ dates }: Seating, { id, input }: Making, around: Surroundings): boolean {
  return dates.some((date) => {
    // safe because the stream is one of the category
    const day = around.stateOf(dayStream(input.locationId, date)) as DayState;
    return (
      day.taken.some(({ key }) => key === id) || day.waiting.some((each) => each.waiterId === id)
    );
  });
}

/** What only one of the two commands knows. */
function wishedOf(command: Making) {
  if (command.type === 'HoldTables')
    return { customerId: null, note: null, areaId: null, wholeArea: false, tableIds: null };
  const { customerId, note, areaId, wholeArea, tableIds } = command.input;
  return {
    customerId: customerId ?? null,
    note: note ?? null,
    areaId: areaId ?? null,
    wholeArea: wholeArea ?? false,
    tableIds: tableIds ?? null,
  };
}

function seatingWishOf(command: Making): SeatingWish {
  const { areaId, wholeArea, tableIds } = wishedOf(command);
  return { partySize: command.input.partySize, areaId, wholeArea, tableIds };
}

function made(command: Making, house: House, seating: Seating): Decision<BookingEvent> {
  const { id, input, at, commandId } = command;
  const { settings, locationId } = house;
  const { partySize, contact = null, language = null } = input;
  const { customerId, note, areaId } = wishedOf(command);
  const holders = holdersOf(command);
  const isHeld = holders.length > 0;
  const heldUntil = isHeld ? isoOf(Date.parse(at) + settings.holdMinutes * MINUTE_MS) : null;
  const { outcome: _outcome, tableIds, dates, ...times } = seating;
  const event: BookingEvent = {
    type: 'ReservationMade',
    data: {
      reservationId: id,
      personId: customerId ?? id,
      customerId,
      locationId,
      ...times,
      dates: [...dates],
      partySize,
      tableIds: [...tableIds],
      areaId,
      heldUntil,
      holder: holders[0] ?? null,
      ...(holders[1] === undefined ? {} : { holderAddress: holders[1] }),
      contact,
      status: isHeld ? 'held' : settings.confirmation === 'manual' ? 'pending' : 'confirmed',
      note,
      language,
    },
  };
  const due = isHeld ? [] : depositDue(house, partySize, { reservationId: id, commandId });
  const held = {
    ...seating,
    key: id,
    kind: 'reservation' as const,
    locationId,
    partySize,
    heldUntil,
  };
  return accepted(
    [event, ...due],
    [
      ...taking(held),
      ...onHolders(holders, (holder) => ({
        type: 'HoldOpened',
        data: { holder, reservationId: id, until: heldUntil ?? at },
      })),
    ],
  );
}
