/** What people say of a table; what follows from orders is in the floor's read model. */
import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { nullable } from '../shapes.ts';

const place = { locationId: Type.String(), tableId: Type.String() };

/** Guests sit down: a walk-in, or the party of a reservation. */
export const tableSeated = defineEvent({
  name: 'TableSeated',
  wireName: 'comptoir.table.seated',
  data: Type.Object({
    ...place,
    partySize: Type.Union([Type.Integer(), Type.Null()]),
    reservationId: nullable(Type.String()),
    customerId: nullable(Type.String()),
  }),
});

/** The guests have gone, and it must be cleared. */
export const tableMarkedDirty = defineEvent({
  name: 'TableMarkedDirty',
  wireName: 'comptoir.table.marked-dirty',
  data: Type.Object(place),
});

/** Nobody sits there and it is clean. */
export const tableFreed = defineEvent({
  name: 'TableFreed',
  wireName: 'comptoir.table.freed',
  data: Type.Object(place),
});

export const TABLE_EVENTS = [tableSeated, tableMarkedDirty, tableFreed] as const;
export type TableEvent = EventOf<(typeof TABLE_EVENTS)[number]>;
