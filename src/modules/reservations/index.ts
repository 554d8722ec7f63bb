/** Reservations: who comes when, and at which tables. The only door of this folder. */
import * as answers from './answers.ts';
import { defineAggregate } from '../../core/aggregate.ts';
import { defineModule } from '../../core/module.ts';
import { BOOKING_COMMANDS, type BookingCommand } from './bookings/commands.ts';
import { decide as decideBooking } from './bookings/decide.ts';
import { BOOKING_EVENTS, type BookingEvent } from './bookings/events.ts';
import * as booking from './bookings/state.ts';
import * as bookingStreams from './bookings/streams.ts';
import * as calendar from './calendars/calendar.ts';
import { CALENDAR_EVENTS, type CalendarEvent } from './calendars/events.ts';
import { DAY_COMMANDS, DAY_REFUSALS, type DayCommand } from './days/commands.ts';
import * as dayDecisions from './days/decide.ts';
import { DAY_EVENTS, type DayEvent } from './days/events.ts';
import * as day from './days/state.ts';
import * as enquiry from './enquiries/enquiry.ts';
import { ENQUIRY_EVENTS, type EnquiryEvent } from './enquiries/events.ts';
import * as feed from './feeds/feed.ts';
import { DAYS, ENQUIRIES, HOLDERS, RESERVATIONS, WAITLIST } from './floor.ts';
import * as holder from './holders/holder.ts';
import { expireHolds, keepSeated, lapseOffers, offerFreed } from './policies.ts';
import { dayList } from './read-models/day-list.ts';
import { reservationList } from './read-models/reservation-list.ts';
import {
  calendarList,
  enquiryList,
  feedList,
  holderList,
  waitlistList,
} from './read-models/small-lists.ts';
import { RESERVATION_REFUSALS } from './refusals.ts';
import { WAITLIST_COMMANDS, WAITLIST_REFUSALS, type WaitlistCommand } from './waitlist/commands.ts';
import * as waiting from './waitlist/decide.ts';
import { WAITLIST_EVENTS, type WaitlistEvent } from './waitlist/events.ts';
import * as waitlist from './waitlist/state.ts';

export { BOOKING_EVENTS, type BookingEvent } from './bookings/events.ts';
export type { Booking, BookingState } from './bookings/state.ts';
export { DAY_EVENTS, type DayEvent } from './days/events.ts';
export { takenAt } from './days/occupancy.ts';
export type { DayState, Taken } from './days/state.ts';
export type { EnquiryState } from './enquiries/enquiry.ts';
export { dayStream, ENQUIRIES, RESERVATIONS, WAITLIST } from './floor.ts';
export { PARTY_SIZE_MAX } from './calendars/settings.ts';
export { icsOf } from './ics.ts';
export { reservationList, type ReservationRow } from './read-models/reservation-list.ts';
export { enquiryList, waitlistList } from './read-models/small-lists.ts';
export { availabilityOf, type Availability } from './routes-availability.ts';
export { bookingTermsOf, cancelTermsOf, type CancelTerms } from './routes-guest.ts';
export {
  createLinkTokens,
  manageTokenOf,
  opensReservation,
  reservationOf,
  visitorHoldersOf,
  type LinkTokens,
} from './routes-links.ts';
export { waitlistOffered, type WaitlistEvent } from './waitlist/events.ts';
export type { Waiting, WaitlistState } from './waitlist/state.ts';
export { reservationRoutes } from './routes.ts';

const nowhere = { locationId: null, amount: null, shiftOf: null };

const bookings = defineAggregate<booking.BookingState, BookingCommand, BookingEvent>({
  category: RESERVATIONS,
  stateVersion: 2,
  events: BOOKING_EVENTS,
  commands: BOOKING_COMMANDS,
  refusals: RESERVATION_REFUSALS,
  initialState: booking.initialState,
  decide: decideBooking,
  evolve: booking.evolve,
  streams: bookingStreams.streams,
  consults: bookingStreams.consults,
  view: booking.viewOf,
  locationOf: (state) => (state.status === 'none' ? null : state.locationId),
  attributes: (state, command) => bookingStreams.attributesOf(state, command),
  respond(state, { type }) {
    if (state.status === 'none') return {};
    const { status, startsAt, endsAt, partySize, tableIds, heldUntil } = state;
    if (
      type === 'MakeReservation' ||
      type === 'HoldTables' ||
      type === 'ChangeReservation' ||
      type === 'SeatReservation'
    )
      return { status, startsAt, endsAt, partySize, tableIds, heldUntil };
    return { status };
  },
  responds: answers.ofBooking,
});

const calendars = defineAggregate<calendar.CalendarState, calendar.CalendarCommand, CalendarEvent>({
  category: calendar.CALENDARS,
  stateVersion: 1,
  events: CALENDAR_EVENTS,
  commands: calendar.CALENDAR_COMMANDS,
  refusals: calendar.CALENDAR_REFUSALS,
  initialState: calendar.initialState,
  decide: calendar.decide,
  evolve: calendar.evolve,
  consults: calendar.consults,
  locationOf: (state) => (state.status === 'set' ? state.locationId : null),
  attributes: (_state, { input }) => ({ ...nowhere, locationId: input.locationId }),
});

