import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision, type EventsElsewhere } from '../../../core/decision.ts';
import { depositDue } from '../bookings/amounts.ts';
import { freeing, keeping } from '../bookings/day-changes.ts';
import type { BookingEvent } from '../bookings/events.ts';
import type { BookingState } from '../bookings/state.ts';
import { customerStream, isCustomer } from '../bookings/streams.ts';
import type { DayEvent } from '../days/events.ts';
import { isLost } from '../days/occupancy.ts';
import type { DayState } from '../days/state.ts';
import {
  dayStream,
  houseFrom,
  houseStreams,
  RESERVATIONS,
  takenOn,
  WAITLIST,
  type House,
} from '../floor.ts';
import { partyFault } from '../placing.ts';
import { dayOf, isoOf, tellTime } from '../times.ts';
import type { JoinWaitlist, WaitlistCommand, WaitlistFollowUp } from './commands.ts';
import type { WaitlistEvent } from './events.ts';
import type { Waiting, WaitlistState } from './state.ts';

/** Whoever comes later has no chance; each is looked at whenever something frees. */
export const WAITING_PER_DAY_MAX = 200;
const DAY_MS = 86_400_000;

export function consults(
  command: WaitlistCommand,
  consulted: Surroundings,
): readonly StreamReference[] {
  if (command.type === 'JoinWaitlist') {
    const { locationId, customerId } = command.input;
    const house = houseStreams(locationId);
    return customerId === undefined ? house : [...house, customerStream(customerId)];
  }
  const own = { category: WAITLIST, id: command.id };
  const seen = seenBefore(command, consulted);
  return seen.status === 'none' ? [own] : [own, ...houseStreams(seen.locationId)];
}

function seenBefore({ id }: WaitlistFollowUp, around: Surroundings): WaitlistState {
  // safe because the stream is one of the category
  return around.stateOf({ category: WAITLIST, id }) as WaitlistState;
}

export function streams(
  command: WaitlistCommand,
  consulted: Surroundings,
): readonly StreamReference[] {
  if (command.type === 'JoinWaitlist') {
    const house = houseFrom(consulted, command.input.locationId);
    const window = house === null ? null : windowOf(house, command);
    if (window === null || 'outcome' in window) return [];
    // The offer stands in the days under the id of the entry, and becomes the reservation of that id.
    const reservation = { category: RESERVATIONS, id: command.id };
    return [dayStream(command.input.locationId, window.day), reservation];
  }
  const seen = seenBefore(command, consulted);
  if (seen.status === 'none') return [];
  const dates = new Set([seen.day, ...(seen.offer?.dates ?? [])]);
  const days = [...dates].map((date) => dayStream(seen.locationId, date));
  if (command.type !== 'AcceptWaitlistOffer') return days;
  return [...days, { category: RESERVATIONS, id: command.id }];
}

export function decide(
  state: WaitlistState,
  command: WaitlistCommand,
  around: Surroundings,
): Decision<WaitlistEvent> {
  if (command.type === 'JoinWaitlist') return decideJoin(state, command, around);
  if (state.status === 'none') return rejected('NOTHING_OFFERED');
  const house = houseFrom(around, state.locationId);
  if (house === null) return rejected('LOCATION_UNKNOWN');
  const seen = seenBefore(command, around);
  const moved = seen.status === 'none' || datesOfOffer(seen) !== datesOfOffer(state);
  if (moved) return rejected('CHANGED_MEANWHILE');
  switch (command.type) {
    case 'AcceptWaitlistOffer':
      if (state.status === 'offered' && isReserved(command.id, around))
        return rejected('RESERVATION_EXISTS');
      if (isTakenMeanwhile(state, { command, house, around })) return rejected('OFFER_EXPIRED');
      return decideAccept(state, command, house);
    case 'LeaveWaitlist':
      return decideEnd(state, { type: 'WaitlistLeft', data: { waiterId: command.id } });
    case 'LapseWaitlistOffer': {
      const isOver = state.offer !== null && state.offer.until <= command.at;
      if (state.status !== 'offered' || !isOver) return accepted([]);
      return decideEnd(state, { type: 'WaitlistLapsed', data: { waiterId: command.id } });
    }
  }
}

function datesOfOffer({ offer }: Waiting): string {
  return JSON.stringify(offer?.dates ?? null);
}

function windowOf(house: House, { input, at }: JoinWaitlist) {
  const from = tellTime(input.from, house.location.timeZone);
  if (from.kind === 'refused') return rejected(from.code, from.details);
  const to = tellTime(input.to, house.location.timeZone);
  if (to.kind === 'refused') return rejected(to.code, to.details);
  const day = dayOf(from.ms, house.location);
  if (to.ms < from.ms || dayOf(to.ms, house.location) !== day) return rejected('WINDOW_INVALID');
  const { leadMinutes, aheadDays } = house.settings;
  const nowMs = Date.parse(at);
  if (to.ms < nowMs + leadMinutes * 60_000) return rejected('TOO_LATE', { leadMinutes });
  if (from.ms > nowMs + aheadDays * DAY_MS) return rejected('TOO_FAR_AHEAD', { aheadDays });
  return { day, from: isoOf(from.ms), to: isoOf(to.ms) };
}

