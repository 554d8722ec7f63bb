import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { moneySchema } from '../../../core/money.ts';
import { contactData, textOrNull } from '../contact.ts';

const of = { enquiryId: Type.String(), personId: Type.String() };
const moneyOrNull = Type.Union([moneySchema, Type.Null()]);

export const enquirySent = defineEvent({
  name: 'EnquirySent',
  wireName: 'comptoir.reservation-enquiry.sent',
  data: Type.Object({
    ...of,
    customerId: textOrNull,
    locationId: Type.String(),
    date: Type.String(),
    guests: Type.Integer(),
    budget: moneyOrNull,
    packageName: textOrNull,
    message: textOrNull,
    contact: contactData,
    language: textOrNull,
  }),
  personal: { person: '/personId', fields: ['/contact', '/message'] },
});

export const enquiryAnswered = defineEvent({
  name: 'EnquiryAnswered',
  wireName: 'comptoir.reservation-enquiry.answered',
  data: Type.Object({ ...of, offer: moneyOrNull, text: textOrNull }),
  personal: { person: '/personId', fields: ['/text'] },
});

export const enquiryClosed = defineEvent({
  name: 'EnquiryClosed',
  wireName: 'comptoir.reservation-enquiry.closed',
  data: Type.Object({
    ...of,
    as: Type.Union([Type.Literal('accepted'), Type.Literal('declined'), Type.Literal('withdrawn')]),
    reason: textOrNull,
  }),
  personal: { person: '/personId', fields: ['/reason'] },
});

export const ENQUIRY_EVENTS = [enquirySent, enquiryAnswered, enquiryClosed] as const;
export type EnquiryEvent = EventOf<(typeof ENQUIRY_EVENTS)[number]>;