const days = defineAggregate<day.DayState, DayCommand, DayEvent>({
  category: DAYS,
  stateVersion: 1,
  events: DAY_EVENTS,
  commands: DAY_COMMANDS,
  refusals: DAY_REFUSALS,
  initialState: day.initialState,
  decide: dayDecisions.decide,
  evolve: day.evolve,
  locationOf: ({ locationId }) => locationId,
  streams: dayDecisions.streams,
  consults: dayDecisions.consults,
  attributes: (_state, command) => ({
    ...nowhere,
    locationId: dayDecisions.placeOfDay(command.id)?.locationId ?? null,
  }),
  respond: (_state, command) =>
    command.type === 'BlockTables' ? { blockId: command.commandId } : {},
  responds: answers.ofDay,
});

const holders = defineAggregate<holder.HolderState, holder.HolderCommand, holder.HolderEvent>({
  category: HOLDERS,
  stateVersion: 1,
  events: holder.HOLDER_EVENTS,
  commands: holder.HOLDER_COMMANDS,
  refusals: holder.HOLDER_REFUSALS,
  initialState: holder.initialState,
  decide: holder.decide,
  evolve: holder.evolve,
});

const waiters = defineAggregate<waitlist.WaitlistState, WaitlistCommand, WaitlistEvent>({
  category: WAITLIST,
  stateVersion: 1,
  events: WAITLIST_EVENTS,
  commands: WAITLIST_COMMANDS,
  refusals: WAITLIST_REFUSALS,
  initialState: waitlist.initialState,
  decide: waiting.decide,
  evolve: waitlist.evolve,
  streams: waiting.streams,
  consults: waiting.consults,
  view: waitlist.viewOf,
  locationOf: (state) => (state.status === 'none' ? null : state.locationId),
  attributes(state, command) {
    if (command.type === 'JoinWaitlist')
      return { ...nowhere, locationId: command.input.locationId };
    return state.status === 'none' ? nowhere : { ...nowhere, locationId: state.locationId };
  },
  respond: (state) =>
    state.status === 'none' ? {} : { status: state.status, reservationId: state.reservationId },
  responds: answers.ofWaiter,
});

const enquiries = defineAggregate<enquiry.EnquiryState, enquiry.EnquiryCommand, EnquiryEvent>({
  category: ENQUIRIES,
  stateVersion: 1,
  events: ENQUIRY_EVENTS,
  commands: enquiry.ENQUIRY_COMMANDS,
  refusals: enquiry.ENQUIRY_REFUSALS,
  initialState: enquiry.initialState,
  decide: enquiry.decide,
  evolve: enquiry.evolve,
  consults: enquiry.consults,
  view: enquiry.viewOf,
  locationOf: (state) => (state.status === 'none' ? null : state.locationId),
  attributes(state, command) {
    if (command.type === 'SendEnquiry') return { ...nowhere, locationId: command.input.locationId };
    return state.status === 'none' ? nowhere : { ...nowhere, locationId: state.locationId };
  },
  respond: ({ status }) => ({ status }),
  responds: answers.ofEnquiry,
});

const feeds = defineAggregate<feed.FeedState, feed.FeedCommand, feed.FeedEvent>({
  category: 'reservations.feeds',
  stateVersion: 1,
  events: feed.FEED_EVENTS,
  commands: feed.FEED_COMMANDS,
  refusals: feed.FEED_REFUSALS,
  initialState: feed.initialState,
  decide: feed.decide,
  evolve: feed.evolve,
  consults: feed.consults,
  locationOf: (state) => (state.status === 'none' ? null : state.locationId),
  attributes(state, command) {
    if (command.type === 'OpenReservationFeed')
      return { ...nowhere, locationId: command.input.locationId };
    return state.status === 'none' ? nowhere : { ...nowhere, locationId: state.locationId };
  },
});

export const reservations = defineModule({
  name: 'reservations',
  title: 'Reservations',
  summary: 'Who comes when and at which tables: bookings, holds, waiting list, enquiries, feeds.',
  aggregates: [
    { aggregate: bookings, singular: 'reservation', list: reservationList },
    { aggregate: calendars, singular: 'reservation calendar', list: calendarList },
    { aggregate: days, singular: 'reservation day', list: dayList },
    { aggregate: holders, singular: 'holder', list: holderList },
    { aggregate: waiters, singular: 'waiting list entry', list: waitlistList },
    { aggregate: enquiries, singular: 'enquiry', list: enquiryList },
    { aggregate: feeds, singular: 'feed', list: feedList },
  ],
  policies: [expireHolds, keepSeated, lapseOffers, offerFreed],
});
