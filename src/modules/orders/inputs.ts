/** Parts of inputs that several commands share, and the bounds they have. */
import { Type, type Static } from 'typebox';
import { moneySchema, priceSchema, type Currency } from '../../core/money.ts';
import { serviceChannelSchema, type ServiceChannel } from '../../core/tax.ts';
import { paymentKind } from './shapes.ts';

/** More of one thing on one line is a typing mistake; a banquet writes several lines. */
export const QUANTITY_MAX = 999;
/** Of one command: an event with as many lines with notes stays far below the 1 MiB an event may have. */
export const LINES_PER_COMMAND_MAX = 100;
/** Of one order: a state as large is still folded and sent in a few milliseconds. */
export const LINES_PER_ORDER_MAX = 500;
export const PAYMENTS_PER_COMMAND_MAX = 20;
export const COURSE_MAX = 20;
export const SEAT_MAX = 200;
/** Clients make them as UUIDs; imports and devices as text of their own. */
export const ID_LENGTH_MAX = 128;

export const idInput = Type.String({
  minLength: 1,
  maxLength: ID_LENGTH_MAX,
  pattern: '^[A-Za-z0-9][A-Za-z0-9._~-]*$',
});
export const reasonInput = Type.String({ minLength: 1, maxLength: 200 });

/** Minor units, or the same with its currency, which must then be that of the order. */
export const amountInput = Type.Union([priceSchema, moneySchema]);
export type AmountInput = Static<typeof amountInput>;

/** Minor units; null when the amount is negative or of another currency. */
export function minorUnits(input: AmountInput, currency: Currency): number | null {
  if (typeof input === 'number') return input;
  return input.currency === currency && input.amount >= 0 ? input.amount : null;
}

/** `table` is how people say `eat-in`. */
export const channelInput = Type.Union([serviceChannelSchema, Type.Literal('table')]);

export function channelOf(input: Static<typeof channelInput>): ServiceChannel {
  return input === 'table' ? 'eat-in' : input;
}

export const lineInput = Type.Object(
  {
    productId: idInput,
    variantId: Type.Optional(idInput),
    quantity: Type.Integer({ minimum: 1, maximum: QUANTITY_MAX }),
    /** Of one. */
    modifiers: Type.Optional(
      Type.Array(
        Type.Object(
          {
            optionId: idInput,
            quantity: Type.Optional(Type.Integer({ minimum: 1, maximum: QUANTITY_MAX })),
            groupId: Type.Optional(idInput),
          },
          { additionalProperties: false },
        ),
        { maxItems: 50 },
      ),
    ),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    expectedPrice: Type.Union([priceSchema, moneySchema], {
      description:
        'What the guest was shown for one, its modifiers included. Another price now is PRICE_CHANGED.',
    }),
    course: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: COURSE_MAX,
        description: 'From 2 on it is held until it is fired.',
      }),
    ),
    seat: Type.Optional(Type.Integer({ minimum: 1, maximum: SEAT_MAX })),
    hold: Type.Optional(Type.Boolean({ description: 'Not to be made until it is fired.' })),
  },
  { additionalProperties: false },
);
export type LineInput = Static<typeof lineInput>;

export const paymentInput = Type.Object(
  {
    id: Type.Optional(idInput),
    kind: paymentKind,
    amount: Type.Union([priceSchema, moneySchema], {
      description: 'What was handed over, tip and change included.',
    }),
    tip: Type.Optional(amountInput),
    tillId: Type.Optional(idInput),
  },
  { additionalProperties: false },
);
export type PaymentInput = Static<typeof paymentInput>;

/** Where a command comes from that a till took while it was offline: only the route of such queues gives it. */
export const deviceInput = Type.Object(
  {
    id: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$' }),
    sequence: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    clientTime: Type.String({ format: 'date-time' }),
  },
  { additionalProperties: false },
);
export type DeviceInput = Static<typeof deviceInput>;

/** The id of a command of a device, and of the order that it places: the same whenever it is sent again. */
export function deviceCommandId({ id, sequence }: Pick<DeviceInput, 'id' | 'sequence'>): string {
  return `${id}.${sequence}`;
}

/** Some lines, wholly or a part of their quantity. */
export const linesChosen = Type.Array(
  Type.Object(
    {
      lineId: idInput,
      quantity: Type.Optional(Type.Integer({ minimum: 1, maximum: QUANTITY_MAX })),
    },
    { additionalProperties: false },
  ),
  { minItems: 1, maxItems: LINES_PER_ORDER_MAX },
);
export type LinesChosen = Static<typeof linesChosen>;
