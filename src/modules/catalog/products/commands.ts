import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { PORTIONS_MAX } from '../portions/take.ts';
import { SALE_REFUSALS } from '../pricing/price-line.ts';
import { productFacts } from './events.ts';

const { name, description, price, variants, groupIds, taxClass } = productFacts.properties;
const { ingredients, allergens, windows } = productFacts.properties;
const id = Type.String({ minLength: 1, maxLength: 128 });
const orNone = Type.Union([id, Type.Null()]);

/** What may be left out when a product is added: it is then empty, and the price that of its variants. */
const rest = {
  description: Type.Optional(description),
  categoryId: Type.Optional(orNone),
  price: Type.Optional(price),
  variants: Type.Optional(variants),
  groupIds: Type.Optional(groupIds),
  stationId: Type.Optional(orNone),
  ingredients: Type.Optional(ingredients),
  allergens: Type.Optional(allergens),
  windows: Type.Optional(windows),
};

export const addProduct = defineCommand({
  name: 'AddProduct',
  summary: 'Adds a product to the catalog',
  permission: 'edit',
  input: Type.Object({ name, taxClass, ...rest }, { additionalProperties: false }),
  examples: [
    { name: { en: 'Espresso' }, price: 250, taxClass: 'standard', allergens: [] },
    {
      name: { en: 'Latte', pl: 'Latte' },
      description: { en: 'With whole milk' },
      taxClass: 'standard',
      variants: [
        { variantId: 'small', name: { en: 'small' }, price: 350 },
        { variantId: 'large', name: { en: 'large', pl: 'duże' }, price: 450 },
      ],
      allergens: ['milk'],
      windows: [{ days: [1, 2, 3, 4, 5], from: '07:00', to: '12:00' }],
    },
  ],
});

export const changeProduct = defineCommand({
  name: 'ChangeProduct',
  word: 'change',
  summary: 'Changes what is given of a product; what is left out stays',
  permission: 'edit',
  input: Type.Object(
    { name: Type.Optional(name), taxClass: Type.Optional(taxClass), ...rest },
    { additionalProperties: false, minProperties: 1 },
  ),
  examples: [{ price: 280 }, { variants: [], price: 400 }, { allergens: ['milk', 'nuts'] }],
});

export const retireProduct = defineCommand({
  name: 'RetireProduct',
  word: 'retire',
  summary: 'Takes a product off the menu; history stays',
  permission: 'edit',
  input: Type.Object(
    { reason: Type.String({ minLength: 1, maxLength: 200 }) },
    { additionalProperties: false },
  ),
  examples: [{ reason: 'season is over' }],
});

export const bringProductBack = defineCommand({
  name: 'BringProductBack',
  word: 'bring-back',
  summary: 'Puts a retired product on the menu again',
  permission: 'edit',
  input: Type.Object({}, { additionalProperties: false }),
  examples: [{}],
});

const locationId = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' });

export const markSoldOut = defineCommand({
  name: 'MarkSoldOut',
  word: 'mark-sold-out',
  summary: 'Says that a location has none of it left ("86")',
  permission: 'sold-out',
  input: Type.Object(
    { locationId, reason: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) },
    { additionalProperties: false },
  ),
  examples: [{ locationId: 'main-street' }],
});

export const setRemaining = defineCommand({
  name: 'SetRemaining',
  word: 'set-remaining',
  summary: 'Says how many portions a location has left; from then on they are counted',
  permission: 'sold-out',
  input: Type.Object(
    { locationId, remaining: Type.Integer({ minimum: 0, maximum: PORTIONS_MAX }) },
    { additionalProperties: false },
  ),
  examples: [{ locationId: 'main-street', remaining: 12 }],
});

export const markAvailable = defineCommand({
  name: 'MarkAvailable',
  word: 'mark-available',
  summary: 'Says that a location sells it again without counting',
  permission: 'sold-out',
  input: Type.Object({ locationId }, { additionalProperties: false }),
  examples: [{ locationId: 'main-street' }],
});

export const PRODUCT_COMMANDS = [
  addProduct,
  changeProduct,
  retireProduct,
  bringProductBack,
  markSoldOut,
  setRemaining,
  markAvailable,
] as const;

export type ProductCommand = CommandFor<(typeof PRODUCT_COMMANDS)[number]>;

export const PRODUCT_REFUSALS = {
  PRODUCT_EXISTS: {
    sentence: 'A product with this id is in the catalog already.',
    remedy: 'Change the existing product, or add one with another id.',
  },
  PRODUCT_RETIRED: SALE_REFUSALS.PRODUCT_RETIRED,
  PRICE_MISSING: {
    sentence: 'A product without variants needs a price of its own.',
    remedy: 'Give `price`, or at least one variant.',
  },
  VARIANT_TWICE: {
    sentence: 'Two variants have the same id.',
    remedy: 'Give each variant an id of its own within the product.',
  },
  CATEGORY_UNKNOWN: {
    sentence: 'There is no such category.',
    remedy: 'Add the category first, or name another one.',
  },
  GROUP_UNKNOWN: {
    sentence: 'There is no such modifier group.',
    remedy: 'Add the group first, or name another one.',
  },
} as const satisfies Record<string, Refusal>;
