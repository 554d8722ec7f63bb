import { Type, type Static } from 'typebox';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { amountSchema, currencySchema, priceSchema } from '../../../core/money.ts';
import { channelInput, idInput, LINES_PER_ORDER_MAX } from '../inputs.ts';
import { paymentKind } from '../shapes.ts';

const closed = { additionalProperties: false };

/** Each order is a stream of the unit, and the batch is one more. */
export const ORDERS_PER_BATCH_MAX = 7;

const importedLine = Type.Object(
  {
    productId: idInput,
    variantId: Type.Optional(idInput),
    categoryId: Type.Optional(idInput),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    quantity: Type.Integer({ minimum: 1, maximum: 100_000 }),
    /** Of the whole line, as it was recorded: it wins over any catalog. Negative for a correction. */
    amount: amountSchema,
    taxClass: Type.String({ minLength: 1, maxLength: 40 }),
    modifiers: Type.Optional(
      Type.Array(
        Type.Object(
          {
            groupId: Type.Optional(idInput),
            optionId: idInput,
            name: Type.String({ minLength: 1, maxLength: 200 }),
            quantity: Type.Optional(Type.Integer({ minimum: 1, maximum: 999 })),
            price: Type.Optional(priceSchema),
          },
          closed,
        ),
        { maxItems: 50 },
      ),
    ),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  },
  closed,
);
export type ImportedLine = Static<typeof importedLine>;

export const importedOrder = Type.Object(
  {
    /** Derives from where it comes from, so that importing again finds it. */
    id: idInput,
    number: Type.Integer({ minimum: 0, maximum: 2_000_000_000 }),
    businessDay: Type.String({ format: 'date' }),
    channel: Type.Optional(channelInput),
    customerId: Type.Optional(idInput),
    paidBy: Type.Optional(paymentKind),
    lines: Type.Array(importedLine, { minItems: 1, maxItems: LINES_PER_ORDER_MAX }),
  },
  closed,
);
export type ImportedOrder = Static<typeof importedOrder>;

export const importOrders = defineCommand({
  name: 'ImportOrders',
  summary: 'Takes in a few orders of the past as they were recorded, closed and paid',
  permission: 'import',
  input: Type.Object(
    {
      locationId: idInput,
      /** Of the amounts: must be that of the location. */
      currency: currencySchema,
      orders: Type.Array(importedOrder, { minItems: 1, maxItems: ORDERS_PER_BATCH_MAX }),
    },
    closed,
  ),
  examples: [
    {
      locationId: 'import',
      currency: 'USD',
      orders: [
        {
          id: 'import-0a1b-1',
          number: 1,
          businessDay: '2026-11-20',
          lines: [
            { productId: 'izze', name: 'Izze', quantity: 2, amount: 678, taxClass: 'standard' },
          ],
        },
      ],
    },
  ],
});

export const IMPORT_COMMANDS = [importOrders] as const;
export type ImportCommand = CommandFor<(typeof IMPORT_COMMANDS)[number]>;
