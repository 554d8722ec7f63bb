import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { checkStart, partyFault, seat, type Start } from '../placing.ts';
import type { SeatingWish } from '../table-sets.ts';
import { depositMore } from './amounts.ts';
import { moving } from './day-changes.ts';
import { heldOf, type Of } from './asked.ts';
import type { House } from '../floor.ts';
import type { BookingEvent } from './events.ts';
import type { Booking } from './state.ts';

const MINUTE_MS = 60_000;

/**
 * Another start, size or tables, decided over the dates it leaves and the dates it comes to: when there is no room, it
 * keeps what it had (R6).
 */
export function decideChange(asked: Of<'ChangeReservation'>): Decision<BookingEvent> {
  const { booking, command, house, around } = asked;
  const { id, at, commandId, input } = command;
  if (booking.status === 'seated') return rejected('ALREADY_SEATED');
  const { partySize = booking.partySize } = input;
  const start = startOf(asked);
  if (start.outcome !== 'start') return start;
  const wish: SeatingWish = {
    partySize,
    areaId: booking.areaId,
    wholeArea: false,
    tableIds: input.tableIds ?? null,
  };
  const fault = partyFault(house, wish);
  if (fault !== null) return fault;
  const place = { startMs: start.startMs, except: id };
  const stays = seatsEnough(asked, partySize)
    ? seat(house, { ...place, wish: { ...wish, tableIds: booking.tableIds } }, { around, at })
    : null;
  const seating =
    stays?.outcome === 'seating' ? stays : seat(house, { ...place, wish }, { around, at });
  if (seating.outcome !== 'seating') return seating;
  const { outcome: _outcome, dates, tableIds, ...times } = seating;
  const changed = { ...times, dates: [...dates], partySize, tableIds: [...tableIds] };
  if (isAsBefore(asked, changed)) return accepted<BookingEvent>([]);
  const late = isMovedLate(asked, changed.startsAt) ? { late: true } : {};
  return accepted<BookingEvent>(
    [
      { type: 'ReservationChanged', data: { reservationId: id, ...changed, ...late } },
      ...depositMore(house, { booking, partySize }, { reservationId: id, commandId }),
    ],
    moving({ ...booking, key: id }, heldOf({ ...booking, ...changed }, id)),
  );
}

/** Whether a guest who cancels now cancels late: also one who moved it when it was late before. */
export function isLate(booking: Booking, { settings }: House, at: string): boolean {
  const freeUntilMs = Date.parse(booking.startsAt) - settings.freeCancelMinutes * MINUTE_MS;
  return booking.movedLate || Date.parse(at) > freeUntilMs;
}

/** What the house confirmed, to a later start, by the guest, when cancelling was not free any more. */
function isMovedLate({ booking, command, house }: Of<'ChangeReservation'>, startsAt: string) {
  const { at, input } = command;
  return (
    input.by === 'guest' &&
    booking.status === 'confirmed' &&
    startsAt > booking.startsAt &&
    isLate(booking, house, at)
  );
}

/** The rules for starts apply to a new one; the old one was fine when it was taken. */
function startOf({ booking, command, house }: Of<'ChangeReservation'>) {
  const { startsAt } = command.input;
  if (startsAt !== undefined) return checkStart(house, startsAt, command.at);
  return { outcome: 'start', startMs: Date.parse(booking.startsAt) } satisfies Start;
}

/** Whether the party may keep its tables: nobody asked for others, and they still seat it. */
function seatsEnough({ booking, command, house }: Of<'ChangeReservation'>, partySize: number) {
  if (command.input.tableIds !== undefined) return false;
  const seats = house.location.tables
    .filter(({ tableId }) => booking.tableIds.includes(tableId))
    .map((table) => table.seats);
  if (seats.length < booking.tableIds.length || partySize < booking.partySize) return false;
  return seats.reduce((sum, count) => sum + count, 0) >= partySize;
}

function isAsBefore(
  { booking }: Of<'ChangeReservation'>,
  changed: {
    readonly startsAt: string;
    readonly partySize: number;
    readonly tableIds: readonly string[];
  },
): boolean {
  return (
    booking.startsAt === changed.startsAt &&
    booking.partySize === changed.partySize &&
    JSON.stringify(booking.tableIds) === JSON.stringify(changed.tableIds)
  );
}
