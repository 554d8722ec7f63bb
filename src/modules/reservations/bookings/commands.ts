import { Type } from 'typebox';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { PARTY_SIZE_MAX } from '../calendars/settings.ts';
import { contactInput } from '../contact.ts';
import { holderInput } from '../holders/holder.ts';
import { TABLES_JOINED_MAX } from '../table-sets.ts';
import { writtenTime } from '../times.ts';

export const idInput = Type.String({ minLength: 1, maxLength: 128 });
export const partySizeInput = Type.Integer({ minimum: 1, maximum: PARTY_SIZE_MAX });
export const noteInput = Type.String({ minLength: 1, maxLength: 1000 });
export const languageInput = Type.String({ pattern: '^[a-z]{2}(?:-[A-Z]{2})?$' });
const reason = Type.String({ minLength: 1, maxLength: 200 });
const guestOrHouse = Type.Union([Type.Literal('guest'), Type.Literal('house')]);
const closed = { additionalProperties: false };
const nothing = Type.Object({}, closed);
/** More tables than the search would join, for whoever knows the house. */
const tableIds = Type.Array(idInput, {
  minItems: 1,
  maxItems: 4 * TABLES_JOINED_MAX,
  uniqueItems: true,
});

export const makeReservation = defineCommand({
  name: 'MakeReservation',
  summary: 'Reserves tables for a party, at once or as a hold to be confirmed',
  permission: 'book',
  input: Type.Object(
    {
      locationId: idInput,
      startsAt: writtenTime,
      partySize: partySizeInput,
      contact: contactInput,
      customerId: Type.Optional(idInput),
      note: Type.Optional(noteInput),
      language: Type.Optional(languageInput),
      /** Only there; with `wholeArea` all of it, as a room. */
      areaId: Type.Optional(idInput),
      wholeArea: Type.Optional(Type.Boolean()),
      /** Exactly these, for whoever knows the house. */
      tableIds: Type.Optional(tableIds),
      hold: Type.Optional(Type.Object({ holder: holderInput }, closed)),
    },
    closed,
  ),
  examples: [
    {
      locationId: 'a1',
      startsAt: '2026-01-02T19:00:00+01:00',
      partySize: 2,
      contact: { name: 'Ana Souza', phone: '+5511987654321' },
    },
    {
      locationId: 'a1',
      startsAt: '2026-01-01T19:30',
      partySize: 4,
      contact: { name: 'Jan Kowalski', email: 'jan@example.com' },
      note: 'by the window',
      hold: { holder: 'c2VjcmV0LXBzZXVkb255bQ' },
    },
  ],
});

/** The first step of the public page: who comes is told when it is confirmed. */
export const holdTables = defineCommand({
  name: 'HoldTables',
  summary: 'Holds tables for somebody on the public page who has yet to say who comes',
  permission: 'book',
  everyday: true,
  internal: true,
  input: Type.Object(
    {
      locationId: idInput,
      startsAt: writtenTime,
      partySize: partySizeInput,
      language: Type.Optional(languageInput),
      /** Of the pair of address and contact, also where no contact was given yet. */
      holder: holderInput,
      /** Of the address alone. */
      holderAddress: holderInput,
      contact: Type.Optional(contactInput),
    },
    closed,
  ),
  examples: [
    {
      locationId: 'a1',
      startsAt: '2026-01-01T19:30:00.000Z',
      partySize: 2,
      language: 'pl',
      holder: 'c2VjcmV0LXBzZXVkb255bQ',
      holderAddress: 'YW5vdGhlci1wc2V1ZG9ueQ',
    },
  ],
});

export const confirmReservation = defineCommand({
  name: 'ConfirmReservation',
  word: 'confirm',
  summary: 'Confirms a hold (the guest) or a pending reservation (the house)',
  permission: 'book',
  input: Type.Object(
    {
      by: Type.Optional(guestOrHouse),
      /** Of a hold that nobody gave a name to yet; for others, who it is for from now on. */
      contact: Type.Optional(contactInput),
      note: Type.Optional(noteInput),
    },
    closed,
  ),
  examples: [
    {},
    { by: 'guest' },
    { by: 'guest', contact: { name: 'Ana Souza', email: 'ana@example.com' } },
  ],
});

