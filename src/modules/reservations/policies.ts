/** What follows by itself: holds and offers run out, and what becomes free is offered to those who wait. */
import type { Policy } from '../../core/policy.ts';
import type { RecordedEvent } from '../../core/recorded-event.ts';
import {
  reservationCancelled,
  reservationCompleted,
  reservationConfirmed,
  reservationMade,
  reservationSeated,
  reservationStayExtended,
  type BookingEvent,
} from './bookings/events.ts';
import {
  dayTablesFreed,
  dayTablesTaken,
  dayWaiterJoined,
  dayWaiterLeft,
  type DayEvent,
} from './days/events.ts';
import { DAYS, dayStream, RESERVATIONS, WAITLIST } from './floor.ts';
import {
  waitlistAccepted,
  waitlistLeft,
  waitlistOffered,
  type WaitlistEvent,
} from './waitlist/events.ts';

/** The timer only tidies up: a hold that has run out counts for nothing in any decision after its time (R4). */
export const expireHolds: Policy = {
  name: 'reservations.expire-holds',
  on: [reservationMade, reservationConfirmed, reservationCancelled],
  react(recorded) {
    // safe because a recorded event of a declared type has its data
    const event = recorded as unknown as BookingEvent;
    if (event.type !== 'ReservationMade') return [{ kind: 'cancel', timer: 'expire' }];
    const { heldUntil } = event.data;
    if (heldUntil === null) return [];
    const command = commandFor('ExpireReservationHold', RESERVATIONS, recorded.id);
    return [{ kind: 'timer', timer: 'expire', at: heldUntil, command }];
  },
};

/** When the time of a party at its tables is over; what is decided then is none of the timer's business. */
export const keepSeated: Policy = {
  name: 'reservations.keep-seated',
  on: [reservationSeated, reservationStayExtended, reservationCompleted],
  react(recorded) {
    // safe because a recorded event of a declared type has its data
    const event = recorded as unknown as BookingEvent;
    const isSeated = event.type === 'ReservationSeated' || event.type === 'ReservationStayExtended';
    if (!isSeated) return [{ kind: 'cancel', timer: 'over' }];
    const { takenUntil } = event.data;
    if (takenUntil === undefined) return [];
    const command = commandFor('ExtendStay', RESERVATIONS, recorded.id);
    return [{ kind: 'timer', timer: 'over', at: takenUntil, command }];
  },
};

export const lapseOffers: Policy = {
  name: 'reservations.lapse-offers',
  on: [waitlistOffered, waitlistAccepted, waitlistLeft],
  react(recorded) {
    // safe because a recorded event of a declared type has its data
    const event = recorded as unknown as WaitlistEvent;
    if (event.type !== 'WaitlistOffered') return [{ kind: 'cancel', timer: 'lapse' }];
    const command = commandFor('LapseWaitlistOffer', WAITLIST, recorded.id);
    return [{ kind: 'timer', timer: 'lapse', at: event.data.until, command }];
  },
};

interface Line {
  /** How many wait for the day. */
  readonly waiting: number;
}

/**
 * A process manager for each location and business day that knows only how many wait, so that a day nobody waits for
 * costs no commands. Who gets the offer is decided by the day's stream.
 */
export const offerFreed: Policy = {
  name: 'reservations.offer-freed',
  on: [dayWaiterJoined, dayWaiterLeft, dayTablesFreed, dayTablesTaken],
  keyOf: (recorded) => lineOf(recorded).id,
  initialState: { waiting: 0 } satisfies Line,
  evolve(state, recorded) {
    // safe because only this function makes the state
    const { waiting } = state as Line;
    if (recorded.type === dayWaiterJoined.name) return { waiting: waiting + 1 };
    if (recorded.type === dayWaiterLeft.name) return { waiting: Math.max(0, waiting - 1) };
    return state;
  },
  react(recorded, state) {
    // safe because only `evolve` makes the state
    const { waiting } = state as Line;
    return waiting > 0 && mayFree(recorded)
      ? [commandFor('OfferFreedTables', DAYS, lineOf(recorded).id)]
      : [];
  },
};

/** The stream of the business day: what stands on several dates counts once. */
function lineOf(recorded: RecordedEvent) {
  // safe because a recorded event of a declared type has its data
  const { data } = recorded as unknown as DayEvent;
  return dayStream(data.locationId, 'day' in data ? data.day : data.date);
}

/** A reservation that was moved takes other tables and so may have left some; an offer frees nothing. */
function mayFree(recorded: RecordedEvent): boolean {
  // safe because a recorded event of a declared type has its data
  const { type, data } = recorded as unknown as DayEvent;
  switch (type) {
    case 'DayWaiterJoined':
      return true;
    case 'DayTablesFreed':
      return data.date === data.day;
    case 'DayTablesTaken':
      return data.kind === 'reservation' && data.date === data.day;
    default:
      return false;
  }
}

function commandFor(command: string, category: string, id: string) {
  return { kind: 'command', category, command, id, input: {} } as const;
}
