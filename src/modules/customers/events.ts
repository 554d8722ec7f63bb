import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../core/event-type.ts';

/** A personal field: null once the person is erased. */
const personal = <Schema extends ReturnType<typeof Type.String>>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

const customerId = Type.String();

/** How a customer may be written to. */
export const channel = Type.Union([
  Type.Literal('email'),
  Type.Literal('sms'),
  Type.Literal('whatsapp'),
]);

export const customerRegistered = defineEvent({
  name: 'CustomerRegistered',
  wireName: 'comptoir.customer.registered',
  data: Type.Object({
    customerId,
    name: personal(Type.String()),
    email: Type.Optional(personal(Type.String())),
    phone: Type.Optional(personal(Type.String())),
    language: Type.String(),
  }),
  personal: { person: '/customerId', fields: ['/name', '/email', '/phone'] },
});

export const customerContactChanged = defineEvent({
  name: 'CustomerContactChanged',
  wireName: 'comptoir.customer.contact-changed',
  data: Type.Object({
    customerId,
    name: Type.Optional(personal(Type.String())),
    email: Type.Optional(personal(Type.String())),
    phone: Type.Optional(personal(Type.String())),
  }),
  personal: { person: '/customerId', fields: ['/name', '/email', '/phone'] },
});

export const customerConsentGiven = defineEvent({
  name: 'CustomerConsentGiven',
  wireName: 'comptoir.customer.consent-given',
  data: Type.Object({ customerId, channel, wording: Type.String() }),
});

export const customerConsentWithdrawn = defineEvent({
  name: 'CustomerConsentWithdrawn',
  wireName: 'comptoir.customer.consent-withdrawn',
  data: Type.Object({ customerId, channel }),
});

export const customerArchived = defineEvent({
  name: 'CustomerArchived',
  wireName: 'comptoir.customer.archived',
  data: Type.Object({ customerId, reason: Type.String() }),
});

export const CUSTOMER_EVENTS = [
  customerRegistered,
  customerContactChanged,
  customerConsentGiven,
  customerConsentWithdrawn,
  customerArchived,
] as const;

export type CustomerEvent = EventOf<(typeof CUSTOMER_EVENTS)[number]>;