export const changeReservation = defineCommand({
  name: 'ChangeReservation',
  word: 'change',
  summary: 'Changes start, party size or tables; what is left out stays',
  permission: 'book',
  input: Type.Object(
    {
      startsAt: Type.Optional(writtenTime),
      partySize: Type.Optional(partySizeInput),
      tableIds: Type.Optional(tableIds),
      /** The house by default. A guest who moves it late does not thereby cancel it at no cost. */
      by: Type.Optional(guestOrHouse),
    },
    { ...closed, minProperties: 1 },
  ),
  examples: [{ partySize: 3 }, { startsAt: '2026-01-01T20:00' }],
});

export const changeReservationContact = defineCommand({
  name: 'ChangeReservationContact',
  word: 'change-contact',
  summary: 'Changes how the guest is reached, or the note',
  permission: 'book',
  input: Type.Object(
    {
      contact: Type.Optional(contactInput),
      note: Type.Optional(Type.Union([noteInput, Type.Null()])),
    },
    { ...closed, minProperties: 1 },
  ),
  examples: [{ note: 'with a child seat' }],
});

export const cancelReservation = defineCommand({
  name: 'CancelReservation',
  word: 'cancel',
  summary: 'Cancels a reservation; late by a guest, a fee may become due',
  permission: 'book',
  input: Type.Object(
    {
      /** The guest by default. */
      by: Type.Optional(guestOrHouse),
      reason: Type.Optional(reason),
    },
    closed,
  ),
  examples: [{ reason: 'plans changed' }, { by: 'house', reason: 'burst pipe' }],
});

export const expireReservationHold = defineCommand({
  name: 'ExpireReservationHold',
  word: 'expire',
  summary: 'Takes a hold away whose time is over',
  input: nothing,
  examples: [{}],
});

export const markReservationLate = defineCommand({
  name: 'MarkReservationLate',
  word: 'mark-late',
  summary: 'Notes that the party comes later',
  permission: 'book',
  input: Type.Object({ minutes: Type.Integer({ minimum: 1, maximum: 600 }) }, closed),
  examples: [{ minutes: 15 }],
});

export const seatReservation = defineCommand({
  name: 'SeatReservation',
  word: 'seat',
  summary: 'The party is here: at its tables, or at others that are free',
  permission: 'seat',
  input: Type.Object({ tableIds: Type.Optional(tableIds) }, closed),
  examples: [{}],
});

export const extendStay = defineCommand({
  name: 'ExtendStay',
  word: 'extend-stay',
  summary: 'Keeps the tables of a party that still sits when its time is over',
  internal: true,
  input: nothing,
  examples: [{}],
});

export const completeReservation = defineCommand({
  name: 'CompleteReservation',
  word: 'complete',
  summary: 'The party has left; its tables are free again',
  permission: 'seat',
  input: nothing,
  examples: [{}],
});

export const markReservationNoShow = defineCommand({
  name: 'MarkReservationNoShow',
  word: 'no-show',
  summary: 'The party never came; a fee may become due',
  permission: 'seat',
  input: nothing,
  examples: [{}],
});

export const settleReservationAmount = defineCommand({
  name: 'SettleReservationAmount',
  word: 'settle-amount',
  summary: 'Notes that an amount due was paid, or a refund given',
  permission: 'settle',
  input: Type.Object({ amountId: idInput, reason: Type.Optional(reason) }, closed),
  examples: [{ amountId: 'c0-deposit' }],
});

export const waiveReservationAmount = defineCommand({
  name: 'WaiveReservationAmount',
  word: 'waive-amount',
  summary: 'Lets an amount due go, with a reason',
  permission: 'waive',
  approvable: true,
  input: Type.Object({ amountId: idInput, reason }, closed),
  examples: [{ amountId: 'c0-no-show', reason: 'train strike' }],
});

export const renewReservationLink = defineCommand({
  name: 'RenewReservationLink',
  word: 'renew-link',
  summary: 'Makes the links to manage the reservation worthless and a new one',
  permission: 'book',
  input: nothing,
  examples: [{}],
});

export const BOOKING_COMMANDS = [
  makeReservation,
  holdTables,
  confirmReservation,
  changeReservation,
  changeReservationContact,
  cancelReservation,
  expireReservationHold,
  markReservationLate,
  seatReservation,
  extendStay,
  completeReservation,
  markReservationNoShow,
  settleReservationAmount,
  waiveReservationAmount,
  renewReservationLink,
] as const;

export type BookingCommand = CommandFor<(typeof BOOKING_COMMANDS)[number]>;
export type MakeReservation = CommandFor<typeof makeReservation>;
export type CancelReservation = CommandFor<typeof cancelReservation>;
export type HoldTables = CommandFor<typeof holdTables>;
export type FollowUp = Exclude<BookingCommand, MakeReservation | HoldTables>;
