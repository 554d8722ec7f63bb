/** What GET /v1/catalog/menu answers, as JSON Schema. */
import { Type } from 'typebox';
import { moneySchema, currencySchema } from '../../../core/money.ts';
import { weeklyWindow } from '../products/events.ts';

const text = Type.String();
const moneyOrNone = Type.Union([moneySchema, Type.Null()]);

const product = Type.Object({
  productId: text,
  name: text,
  description: Type.Union([text, Type.Null()]),
  price: moneyOrNone,
  regularPrice: moneyOrNone,
  variants: Type.Array(
    Type.Object({ variantId: text, name: text, price: moneySchema, regularPrice: moneyOrNone }),
  ),
  groups: Type.Array(
    Type.Object({
      groupId: text,
      name: text,
      min: Type.Integer(),
      max: Type.Integer(),
      options: Type.Array(Type.Object({ optionId: text, name: text, price: moneySchema })),
    }),
  ),
  ingredients: Type.Array(text),
  allergens: Type.Array(text),
  soldNow: Type.Boolean(),
  windows: Type.Array(weeklyWindow),
  soldOut: Type.Boolean(),
  pictures: Type.Array(
    Type.Object({
      imageId: text,
      alt: text,
      width: Type.Integer(),
      height: Type.Integer(),
      sources: Type.Array(
        Type.Object({
          file: text,
          type: text,
          width: Type.Integer(),
          height: Type.Integer(),
          bytes: Type.Integer(),
        }),
      ),
    }),
  ),
});

const section = Type.Object({
  categoryId: Type.Union([text, Type.Null()]),
  name: text,
  products: Type.Array(product),
  /** Sections within it, of the same form. */
  sections: Type.Array(Type.Object({})),
});

export const menuSchema = Type.Object({
  locationId: text,
  channel: text,
  currency: currencySchema,
  language: text,
  localTime: text,
  sections: Type.Array(section),
});

export const MENU_EXAMPLE = {
  locationId: '01J9ZQ4Y8K3V5T7N2B6M1C0D9E',
  channel: 'eat-in',
  currency: 'EUR',
  language: 'en',
  localTime: '2026-11-22T17:30:00',
  sections: [
    {
      categoryId: 'coffee',
      name: 'Coffee',
      products: [
        {
          productId: 'espresso',
          name: 'Espresso',
          description: null,
          price: { amount: 200, currency: 'EUR' },
          regularPrice: { amount: 250, currency: 'EUR' },
          variants: [],
          groups: [],
          ingredients: ['coffee'],
          allergens: [],
          soldNow: true,
          windows: [],
          soldOut: false,
          pictures: [],
        },
      ],
      sections: [],
    },
  ],
};
