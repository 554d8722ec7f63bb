import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { moneySchema } from '../../../core/money.ts';
import { contactData, textOrNull } from '../contact.ts';

const reservationId = Type.String();
/** The customer, or the reservation itself where nobody is known: whose data these are. */
const personId = Type.String();

export const timingFields = {
  startsAt: Type.String(),
  endsAt: Type.String(),
  /** Until then the tables are not given to anybody else. */
  takenUntil: Type.String(),
  /** Business day. */
  day: Type.String(),
  /** Dates whose day streams hold it. */
  dates: Type.Array(Type.String()),
};

export const reservationMade = defineEvent({
  name: 'ReservationMade',
  wireName: 'comptoir.reservation.made',
  data: Type.Object({
    reservationId,
    personId,
    customerId: textOrNull,
    locationId: Type.String(),
    ...timingFields,
    partySize: Type.Integer(),
    tableIds: Type.Array(Type.String()),
    areaId: textOrNull,
    /** `held` until it is confirmed by the guest, `pending` until it is by the house. */
    status: Type.Union([Type.Literal('held'), Type.Literal('pending'), Type.Literal('confirmed')]),
    heldUntil: textOrNull,
    /** Pseudonym of the pair of address and contact that holds it. */
    holder: textOrNull,
    /** Pseudonym of the address alone; only of holds of the public page, since 0.5.0. */
    holderAddress: Type.Optional(Type.String()),
    contact: contactData,
    note: textOrNull,
    language: textOrNull,
  }),
  personal: { person: '/personId', fields: ['/contact', '/note'] },
});

export const reservationContactChanged = defineEvent({
  name: 'ReservationContactChanged',
  wireName: 'comptoir.reservation.contact-changed',
  data: Type.Object({ reservationId, personId, contact: contactData, note: textOrNull }),
  personal: { person: '/personId', fields: ['/contact', '/note'] },
});

export const reservationConfirmed = defineEvent({
  name: 'ReservationConfirmed',
  wireName: 'comptoir.reservation.confirmed',
  data: Type.Object({
    reservationId,
    /** `pending` where the guest did and the house must still. */
    status: Type.Union([Type.Literal('pending'), Type.Literal('confirmed')]),
  }),
});

/** Everything about time, size and tables as it is from now on. */
export const reservationChanged = defineEvent({
  name: 'ReservationChanged',
  wireName: 'comptoir.reservation.changed',
  data: Type.Object({
    reservationId,
    ...timingFields,
    partySize: Type.Integer(),
    tableIds: Type.Array(Type.String()),
    /** A guest moved it when cancelling was not free any more: it stays so; absent otherwise. */
    late: Type.Optional(Type.Boolean()),
  }),
});

export const reservationCancelled = defineEvent({
  name: 'ReservationCancelled',
  wireName: 'comptoir.reservation.cancelled',
  data: Type.Object({
    reservationId,
    personId,
    by: Type.Union([Type.Literal('guest'), Type.Literal('house')]),
    /** After the time up to which a guest cancels freely. */
    late: Type.Boolean(),
    reason: textOrNull,
  }),
  personal: { person: '/personId', fields: ['/reason'] },
});

export const reservationExpired = defineEvent({
  name: 'ReservationExpired',
  wireName: 'comptoir.reservation.expired',
  data: Type.Object({ reservationId }),
});

export const reservationLate = defineEvent({
  name: 'ReservationMarkedLate',
  wireName: 'comptoir.reservation.marked-late',
  data: Type.Object({ reservationId, minutes: Type.Integer() }),
});

export const reservationSeated = defineEvent({
  name: 'ReservationSeated',
  wireName: 'comptoir.reservation.seated',
  data: Type.Object({
    reservationId,
    locationId: Type.String(),
    tableIds: Type.Array(Type.String()),
    /** Until then the tables are the party's; absent in events of before 0.5.0. */
    takenUntil: Type.Optional(Type.String()),
  }),
});

/** The party sits on: its tables are not given to anybody else for a while longer. */
export const reservationStayExtended = defineEvent({
  name: 'ReservationStayExtended',
  wireName: 'comptoir.reservation.stay-extended',
  data: Type.Object({
    reservationId,
    takenUntil: Type.String(),
    dates: Type.Array(Type.String()),
  }),
});

export const reservationCompleted = defineEvent({
  name: 'ReservationCompleted',
  wireName: 'comptoir.reservation.completed',
  data: Type.Object({
    reservationId,
    /** Where the guests got up; absent in events of before 0.3.0. */
    locationId: Type.Optional(Type.String()),
    tableIds: Type.Optional(Type.Array(Type.String())),
  }),
});

export const reservationNoShow = defineEvent({
  name: 'ReservationNoShow',
  wireName: 'comptoir.reservation.no-show',
  data: Type.Object({ reservationId }),
});

/** Recorded, not collected: somebody asks for it or gives it back. */
export const reservationAmountDue = defineEvent({
  name: 'ReservationAmountDue',
  wireName: 'comptoir.reservation.amount-due',
  data: Type.Object({
    reservationId,
    amountId: Type.String(),
    kind: Type.Union([
      Type.Literal('deposit'),
      Type.Literal('late-cancellation'),
      Type.Literal('no-show'),
      /** To the guest: what was paid as a deposit, less what cancelling late or not coming costs. */
      Type.Literal('deposit-refund'),
    ]),
    amount: moneySchema,
  }),
});

export const reservationAmountSettled = defineEvent({
  name: 'ReservationAmountSettled',
  wireName: 'comptoir.reservation.amount-settled',
  data: Type.Object({
    reservationId,
    amountId: Type.String(),
    as: Type.Union([Type.Literal('paid'), Type.Literal('waived')]),
    reason: textOrNull,
  }),
});

/** Links made before are worth nothing from now on. */
export const reservationLinkRenewed = defineEvent({
  name: 'ReservationLinkRenewed',
  wireName: 'comptoir.reservation.link-renewed',
  data: Type.Object({ reservationId, generation: Type.Integer() }),
});

export const BOOKING_EVENTS = [
  reservationMade,
  reservationContactChanged,
  reservationConfirmed,
  reservationChanged,
  reservationCancelled,
  reservationExpired,
  reservationLate,
  reservationSeated,
  reservationStayExtended,
  reservationCompleted,
  reservationNoShow,
  reservationAmountDue,
  reservationAmountSettled,
  reservationLinkRenewed,
] as const;

export type BookingEvent = EventOf<(typeof BOOKING_EVENTS)[number]>;