/** Whether there is a reservation of this id. */
function isReserved(id: string, around: Surroundings): boolean {
  // safe because the stream is one of the category
  return (around.stateOf({ category: RESERVATIONS, id }) as BookingState).status !== 'none';
}

function decideJoin(
  state: WaitlistState,
  command: JoinWaitlist,
  around: Surroundings,
): Decision<WaitlistEvent> {
  const { id, input } = command;
  const { locationId, partySize, customerId = null, contact } = input;
  if (state.status !== 'none') return rejected('WAITLIST_ENTRY_EXISTS');
  const house = houseFrom(around, locationId);
  if (house === null) return rejected('LOCATION_UNKNOWN');
  if (!isCustomer(around, input.customerId)) return rejected('CUSTOMER_UNKNOWN');
  if (!house.settings.takesBookings) return rejected('BOOKINGS_STOPPED');
  const window = windowOf(house, command);
  if ('outcome' in window) return window;
  const fault = partyFault(house, { partySize, areaId: null, wholeArea: false, tableIds: null });
  if (fault !== null) return fault;
  if (isReserved(id, around)) return rejected('WAITLIST_ENTRY_EXISTS');
  const { day, from, to } = window;
  // safe because the stream is one of the category
  const { waiting } = around.stateOf(dayStream(locationId, day)) as DayState;
  if (waiting.length >= WAITING_PER_DAY_MAX) return rejected('WAITLIST_FULL');
  const { note = null, language = null } = input;
  const person = { waiterId: id, personId: customerId ?? id, customerId };
  const joined: DayEvent = {
    type: 'DayWaiterJoined',
    data: { locationId, date: day, waiterId: id, partySize, from, to },
  };
  const data = { ...person, locationId, ...window, partySize, contact, note, language };
  return accepted(
    [{ type: 'WaitlistJoined', data }],
    [{ ...dayStream(locationId, day), events: [joined] }],
  );
}

/** Whether what is on offer has gone to somebody for whom it had run out (R4). */
function isTakenMeanwhile(
  { offer, locationId, partySize }: Waiting,
  {
    command: { id, at },
    house: { settings },
    around,
  }: {
    readonly command: WaitlistFollowUp;
    readonly house: House;
    readonly around: Surroundings;
  },
): boolean {
  if (offer === null) return false;
  const { startsAt: from, takenUntil: to, dates, tableIds } = offer;
  const taken = takenOn(around, { locationId, dates }, { at, except: id });
  return isLost({ settings, taken }, { from, to, partySize, tableIds });
}

function decideAccept(
  waiting: Waiting,
  { id, at, commandId }: WaitlistFollowUp,
  house: House,
): Decision<WaitlistEvent> {
  const { status, offer, locationId, partySize } = waiting;
  if (status === 'accepted') return accepted([]);
  if (status === 'lapsed') return rejected('OFFER_EXPIRED');
  if (status !== 'offered' || offer === null) return rejected('NOTHING_OFFERED');
  if (offer.until <= at) return rejected('OFFER_EXPIRED');
  const { personId, customerId, contact, note, language } = waiting;
  const { until: _until, dates, tableIds, ...times } = offer;
  const made: BookingEvent = {
    type: 'ReservationMade',
    data: {
      reservationId: id,
      personId,
      customerId,
      locationId,
      contact,
      note,
      language,
      ...times,
      dates: [...dates],
      tableIds: [...tableIds],
      partySize,
      areaId: null,
      status: 'confirmed',
      heldUntil: null,
      holder: null,
    },
  };
  const due = depositDue(house, partySize, { reservationId: id, commandId });
  return accepted(
    [{ type: 'WaitlistAccepted', data: { waiterId: id, reservationId: id } }],
    [
      { category: RESERVATIONS, id, events: [made, ...due] },
      ...keeping({ ...offer, key: id, locationId }),
    ],
  );
}

/** What was offered becomes free; who only waited leaves the line. */
function decideEnd(waiting: Waiting, ended: WaitlistEvent): Decision<WaitlistEvent> {
  const { status, offer, locationId, day } = waiting;
  const { waiterId } = ended.data;
  if (status === 'offered' && offer !== null)
    return accepted([ended], freeing({ ...offer, key: waiterId, locationId }));
  if (status !== 'waiting') return accepted([]);
  const left: DayEvent = { type: 'DayWaiterLeft', data: { locationId, date: day, waiterId } };
  const elsewhere: EventsElsewhere = { ...dayStream(locationId, day), events: [left] };
  return accepted([ended], [elsewhere]);
}
