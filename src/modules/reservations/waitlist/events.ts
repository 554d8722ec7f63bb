import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { timingFields } from '../bookings/events.ts';
import { contactData, textOrNull } from '../contact.ts';

const waiterId = Type.String();

export const waitlistJoined = defineEvent({
  name: 'WaitlistJoined',
  wireName: 'comptoir.reservation-waitlist.joined',
  data: Type.Object({
    waiterId,
    personId: Type.String(),
    customerId: textOrNull,
    locationId: Type.String(),
    /** Business day; the start may lie from `from` until `to`, inclusive. */
    day: Type.String(),
    from: Type.String(),
    to: Type.String(),
    partySize: Type.Integer(),
    contact: contactData,
    note: textOrNull,
    language: textOrNull,
  }),
  personal: { person: '/personId', fields: ['/contact', '/note'] },
});

export const waitlistOffered = defineEvent({
  name: 'WaitlistOffered',
  wireName: 'comptoir.reservation-waitlist.offered',
  data: Type.Object({
    waiterId,
    locationId: Type.String(),
    ...timingFields,
    tableIds: Type.Array(Type.String()),
    until: Type.String(),
  }),
});

/** The reservation has the id of the entry. */
export const waitlistAccepted = defineEvent({
  name: 'WaitlistAccepted',
  wireName: 'comptoir.reservation-waitlist.accepted',
  data: Type.Object({ waiterId, reservationId: Type.String() }),
});

export const waitlistLeft = defineEvent({
  name: 'WaitlistLeft',
  wireName: 'comptoir.reservation-waitlist.left',
  data: Type.Object({ waiterId }),
});

export const waitlistLapsed = defineEvent({
  name: 'WaitlistLapsed',
  wireName: 'comptoir.reservation-waitlist.lapsed',
  data: Type.Object({ waiterId }),
});

export const WAITLIST_EVENTS = [
  waitlistJoined,
  waitlistOffered,
  waitlistAccepted,
  waitlistLeft,
  waitlistLapsed,
] as const;
export type WaitlistEvent = EventOf<(typeof WAITLIST_EVENTS)[number]>;
