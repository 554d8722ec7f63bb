import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';

/** Which orders came from elsewhere with one command; the orders' own events stand in the same unit. */
export const ordersImported = defineEvent({
  name: 'OrdersImported',
  wireName: 'comptoir.order.batch-imported',
  data: Type.Object({
    locationId: Type.String(),
    orderIds: Type.Array(Type.String()),
    /** Of those asked for, how many were there before. */
    unchanged: Type.Integer(),
  }),
});

export const IMPORT_EVENTS = [ordersImported] as const;
export type ImportEvent = EventOf<(typeof IMPORT_EVENTS)[number]>;
