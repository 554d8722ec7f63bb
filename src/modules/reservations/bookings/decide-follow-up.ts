/** Decisions about a reservation that exists. Pure. */
import type { Surroundings } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision, type EventsElsewhere } from '../../../core/decision.ts';
import { isLost, occupiedTables } from '../days/occupancy.ts';
import { houseFrom, takenOn } from '../floor.ts';
import { depositBack, depositDue, feeDue } from './amounts.ts';
import { heldOf, type Asked, type Of } from './asked.ts';
import type { FollowUp } from './commands.ts';
import { freeing, keeping, onHolders, taking } from './day-changes.ts';
import { decideChange, isLate } from './decide-change.ts';
import { decideExtend } from './decide-extend.ts';
import { decideSmall, SMALL_COMMANDS, type SmallCommand } from './decide-small.ts';
import type { BookingEvent } from './events.ts';
import { isOpen, type Booking } from './state.ts';
import { seenBefore } from './streams.ts';

export function decideFollowUp(
  booking: Booking,
  command: FollowUp,
  around: Surroundings,
): Decision<BookingEvent> {
  if (isSmall(command)) return decideSmall(booking, command);
  if (command.type === 'CancelReservation' && booking.status === 'cancelled') return accepted([]);
  if (command.type === 'ExpireReservationHold' && booking.status !== 'held') return accepted([]);
  if (!isOpen(booking.status)) return rejected('RESERVATION_OVER', { status: booking.status });
  if (hasMoved(booking, command, around)) return rejected('CHANGED_MEANWHILE');
  const house = houseFrom(around, booking.locationId);
  if (house === null) return rejected('LOCATION_UNKNOWN');
  if (hasRunOut(booking, command.at) && command.type !== 'ExpireReservationHold')
    return rejected('HOLD_EXPIRED');
  return decideOpen({ booking, command, house, around });
}

function isSmall(command: FollowUp): command is SmallCommand {
  return SMALL_COMMANDS.has(command.type);
}

/** A hold that has run out is over, also when nobody has taken it away yet (R4). */
export function hasRunOut({ status, heldUntil }: Booking, at: string): boolean {
  return status === 'held' && heldUntil !== null && heldUntil <= at;
}

/** The streams were listed for the reservation as it was seen then. */
function hasMoved(booking: Booking, command: FollowUp, around: Surroundings): boolean {
  const seen = seenBefore(command, around);
  if (seen.status === 'none') return true;
  const placeOf = ({ holders, dates, startsAt, partySize }: Booking) =>
    JSON.stringify([holders, dates, startsAt, partySize]);
  return !isOpen(seen.status) || placeOf(seen) !== placeOf(booking);
}

function decideOpen(asked: Asked<Exclude<FollowUp, SmallCommand>>): Decision<BookingEvent> {
  const { command } = asked;
  switch (command.type) {
    case 'ConfirmReservation':
      return decideConfirm({ ...asked, command });
    case 'ChangeReservation':
      return decideChange({ ...asked, command });
    case 'CancelReservation':
      return decideCancel({ ...asked, command });
    case 'ExpireReservationHold':
      return decideExpire({ ...asked, command });
    case 'SeatReservation':
      return decideSeat({ ...asked, command });
    case 'ExtendStay':
      return decideExtend({ ...asked, command });
    case 'CompleteReservation':
      return decideComplete({ ...asked, command });
    case 'MarkReservationNoShow':
      return decideNoShow({ ...asked, command });
  }
}

function decideConfirm({ booking, command, house, around }: Of<'ConfirmReservation'>) {
  const { id, at, commandId, input } = command;
  const isHouse = (input.by ?? 'house') === 'house';
  if (booking.status === 'held') {
    if (booking.contact === null && input.contact === undefined) return rejected('CONTACT_NEEDED');
    const taken = takenOn(around, booking, { at, except: id });
    const { startsAt: from, takenUntil: to, partySize, tableIds } = booking;
    if (isLost({ settings: house.settings, taken }, { from, to, partySize, tableIds }))
      return rejected('HOLD_EXPIRED');
    const status = isHouse || house.settings.confirmation === 'automatic' ? 'confirmed' : 'pending';
    const due = depositDue(house, booking.partySize, { reservationId: id, commandId });
    return accepted<BookingEvent>(
      [
        ...named(booking, command),
        { type: 'ReservationConfirmed', data: { reservationId: id, status } },
        ...due,
      ],
      [...keeping({ ...booking, key: id }), ...holdEnded(booking, id)],
    );
  }
  if (booking.status !== 'pending' || !isHouse) return accepted<BookingEvent>([]);
  return accepted<BookingEvent>([
    { type: 'ReservationConfirmed', data: { reservationId: id, status: 'confirmed' } },
  ]);
}

