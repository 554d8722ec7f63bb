/**
 * Events and packages: somebody asks for a date, a number of guests and a budget, the house answers with an offer.
 *
 *   SendEnquiry -> new -- AnswerEnquiry --> answered -- AcceptEnquiry --> accepted
 *                  new, answered -- DeclineEnquiry --> declined           new, answered -- WithdrawEnquiry --> withdrawn
 */
import { Type } from 'typebox';
import type { Refusal, StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { moneySchema, type Money } from '../../../core/money.ts';
import { idInput, languageInput, noteInput, partySizeInput } from '../bookings/commands.ts';
import { customerStream, isCustomer } from '../bookings/streams.ts';
import { calendarDate } from '../calendars/settings.ts';
import { contactInput, type Contact } from '../contact.ts';
import { houseFrom, houseStreams } from '../floor.ts';
import { RESERVATION_REFUSALS } from '../refusals.ts';
import { localDateOf } from '../times.ts';
import type { EnquiryEvent } from './events.ts';

const closed = { additionalProperties: false };
const nothing = Type.Object({}, closed);

export const sendEnquiry = defineCommand({
  name: 'SendEnquiry',
  summary: 'Asks for an event: a date, guests, a budget',
  permission: 'book',
  input: Type.Object(
    {
      locationId: idInput,
      date: calendarDate,
      guests: partySizeInput,
      budget: Type.Optional(moneySchema),
      /** A package of the house that the guest chose, by the name it goes by. */
      packageName: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      message: Type.Optional(noteInput),
      contact: contactInput,
      customerId: Type.Optional(idInput),
      language: Type.Optional(languageInput),
    },
    closed,
  ),
  examples: [
    {
      locationId: 'a1',
      date: '2029-06-12',
      guests: 60,
      budget: { amount: 300_000, currency: 'EUR' },
      packageName: 'Wedding buffet',
      message: 'Is there a place for a band?',
      contact: { name: 'Ana Souza', email: 'ana@example.com' },
    },
  ],
});

export const answerEnquiry = defineCommand({
  name: 'AnswerEnquiry',
  word: 'answer',
  summary: 'Answers with an offer; another answer replaces it',
  permission: 'book',
  input: Type.Object(
    { offer: Type.Union([moneySchema, Type.Null()]), text: Type.Optional(noteInput) },
    closed,
  ),
  examples: [{ offer: { amount: 280_000, currency: 'EUR' }, text: 'With the garden.' }],
});

const outcome = (name: string, word: string, summary: string) =>
  ({ name, word, summary, permission: 'book', input: nothing, examples: [{}] }) as const;
export const acceptEnquiry = defineCommand({
  ...outcome('AcceptEnquiry', 'accept', 'The guest takes the offer'),
  name: 'AcceptEnquiry',
});
export const withdrawEnquiry = defineCommand({
  ...outcome('WithdrawEnquiry', 'withdraw', 'The guest asks no more'),
  name: 'WithdrawEnquiry',
});
export const declineEnquiry = defineCommand({
  name: 'DeclineEnquiry',
  word: 'decline',
  summary: 'The house cannot do it',
  permission: 'book',
  input: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
  examples: [{ reason: 'closed that day' }],
});

export const ENQUIRY_COMMANDS = [
  sendEnquiry,
  answerEnquiry,
  acceptEnquiry,
  withdrawEnquiry,
  declineEnquiry,
] as const;
export type EnquiryCommand = CommandFor<(typeof ENQUIRY_COMMANDS)[number]>;

const { LOCATION_UNKNOWN, CUSTOMER_UNKNOWN, TOO_LATE } = RESERVATION_REFUSALS;
export const ENQUIRY_REFUSALS = {
  LOCATION_UNKNOWN,
  CUSTOMER_UNKNOWN,
  TOO_LATE,
  ENQUIRY_EXISTS: {
    sentence: 'There is an enquiry with this id already.',
    remedy: 'Answer the existing one, or send another under its own id.',
  },
  ENQUIRY_CLOSED: {
    sentence: 'The enquiry was settled.',
    remedy: 'Send another enquiry.',
  },
  ENQUIRY_UNANSWERED: {
    sentence: 'The enquiry has no offer yet.',
    remedy: 'Answer it with an offer first.',
  },
} as const satisfies Record<string, Refusal>;

export interface Enquiry {
  readonly status: 'new' | 'answered' | 'accepted' | 'declined' | 'withdrawn';
  readonly personId: string;
  readonly customerId: string | null;
  readonly locationId: string;
  readonly date: string;
  readonly guests: number;
  readonly budget: Money | null;
  readonly packageName: string | null;
  readonly message: string | null;
  readonly contact: Contact;
  readonly language: string | null;
  readonly offer: Money | null;
  readonly answer: string | null;
}
export type EnquiryState = { readonly status: 'none' } | Enquiry;
export const initialState: EnquiryState = { status: 'none' };

export function evolve(state: EnquiryState, event: EnquiryEvent): EnquiryState {
  if (event.type === 'EnquirySent') {
    const { enquiryId: _id, ...sent } = event.data;
    return { ...sent, status: 'new', offer: null, answer: null };
  }
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'EnquiryAnswered': {
      const { offer, text: answer } = event.data;
      return { ...state, status: 'answered', offer, answer };
    }
    case 'EnquiryClosed':
      return { ...state, status: event.data.as };
  }
}

