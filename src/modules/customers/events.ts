import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../core/event-type.ts';
import { IDENTIFIER_EVENTS } from './events-identifiers.ts';
import { MERGE_EVENTS } from './events-merges.ts';
import { NOTE_EVENTS } from './events-notes.ts';
import { channel, customerId, customerKind, orNull } from './shapes.ts';

export const customerRegistered = defineEvent({
  name: 'CustomerRegistered',
  wireName: 'comptoir.customer.registered',
  data: Type.Object({
    customerId,
    name: orNull(Type.String()),
    email: Type.Optional(orNull(Type.String())),
    phone: Type.Optional(orNull(Type.String())),
    language: Type.String(),
  }),
  personal: { person: '/customerId', fields: ['/name', '/email', '/phone'] },
});

/** E-mail and phone are those by which the customer is reached from now on. */
export const customerContactChanged = defineEvent({
  name: 'CustomerContactChanged',
  wireName: 'comptoir.customer.contact-changed',
  data: Type.Object({
    customerId,
    name: Type.Optional(orNull(Type.String())),
    email: Type.Optional(orNull(Type.String())),
    phone: Type.Optional(orNull(Type.String())),
  }),
  personal: { person: '/customerId', fields: ['/name', '/email', '/phone'] },
});

/** A customer is a person until this says otherwise. */
export const customerKindChanged = defineEvent({
  name: 'CustomerKindChanged',
  wireName: 'comptoir.customer.kind-changed',
  data: Type.Object({ customerId, kind: customerKind }),
});

export const customerLanguageChanged = defineEvent({
  name: 'CustomerLanguageChanged',
  wireName: 'comptoir.customer.language-changed',
  data: Type.Object({ customerId, language: Type.String() }),
});

/** Where the person lives, by the clock; null when nobody knows (any more). */
export const customerTimeZoneChanged = defineEvent({
  name: 'CustomerTimeZoneChanged',
  wireName: 'comptoir.customer.time-zone-changed',
  data: Type.Object({ customerId, timeZone: orNull(Type.String()) }),
});

/** The proof: what was agreed to, where, and which version of the text it was. */
export const customerConsentGiven = defineEvent({
  name: 'CustomerConsentGiven',
  wireName: 'comptoir.customer.consent-given',
  version: 2,
  data: Type.Object({
    customerId,
    channel,
    wording: Type.String(),
    source: orNull(Type.String()),
    wordingVersion: orNull(Type.String()),
  }),
  upcasters: { 1: (data) => ({ ...Object(data), source: null, wordingVersion: null }) },
});

export const customerConsentWithdrawn = defineEvent({
  name: 'CustomerConsentWithdrawn',
  wireName: 'comptoir.customer.consent-withdrawn',
  version: 2,
  data: Type.Object({ customerId, channel, source: orNull(Type.String()) }),
  upcasters: { 1: (data) => ({ ...Object(data), source: null }) },
});

export const customerArchived = defineEvent({
  name: 'CustomerArchived',
  wireName: 'comptoir.customer.archived',
  data: Type.Object({ customerId, reason: Type.String() }),
});

export const CUSTOMER_EVENTS = [
  customerRegistered,
  customerContactChanged,
  customerKindChanged,
  customerLanguageChanged,
  customerTimeZoneChanged,
  customerConsentGiven,
  customerConsentWithdrawn,
  customerArchived,
  ...IDENTIFIER_EVENTS,
  ...NOTE_EVENTS,
  ...MERGE_EVENTS,
] as const;

export type CustomerEvent = EventOf<(typeof CUSTOMER_EVENTS)[number]>;
