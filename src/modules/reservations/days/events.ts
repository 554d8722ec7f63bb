import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';

/** No personal data: who booked stands with the reservation. */
const place = { locationId: Type.String(), date: Type.String() };
const orNone = <Schema extends ReturnType<typeof Type.String>>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

/** What is taken of a location on a date, until when, and by what. */
export const takenFields = {
  /** Id of the reservation, waiting-list entry or block. */
  key: Type.String(),
  kind: Type.Union([Type.Literal('reservation'), Type.Literal('offer'), Type.Literal('block')]),
  tableIds: Type.Array(Type.String()),
  /** From the start until the table may be given to the next party, the buffer included. */
  from: Type.String(),
  to: Type.String(),
  /** Business day of the start. */
  day: Type.String(),
  partySize: Type.Integer(),
  /** A hold or offer counts until then; null for what lasts. */
  heldUntil: orNone(Type.String()),
};

/** Tables are taken; also when it replaces what the same key took before. */
export const dayTablesTaken = defineEvent({
  name: 'DayTablesTaken',
  wireName: 'comptoir.reservation-day.tables-taken',
  data: Type.Object({ ...place, ...takenFields }),
});

/** What was held lasts from now on. */
export const dayTablesKept = defineEvent({
  name: 'DayTablesKept',
  wireName: 'comptoir.reservation-day.tables-kept',
  data: Type.Object({ ...place, key: Type.String() }),
});

/** The tables are free again from now on. */
export const dayTablesFreed = defineEvent({
  name: 'DayTablesFreed',
  wireName: 'comptoir.reservation-day.tables-freed',
  data: Type.Object({ ...place, key: Type.String(), day: Type.String() }),
});

export const dayTablesBlocked = defineEvent({
  name: 'DayTablesBlocked',
  wireName: 'comptoir.reservation-day.tables-blocked',
  data: Type.Object({ ...place, key: Type.String(), reason: Type.String() }),
});

/** In the order in which they came; `from` and `to` bound the start. */
export const dayWaiterJoined = defineEvent({
  name: 'DayWaiterJoined',
  wireName: 'comptoir.reservation-day.waiter-joined',
  data: Type.Object({
    ...place,
    waiterId: Type.String(),
    partySize: Type.Integer(),
    from: Type.String(),
    to: Type.String(),
  }),
});

/** Was offered something, or waits no longer. */
export const dayWaiterLeft = defineEvent({
  name: 'DayWaiterLeft',
  wireName: 'comptoir.reservation-day.waiter-left',
  data: Type.Object({ ...place, waiterId: Type.String() }),
});

export const DAY_EVENTS = [
  dayTablesTaken,
  dayTablesKept,
  dayTablesFreed,
  dayTablesBlocked,
  dayWaiterJoined,
  dayWaiterLeft,
] as const;

export type DayEvent = EventOf<(typeof DAY_EVENTS)[number]>;
