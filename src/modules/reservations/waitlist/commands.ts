import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { idInput, languageInput, noteInput, partySizeInput } from '../bookings/commands.ts';
import { contactInput } from '../contact.ts';
import { RESERVATION_REFUSALS } from '../refusals.ts';
import { writtenTime } from '../times.ts';

const closed = { additionalProperties: false };
const nothing = Type.Object({}, closed);

export const joinWaitlist = defineCommand({
  name: 'JoinWaitlist',
  summary: 'Waits for tables to become free on a business day',
  permission: 'book',
  input: Type.Object(
    {
      locationId: idInput,
      /** The earliest and the latest start that suits. */
      from: writtenTime,
      to: writtenTime,
      partySize: partySizeInput,
      contact: contactInput,
      customerId: Type.Optional(idInput),
      note: Type.Optional(noteInput),
      language: Type.Optional(languageInput),
    },
    closed,
  ),
  examples: [
    {
      locationId: 'a1',
      from: '2026-01-02T19:00',
      to: '2026-01-02T20:30',
      partySize: 2,
      contact: { name: 'Ana Souza', phone: '+5511987654321' },
    },
  ],
});

export const acceptOffer = defineCommand({
  name: 'AcceptWaitlistOffer',
  word: 'accept',
  summary: 'Takes what was offered: it becomes a reservation',
  permission: 'book',
  input: nothing,
  examples: [{}],
});

export const leaveWaitlist = defineCommand({
  name: 'LeaveWaitlist',
  word: 'leave',
  summary: 'Waits no longer, or declines what was offered',
  permission: 'book',
  input: nothing,
  examples: [{}],
});

export const lapseOffer = defineCommand({
  name: 'LapseWaitlistOffer',
  word: 'lapse',
  summary: 'Takes an offer away whose time is over',
  input: nothing,
  examples: [{}],
});

export const WAITLIST_COMMANDS = [joinWaitlist, acceptOffer, leaveWaitlist, lapseOffer] as const;
export type WaitlistCommand = CommandFor<(typeof WAITLIST_COMMANDS)[number]>;
export type JoinWaitlist = CommandFor<typeof joinWaitlist>;
export type WaitlistFollowUp = Exclude<WaitlistCommand, JoinWaitlist>;

const {
  LOCATION_UNKNOWN,
  CUSTOMER_UNKNOWN,
  TIME_INVALID,
  TIME_DOES_NOT_EXIST,
  TIME_AMBIGUOUS,
  BOOKINGS_STOPPED,
  TOO_LATE,
  TOO_FAR_AHEAD,
  PARTY_TOO_SMALL,
  PARTY_TOO_LARGE,
  NO_TABLES,
  TABLE_OR_AREA_UNKNOWN,
  CHANGED_MEANWHILE,
  RESERVATION_EXISTS,
} = RESERVATION_REFUSALS;
export const WAITLIST_REFUSALS = {
  LOCATION_UNKNOWN,
  CUSTOMER_UNKNOWN,
  TIME_INVALID,
  TIME_DOES_NOT_EXIST,
  TIME_AMBIGUOUS,
  BOOKINGS_STOPPED,
  TOO_LATE,
  TOO_FAR_AHEAD,
  PARTY_TOO_SMALL,
  PARTY_TOO_LARGE,
  NO_TABLES,
  TABLE_OR_AREA_UNKNOWN,
  CHANGED_MEANWHILE,
  RESERVATION_EXISTS,
  WAITLIST_ENTRY_EXISTS: {
    sentence: 'There is an entry of the waiting list with this id already.',
    remedy: 'Leave the existing one, or join under another id.',
  },
  WINDOW_INVALID: {
    sentence: 'The latest start lies before the earliest one, or on another business day.',
    remedy: 'Give two times of one business day, in order.',
  },
  WAITLIST_FULL: {
    sentence: 'The waiting list of this day is full.',
    remedy: 'Choose another day.',
  },
  NOTHING_OFFERED: {
    sentence: 'Nothing is offered to this entry of the waiting list.',
    remedy: 'Wait for an offer.',
  },
  OFFER_EXPIRED: {
    sentence: 'The time to take the offer is over.',
    remedy: 'Join the waiting list anew, or reserve another time.',
  },
} as const satisfies Record<string, Refusal>;