/** Who comes, where it is told with the confirmation: before it, so that whoever hears of that knows whom to write to. */
function named(
  booking: Booking,
  { id, input }: Of<'ConfirmReservation'>['command'],
): readonly BookingEvent[] {
  const { contact = booking.contact, note = booking.note } = input;
  if (input.contact === undefined && input.note === undefined) return [];
  const data = { reservationId: id, personId: booking.personId, contact, note };
  return [{ type: 'ReservationContactChanged', data }];
}

function decideCancel({ booking, command, house }: Of<'CancelReservation'>) {
  const { id, input, at, commandId } = command;
  const { by = 'guest', reason = null } = input;
  if (booking.status === 'seated') return rejected('ALREADY_SEATED');
  // What the house never confirmed was promised by nobody: it is given up at no cost, whenever.
  const late = by === 'guest' && booking.status === 'confirmed' && isLate(booking, house, at);
  const due = { reservationId: id, commandId };
  const { personId } = booking;
  return accepted<BookingEvent>(
    [
      { type: 'ReservationCancelled', data: { reservationId: id, personId, by, late, reason } },
      ...(late
        ? feeDue(house, booking, { ...due, kind: 'late-cancellation' })
        : depositBack(house, booking, due)),
    ],
    released(booking, id),
  );
}

function decideExpire({ booking, command }: Of<'ExpireReservationHold'>) {
  const { id, at } = command;
  if (!hasRunOut(booking, at)) return accepted<BookingEvent>([]);
  return accepted<BookingEvent>(
    [{ type: 'ReservationExpired', data: { reservationId: id } }],
    released(booking, id),
  );
}

function decideSeat({ booking, command, house, around }: Of<'SeatReservation'>) {
  const { id, input, at } = command;
  const { tableIds = booking.tableIds } = input;
  if (booking.status !== 'confirmed' && booking.status !== 'seated')
    return rejected('RESERVATION_NOT_CONFIRMED');
  const isSame = sameTables(tableIds, booking.tableIds);
  if (isSame && booking.status === 'seated') return accepted<BookingEvent>([]);
  const known = new Set(house.location.tables.map((table) => table.tableId));
  if (!isSame && !tableIds.every((table) => known.has(table)))
    return rejected('TABLE_OR_AREA_UNKNOWN');
  const { startsAt: from, takenUntil: to } = booking;
  const occupied = occupiedTables(takenOn(around, booking, { at, except: id }), { from, to });
  const taken = tableIds.filter((table) => occupied.has(table));
  if (!isSame && taken.length > 0) return rejected('TABLES_TAKEN', { tableIds: taken });
  const { locationId } = booking;
  const seated: BookingEvent = {
    type: 'ReservationSeated',
    data: { reservationId: id, locationId, tableIds: [...tableIds], takenUntil: to },
  };
  return accepted([seated], isSame ? [] : taking(heldOf({ ...booking, tableIds }, id)));
}

function sameTables(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}

function decideComplete({ booking, command: { id } }: Of<'CompleteReservation'>) {
  if (booking.status !== 'seated' && booking.status !== 'confirmed')
    return rejected('RESERVATION_NOT_CONFIRMED');
  const { locationId, tableIds } = booking;
  return accepted<BookingEvent>(
    [
      {
        type: 'ReservationCompleted',
        data: { reservationId: id, locationId, tableIds: [...tableIds] },
      },
    ],
    released(booking, id),
  );
}

function decideNoShow({ booking, command, house }: Of<'MarkReservationNoShow'>) {
  const { id, at, commandId } = command;
  if (booking.status === 'seated') return rejected('ALREADY_SEATED');
  if (booking.status === 'held') return rejected('RESERVATION_NOT_CONFIRMED');
  if (at < booking.startsAt) return rejected('TOO_EARLY', { startsAt: booking.startsAt });
  const due = { reservationId: id, commandId };
  return accepted<BookingEvent>(
    [
      { type: 'ReservationNoShow', data: { reservationId: id } },
      // Nobody has to come to what the house never confirmed.
      ...(booking.status === 'pending'
        ? depositBack(house, booking, due)
        : feeDue(house, booking, { ...due, kind: 'no-show' })),
    ],
    released(booking, id),
  );
}

function released(booking: Booking, id: string): readonly EventsElsewhere[] {
  return [...freeing({ ...booking, key: id }), ...holdEnded(booking, id)];
}

function holdEnded({ holders }: Booking, reservationId: string): readonly EventsElsewhere[] {
  return onHolders(holders, (holder) => ({ type: 'HoldEnded', data: { holder, reservationId } }));
}
