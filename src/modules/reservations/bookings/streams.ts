/** Which streams a command about a reservation is read beside and decided over. Pure. */
import type { CommandAttributes, StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { dayStream, HOLDERS, houseFrom, houseStreams, RESERVATIONS, timingOf } from '../floor.ts';
import { tellTime } from '../times.ts';
import type { BookingCommand, FollowUp, HoldTables, MakeReservation } from './commands.ts';
import { longerStay } from './longer-stay.ts';
import { isOpen, type Booking, type BookingState } from './state.ts';

export function customerStream(id: string): StreamReference {
  return { category: 'customers', id };
}

/** Whether there is such an active customer; true where none was named. */
export function isCustomer(around: Surroundings, customerId: string | undefined): boolean {
  if (customerId === undefined) return true;
  // safe because every state of a customer has a status
  const { status } = around.stateOf(customerStream(customerId)) as { readonly status: string };
  return status === 'active';
}

/** A follow-up reads its own stream first, to learn of which location and dates it speaks. */
export function consults(
  command: BookingCommand,
  consulted: Surroundings,
): readonly StreamReference[] {
  if (command.type === 'HoldTables') return houseStreams(command.input.locationId);
  if (command.type === 'MakeReservation') {
    const { locationId, customerId } = command.input;
    const house = houseStreams(locationId);
    return customerId === undefined ? house : [...house, customerStream(customerId)];
  }
  const own = ownStream(command);
  const seen = seenBefore(command, consulted);
  return seen.status === 'none' ? [own] : [own, ...houseStreams(seen.locationId)];
}

function ownStream({ id }: FollowUp): StreamReference {
  return { category: RESERVATIONS, id };
}

/** The reservation as it was when the streams were listed; by now it may have moved on. */
export function seenBefore(command: FollowUp, around: Surroundings): BookingState {
  // safe because the stream is one of the category
  return around.stateOf(ownStream(command)) as BookingState;
}

export function streams(
  command: BookingCommand,
  consulted: Surroundings,
): readonly StreamReference[] {
  if (command.type === 'MakeReservation' || command.type === 'HoldTables')
    return streamsToMake(command, consulted);
  const seen = seenBefore(command, consulted);
  if (seen.status === 'none' || !isOpen(seen.status)) return [];
  return unique(streamsOf(command, { seen, consulted }));
}

function streamsToMake(command: MakeReservation | HoldTables, consulted: Surroundings) {
  const { locationId, startsAt, partySize } = command.input;
  const dates = datesAsked(consulted, locationId, { startsAt, partySize });
  // What is refused anyway needs no streams.
  return dates.length === 0 ? dates : [...dates, ...holdersOf(command).map(holderStream)];
}

/** Pseudonyms whose limits a new hold counts for. */
export function holdersOf(command: MakeReservation | HoldTables): readonly string[] {
  if (command.type === 'HoldTables') return [command.input.holder, command.input.holderAddress];
  const { hold } = command.input;
  return hold === undefined ? [] : [hold.holder];
}

export function holderStream(id: string): StreamReference {
  return { category: HOLDERS, id };
}

function streamsOf(
  command: FollowUp,
  { seen, consulted }: { readonly seen: Booking; readonly consulted: Surroundings },
): readonly StreamReference[] {
  const { locationId, holders } = seen;
  const now = seen.dates.map((date) => dayStream(locationId, date));
  const held = holders.map(holderStream);
  switch (command.type) {
    case 'ConfirmReservation':
    case 'CancelReservation':
    case 'ExpireReservationHold':
      return [...now, ...held];
    case 'ChangeReservation': {
      const { startsAt = seen.startsAt, partySize = seen.partySize } = command.input;
      return [...now, ...datesAsked(consulted, locationId, { startsAt, partySize })];
    }
    case 'ExtendStay': {
      const house = houseFrom(consulted, locationId);
      return house === null
        ? now
        : [...now, ...longerStay(seen, house).dates.map((date) => dayStream(locationId, date))];
    }
    case 'SeatReservation':
    case 'CompleteReservation':
    case 'MarkReservationNoShow':
      return now;
    case 'ChangeReservationContact':
    case 'MarkReservationLate':
    case 'SettleReservationAmount':
    case 'WaiveReservationAmount':
    case 'RenewReservationLink':
      return [];
  }
}

/** The day streams of a written start; none when the location or the time is none. */
function datesAsked(
  consulted: Surroundings,
  locationId: string,
  asked: { readonly startsAt: string; readonly partySize: number },
): readonly StreamReference[] {
  const house = houseFrom(consulted, locationId);
  if (house === null) return [];
  const told = tellTime(asked.startsAt, house.location.timeZone);
  if (told.kind === 'refused') return [];
  return timingOf(house, told.ms, asked.partySize).dates.map((date) => dayStream(locationId, date));
}

function unique(streamsListed: readonly StreamReference[]): readonly StreamReference[] {
  const byName = new Map(
    streamsListed.map((stream) => [`${stream.category}/${stream.id}`, stream]),
  );
  return [...byName.values()];
}

/** What roles may be bound to: the location, and the amount that a command lets go. */
export function attributesOf(state: BookingState, command: BookingCommand): CommandAttributes {
  if (command.type === 'MakeReservation' || command.type === 'HoldTables')
    return { locationId: command.input.locationId, amount: null, shiftOf: null };
  if (state.status === 'none') return { locationId: null, amount: null, shiftOf: null };
  const waived =
    command.type === 'WaiveReservationAmount'
      ? state.amounts.find(({ amountId }) => amountId === command.input.amountId)
      : undefined;
  return { locationId: state.locationId, amount: waived?.amount.amount ?? null, shiftOf: null };
}