export function viewOf(state: EnquiryState): object {
  if (state.status === 'none') return state;
  const { personId: _person, ...seen } = state;
  return seen;
}

export function consults(command: EnquiryCommand): readonly StreamReference[] {
  if (command.type !== 'SendEnquiry') return [];
  const { locationId, customerId } = command.input;
  const house = houseStreams(locationId);
  return customerId === undefined ? house : [...house, customerStream(customerId)];
}

export function decide(
  state: EnquiryState,
  command: EnquiryCommand,
  around: Surroundings,
): Decision<EnquiryEvent> {
  if (command.type === 'SendEnquiry') return decideSend(state, command, around);
  if (state.status !== 'new' && state.status !== 'answered') return rejected('ENQUIRY_CLOSED');
  const enquiryId = command.id;
  const { personId } = state;
  const close = (as: 'accepted' | 'declined' | 'withdrawn', reason: string | null) =>
    accepted<EnquiryEvent>([{ type: 'EnquiryClosed', data: { enquiryId, personId, as, reason } }]);
  switch (command.type) {
    case 'AnswerEnquiry': {
      const { offer, text = null } = command.input;
      const data = { enquiryId, personId, offer, text };
      return accepted([{ type: 'EnquiryAnswered', data }]);
    }
    case 'AcceptEnquiry':
      return state.status === 'new' ? rejected('ENQUIRY_UNANSWERED') : close('accepted', null);
    case 'WithdrawEnquiry':
      return close('withdrawn', null);
    case 'DeclineEnquiry':
      return close('declined', command.input.reason);
  }
}

function decideSend(
  state: EnquiryState,
  { id, at, input }: CommandFor<typeof sendEnquiry>,
  around: Surroundings,
): Decision<EnquiryEvent> {
  if (state.status !== 'none') return rejected('ENQUIRY_EXISTS');
  const { locationId, date, guests, contact, customerId = null } = input;
  const house = houseFrom(around, locationId);
  if (house === null) return rejected('LOCATION_UNKNOWN');
  if (!isCustomer(around, input.customerId)) return rejected('CUSTOMER_UNKNOWN');
  if (date < localDateOf(Date.parse(at), house.location.timeZone)) return rejected('TOO_LATE');
  const { budget = null, packageName = null, message = null, language = null } = input;
  const person = { enquiryId: id, personId: customerId ?? id, customerId };
  const asked = { locationId, date, guests, budget, packageName, message, contact, language };
  return accepted([{ type: 'EnquirySent', data: { ...person, ...asked } }]);
}
