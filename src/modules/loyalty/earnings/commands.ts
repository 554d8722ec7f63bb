import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { currencySchema, priceSchema } from '../../../core/money.ts';

const id = Type.String({ minLength: 1, maxLength: 128, pattern: '^[A-Za-z0-9][A-Za-z0-9._~-]*$' });
const name = Type.String({ minLength: 1, maxLength: 200 });
const closed = { additionalProperties: false } as const;

const payment = Type.Object(
  {
    kind: Type.Literal('payment'),
    paymentId: name,
    currency: currencySchema,
    /** Business day of the payment: bonuses of a weekday go by it. */
    businessDay: Type.String({ format: 'date' }),
    paidAt: Type.String({ format: 'date-time' }),
    lines: Type.Array(
      Type.Object(
        {
          lineId: name,
          productId: name,
          categoryId: Type.Union([name, Type.Null()]),
          amount: priceSchema,
        },
        closed,
      ),
    ),
  },
  closed,
);

const refund = Type.Object(
  {
    kind: Type.Literal('refund'),
    refundId: name,
    lines: Type.Array(Type.Object({ lineId: name, amount: priceSchema }, closed)),
  },
  closed,
);

/** One command for both, because each may be the first that loyalty hears of an order; who is no member earns nothing. */
export const earnForOrder = defineCommand({
  name: 'EarnForOrder',
  summary:
    'Gives points for a payment of an order, or takes them back for a refund; only orders ask it',
  permission: 'settle',
  input: Type.Object({ memberId: id, movement: Type.Union([payment, refund]) }, closed),
  examples: [
    {
      memberId: 'a1',
      movement: {
        kind: 'payment',
        paymentId: 'p1',
        currency: 'EUR',
        businessDay: '2026-11-21',
        paidAt: '2026-11-21T20:15:00.000Z',
        lines: [{ lineId: 'l1', productId: 'coffee', categoryId: 'drinks', amount: 350 }],
      },
    },
    {
      memberId: 'a1',
      movement: { kind: 'refund', refundId: 'r1', lines: [{ lineId: 'l1', amount: 350 }] },
    },
  ],
});

export const EARNING_COMMANDS = [earnForOrder] as const;
export type EarningCommand = CommandFor<(typeof EARNING_COMMANDS)[number]>;
export type PaymentMovement = Extract<
  EarningCommand['input']['movement'],
  { readonly kind: 'payment' }
>;
export type RefundMovement = Extract<
  EarningCommand['input']['movement'],
  { readonly kind: 'refund' }
>;

export const EARNING_REFUSALS = {
  ONLY_FOR_ORDERS: {
    sentence: 'Points of an order follow from its payments and refunds, and are not given by hand.',
    remedy: 'Pay or refund the order, or give points by hand with earn or adjust.',
  },
} as const satisfies Record<string, Refusal>;
