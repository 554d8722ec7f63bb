import type { Surroundings } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import type { DayState } from '../days/state.ts';
import { dayStream, houseFrom, HOLDERS, type House } from '../floor.ts';
import { mayHold, type HolderState } from '../holders/holder.ts';
import { checkStart, partyFault, seat, type Seating } from '../placing.ts';
import type { SeatingWish } from '../table-sets.ts';
import { isoOf } from '../times.ts';
import { depositDue } from './amounts.ts';
import type { BookingCommand, MakeReservation } from './commands.ts';
import { onHolder, taking } from './day-changes.ts';
import { decideFollowUp } from './decide-follow-up.ts';
import type { BookingEvent } from './events.ts';
import type { BookingState } from './state.ts';
import { isCustomer } from './streams.ts';

const MINUTE_MS = 60_000;

export function decide(
  state: BookingState,
  command: BookingCommand,
  around: Surroundings,
): Decision<BookingEvent> {
  if (command.type === 'MakeReservation') return decideMake(state, command, around);
  if (state.status === 'none') return rejected('RESERVATION_OVER');
  return decideFollowUp(state, command, around);
}

function decideMake(
  state: BookingState,
  command: MakeReservation,
  around: Surroundings,
): Decision<BookingEvent> {
  const { input, at } = command;
  if (state.status !== 'none') return rejected('RESERVATION_EXISTS');
  const house = houseFrom(around, input.locationId);
  if (house === null) return rejected('LOCATION_UNKNOWN');
  if (!isCustomer(around, input.customerId)) return rejected('CUSTOMER_UNKNOWN');
  const start = checkStart(house, input.startsAt, at);
  if (start.outcome !== 'start') return start;
  const wish = wishOf(input);
  const fault = partyFault(house, wish);
  if (fault !== null) return fault;
  if (input.hold !== undefined) {
    // safe because the stream is one of the category
    const holder = around.stateOf({ category: HOLDERS, id: input.hold.holder }) as HolderState;
    if (!mayHold(holder, at)) return rejected('TOO_MANY_HOLDS', { openHoldsMax: holder.holdsMax });
  }
  const seating = seat(house, { startMs: start.startMs, wish }, { around, at });
  if (seating.outcome !== 'seating') return seating;
  // What stands in the days under this id would be replaced.
  if (isKnownOn(seating, command, around)) return rejected('RESERVATION_EXISTS');
  return made(command, house, seating);
}

/** Whether the days know the id already, as that of an entry of the waiting list. */
function isKnownOn(
  { dates }: Seating,
  { id, input }: MakeReservation,
  around: Surroundings,
): boolean {
  return dates.some((date) => {
    // safe because the stream is one of the category
    const day = around.stateOf(dayStream(input.locationId, date)) as DayState;
    return (
      day.taken.some(({ key }) => key === id) || day.waiting.some((each) => each.waiterId === id)
    );
  });
}

function wishOf({ partySize, areaId, wholeArea, tableIds }: MakeReservation['input']): SeatingWish {
  return {
    partySize,
    areaId: areaId ?? null,
    wholeArea: wholeArea ?? false,
    tableIds: tableIds ?? null,
  };
}

function made(
  { id, input, at, commandId }: MakeReservation,
  house: House,
  seating: Seating,
): Decision<BookingEvent> {
  const { settings, locationId } = house;
  const { partySize, customerId = null, hold, contact } = input;
  const heldUntil =
    hold === undefined ? null : isoOf(Date.parse(at) + settings.holdMinutes * MINUTE_MS);
  const holder = hold?.holder ?? null;
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
      areaId: input.areaId ?? null,
      heldUntil,
      holder,
      contact,
      status:
        hold !== undefined ? 'held' : settings.confirmation === 'manual' ? 'pending' : 'confirmed',
      note: input.note ?? null,
      language: input.language ?? null,
    },
  };
  const due =
    hold === undefined ? depositDue(house, partySize, { reservationId: id, commandId }) : [];
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
      ...onHolder(holder, (of) => ({
        type: 'HoldOpened',
        data: { holder: of, reservationId: id, until: heldUntil ?? at },
      })),
    ],
  );
}
