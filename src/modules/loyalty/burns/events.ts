/** Events of one use of points on an order: which lots it took, and what was given back since. */
import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { lotPointsSchema } from '../members/events.ts';

/** In the same unit as the burn on the member's stream and the discount on the order's. */
export const burnNoted = defineEvent({
  name: 'BurnNoted',
  wireName: 'comptoir.loyalty.burn-noted',
  data: Type.Object({
    burnId: Type.String(),
    memberId: Type.String(),
    orderId: Type.String(),
    points: Type.Integer(),
    /** Discount in minor units. */
    amount: Type.Integer(),
    lots: Type.Array(lotPointsSchema),
  }),
});

/** In the same unit as the return on the member's stream. */
export const burnGivenBack = defineEvent({
  name: 'BurnGivenBack',
  wireName: 'comptoir.loyalty.burn-given-back',
  data: Type.Object({
    burnId: Type.String(),
    memberId: Type.String(),
    /** Of the refund, or of the order that was cancelled. */
    causeId: Type.String(),
    points: Type.Integer(),
  }),
});

export const BURN_EVENTS = [burnNoted, burnGivenBack] as const;
export type BurnEvent = EventOf<(typeof BURN_EVENTS)[number]>;
