import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';

const place = { locationId: Type.String(), productId: Type.String() };

/** "86": none is sold until somebody says otherwise. */
export const productSoldOut = defineEvent({
  name: 'ProductSoldOut',
  wireName: 'comptoir.portions.sold-out',
  data: Type.Object({ ...place, reason: Type.Union([Type.String(), Type.Null()]) }),
});

/** From now on portions are counted. */
export const remainingSet = defineEvent({
  name: 'RemainingSet',
  wireName: 'comptoir.portions.remaining-set',
  data: Type.Object({ ...place, remaining: Type.Integer() }),
});

/** Sold without being counted again. */
export const productAvailable = defineEvent({
  name: 'ProductAvailable',
  wireName: 'comptoir.portions.available',
  data: Type.Object(place),
});

/** More were made: `remaining` is what there is with them. */
export const portionsAdded = defineEvent({
  name: 'PortionsAdded',
  wireName: 'comptoir.portions.added',
  data: Type.Object({ ...place, quantity: Type.Integer(), remaining: Type.Integer() }),
});

/** Of an order, in the same unit as its lines; `remaining` is what is left. */
export const portionsTaken = defineEvent({
  name: 'PortionsTaken',
  wireName: 'comptoir.portions.taken',
  data: Type.Object({
    ...place,
    orderId: Type.String(),
    quantity: Type.Integer(),
    remaining: Type.Integer(),
  }),
});

/** What an order took and did not use; `remaining` is what there is with them. */
export const portionsGivenBack = defineEvent({
  name: 'PortionsGivenBack',
  wireName: 'comptoir.portions.given-back',
  data: Type.Object({
    ...place,
    orderId: Type.String(),
    quantity: Type.Integer(),
    remaining: Type.Integer(),
  }),
});

export const PORTION_EVENTS = [
  productSoldOut,
  remainingSet,
  productAvailable,
  portionsAdded,
  portionsTaken,
  portionsGivenBack,
] as const;
export type PortionEvent = EventOf<(typeof PORTION_EVENTS)[number]>;
