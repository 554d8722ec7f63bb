import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { priceSchema } from '../../../core/money.ts';

const productId = Type.String();

/** Text in several languages by BCP 47 tag; the tenant's standard language is always there. */
export const texts = Type.Record(
  Type.String({ pattern: '^[a-z]{2}(-[A-Z]{2})?$' }),
  Type.String({ minLength: 1, maxLength: 2000 }),
  { additionalProperties: false, minProperties: 1, maxProperties: 20 },
);

/** A size or kind of a product with a price of its own; a product without variants has a price itself. */
export const variant = Type.Object(
  {
    variantId: Type.String({ minLength: 1, maxLength: 60 }),
    name: texts,
    price: priceSchema,
  },
  { additionalProperties: false },
);

/**
 * A part of each week in local time, from `from` up to `to` (exclusive) on `days`, 1 (Monday) to 7. One that ends at or
 * before its beginning runs past midnight and belongs to the day it begins on.
 */
export const weeklyWindow = Type.Object(
  {
    days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
      minItems: 1,
      maxItems: 7,
      uniqueItems: true,
    }),
    from: Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' }),
    to: Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' }),
  },
  { additionalProperties: false },
);

/** What a product is, as a whole: each change carries all of it, so that a reader needs one event. */
export const productFacts = Type.Object({
  name: texts,
  description: Type.Optional(texts),
  categoryId: Type.Union([Type.String(), Type.Null()]),
  /** Minor units of the location's currency; ignored where there are variants. */
  price: priceSchema,
  variants: Type.Array(variant, { maxItems: 50 }),
  /** Modifier groups, in the order they are asked. */
  groupIds: Type.Array(Type.String(), { maxItems: 30, uniqueItems: true }),
  /** A class of the location's tax regime. */
  taxClass: Type.String({ minLength: 1, maxLength: 40 }),
  /** Station that prepares it; null for what is only handed out. */
  stationId: Type.Union([Type.String(), Type.Null()]),
  ingredients: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 }),
  /** Of Regulation (EU) 1169/2011, annex II, in lower case: `milk`, `nuts`, `gluten`. */
  allergens: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20, uniqueItems: true }),
  /** When it is sold, local time; always when empty. */
  windows: Type.Array(weeklyWindow, { maxItems: 20 }),
});

export const productAdded = defineEvent({
  name: 'ProductAdded',
  wireName: 'comptoir.product.added',
  data: Type.Object({ productId, product: productFacts }),
});

export const productChanged = defineEvent({
  name: 'ProductChanged',
  wireName: 'comptoir.product.changed',
  data: Type.Object({ productId, product: productFacts }),
});

export const productRetired = defineEvent({
  name: 'ProductRetired',
  wireName: 'comptoir.product.retired',
  data: Type.Object({ productId, reason: Type.String() }),
});

export const productBroughtBack = defineEvent({
  name: 'ProductBroughtBack',
  wireName: 'comptoir.product.brought-back',
  data: Type.Object({ productId }),
});

export const PRODUCT_EVENTS = [
  productAdded,
  productChanged,
  productRetired,
  productBroughtBack,
] as const;
export type ProductEvent = EventOf<(typeof PRODUCT_EVENTS)[number]>;
