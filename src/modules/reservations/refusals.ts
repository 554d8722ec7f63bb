/** Why the business says no, for all aggregates of the module. */
import type { Refusal } from '../../core/aggregate.ts';

/** About a location, a time and a party, wherever they are asked for. */
export const PLACE_REFUSALS = {
  LOCATION_UNKNOWN: {
    sentence: 'There is no such location.',
    remedy: 'Use the id of a location of this business that is open.',
  },
  TIME_INVALID: {
    sentence: 'There is no such date or time.',
    remedy: 'Give a date and time of the calendar, such as 2026-11-21T19:00.',
  },
  TIME_DOES_NOT_EXIST: {
    sentence: 'The clocks of the location skip this time.',
    remedy: 'Choose a time before or after the clocks are set forward.',
  },
  TIME_AMBIGUOUS: {
    sentence: 'The clocks of the location show this time twice.',
    remedy: 'Give the offset from UTC too; the choices are in the details.',
  },
  OFF_GRID: {
    sentence: 'Reservations start at other minutes.',
    remedy: 'Choose a start that is a multiple of `gridMinutes` on the clock.',
  },
  LOCATION_CLOSED_THEN: {
    sentence: 'The location takes no reservations that start then.',
    remedy: 'Choose a start within the hours of the business day in the details.',
  },
  BOOKINGS_STOPPED: {
    sentence: 'The location takes no reservations at present.',
    remedy: 'Call the location.',
  },
  TOO_LATE: {
    sentence: 'It is too late to reserve for this time.',
    remedy: 'Choose a later start, or call the location.',
  },
  TOO_FAR_AHEAD: {
    sentence: 'Reservations are not taken that far ahead.',
    remedy: 'Choose an earlier date.',
  },
  PARTY_TOO_SMALL: {
    sentence: 'The party is smaller than the location takes reservations for.',
    remedy: 'Come without a reservation.',
  },
  PARTY_TOO_LARGE: {
    sentence: 'The party is larger than the location can seat in one reservation.',
    remedy: 'Send an enquiry for an event, or make several reservations.',
  },
  NO_TABLES: {
    sentence: 'The location has no tables that can be reserved.',
    remedy: 'Add tables to the location first.',
  },
  TABLE_OR_AREA_UNKNOWN: {
    sentence: 'The location has no such table or area.',
    remedy: 'Use ids of tables and areas of the location.',
  },
  SLOT_FULL: {
    sentence: 'Nothing is free at this time.',
    remedy: 'Choose one of the alternatives, or join the waiting list.',
  },
  CHANGED_MEANWHILE: {
    sentence: 'Somebody else changed it at the same time.',
    remedy: 'Read it again and repeat.',
  },
} as const satisfies Record<string, Refusal>;

export const RESERVATION_REFUSALS = {
  ...PLACE_REFUSALS,
  RESERVATION_EXISTS: {
    sentence: 'There is a reservation with this id already.',
    remedy: 'Change the existing one, or reserve under another id.',
  },
  CUSTOMER_UNKNOWN: {
    sentence: 'There is no active customer with this id.',
    remedy: 'Use the id of a customer, or leave it out.',
  },
  TOO_MANY_HOLDS: {
    sentence: 'As many reservations as allowed are held for this contact already.',
    remedy: 'Confirm or give up one of them, or wait until it runs out.',
  },
  CONTACT_NEEDED: {
    sentence: 'Nobody has said yet who comes.',
    remedy: 'Give a contact with the confirmation.',
  },
  HOLD_EXPIRED: {
    sentence: 'The time to confirm is over; the tables are free again.',
    remedy: 'Reserve anew.',
  },
  RESERVATION_OVER: {
    sentence: 'The reservation is over and takes no changes.',
    remedy: 'Make another reservation.',
  },
  RESERVATION_NOT_CONFIRMED: {
    sentence: 'The reservation is not confirmed yet.',
    remedy: 'Confirm it first.',
  },
  ALREADY_SEATED: {
    sentence: 'The party is seated already.',
    remedy: 'Complete the reservation, or seat the party at other tables.',
  },
  TOO_EARLY: {
    sentence: 'The reservation has not begun.',
    remedy: 'Wait until its start.',
  },
  TABLES_TAKEN: {
    sentence: 'Some of these tables are taken then.',
    remedy: 'Choose other tables or free these first.',
  },
  AMOUNT_UNKNOWN: {
    sentence: 'The reservation has no such open amount.',
    remedy: 'Use the id of an amount that is due.',
  },
} as const satisfies Record<string, Refusal>;
