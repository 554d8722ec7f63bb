import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { priceSchema } from '../../../core/money.ts';
import { RATE_UNIT, serviceChannelSchema } from '../../../core/tax.ts';
import { texts, weeklyWindow } from '../products/events.ts';

const id = Type.String({ minLength: 1, maxLength: 128 });
/** `YYYY-MM-DD`, local to the place of sale. */
const day = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' });

export const priceRule = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('fixed'),
      productId: id,
      /** Null for the product, its variants included that have no rule of their own. */
      variantId: Type.Union([Type.String({ minLength: 1, maxLength: 60 }), Type.Null()]),
      price: priceSchema,
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal('percent'),
      /** Null for every product. Categories below it are not meant: name them too. */
      categoryId: Type.Union([id, Type.Null()]),
      /** What is taken off, in hundred-thousandths: 20000 is 20 %. */
      off: Type.Integer({ minimum: 1, maximum: RATE_UNIT }),
    },
    { additionalProperties: false },
  ),
]);

/** Prices that hold for some channels, places and times instead of those of the products. */
export const priceList = Type.Object(
  {
    priceListId: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._~-]{0,59}$' }),
    name: texts,
    /** Of several that apply to a product the highest holds; of equal ones the first by id. */
    priority: Type.Integer({ minimum: 0, maximum: 1000 }),
    /** All when empty. */
    channels: Type.Array(serviceChannelSchema, { maxItems: 3, uniqueItems: true }),
    /** All when empty. */
    locationIds: Type.Array(id, { maxItems: 100, uniqueItems: true }),
    /** Always when empty. */
    windows: Type.Array(weeklyWindow, { maxItems: 20 }),
    /** First and last day; null for no bound. */
    firstDay: Type.Union([day, Type.Null()]),
    lastDay: Type.Union([day, Type.Null()]),
    rules: Type.Array(priceRule, { minItems: 1, maxItems: 1000 }),
  },
  { additionalProperties: false },
);

/** Adds a list or replaces the one of the same id. */
export const priceListSet = defineEvent({
  name: 'PriceListSet',
  wireName: 'comptoir.price-list.set',
  data: Type.Object({ priceList }),
});

export const priceListRemoved = defineEvent({
  name: 'PriceListRemoved',
  wireName: 'comptoir.price-list.removed',
  data: Type.Object({ priceListId: Type.String() }),
});

export const PRICE_LIST_EVENTS = [priceListSet, priceListRemoved] as const;
export type PriceListEvent = EventOf<(typeof PRICE_LIST_EVENTS)[number]>;
