/** Events of one order (one ticket, one bill). Amounts are minor units of `currency`; lines name everything they need. */
import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../core/event-type.ts';
import { currencySchema } from '../../core/money.ts';
import { serviceChannelSchema, taxModeSchema, taxTotalSchema } from '../../core/tax.ts';
import { BILL_EVENTS } from './events-bill.ts';
import { CORRECTION_EVENTS } from './events-corrections.ts';
import { KITCHEN_EVENTS } from './events-kitchen.ts';
import {
  billHeading,
  billTotal,
  closedLine,
  closedPayment,
  kitchenLine,
  linePart,
  nullable,
  orderId,
  orderLine,
  paymentKind,
  takenAt,
  takenLine,
} from './shapes.ts';

export const orderPlaced = defineEvent({
  name: 'OrderPlaced',
  wireName: 'comptoir.order.placed',
  data: Type.Object({
    orderId,
    /** Short, unique within location and business day. */
    number: Type.Integer(),
    locationId: Type.String(),
    /** `YYYY-MM-DD`, local with the location's cut-off. */
    businessDay: Type.String(),
    channel: serviceChannelSchema,
    tableId: nullable(Type.String()),
    customerId: nullable(Type.String()),
    currency: currencySchema,
    taxMode: taxModeSchema,
    lines: Type.Array(orderLine),
    /** Of the device that took it, where it was a till: see the module's README on merging. */
    deviceId: nullable(Type.String()),
    deviceSequence: Type.Union([Type.Integer(), Type.Null()]),
    /** When the device says it happened. */
    clientTime: nullable(Type.String()),
    /** True for history that was imported: nothing is sent, earned or billed for it. */
    imported: Type.Boolean(),
    /** Guests at the table. */
    guests: Type.Optional(Type.Integer()),
    /** Which bill of the number it is, from 1, when it was split off; the lines follow in LinesMovedIn. */
    part: Type.Optional(Type.Integer()),
    splitFrom: Type.Optional(Type.String()),
    /** Of the location: business days of payments and refunds follow from them. */
    timeZone: Type.Optional(Type.String()),
    dayCutOff: Type.Optional(Type.String()),
    takenAt,
    total: billTotal,
  }),
});

export const linesAdded = defineEvent({
  name: 'LinesAdded',
  wireName: 'comptoir.order.lines-added',
  data: Type.Object({
    orderId,
    lines: Type.Array(orderLine),
    bill: Type.Optional(billHeading),
    deviceId: Type.Optional(nullable(Type.String())),
    deviceSequence: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
    clientTime: Type.Optional(nullable(Type.String())),
    total: billTotal,
  }),
});

/**
 * A payment counts once under its id. `amount` is what was handed over; `tip` and `change` are parts of it, and the rest
 * pays the order: amount = settled + tip + change, and `lines` add up to `settled`.
 */
export const orderPaymentTaken = defineEvent({
  name: 'OrderPaymentTaken',
  wireName: 'comptoir.order.payment-taken',
  data: Type.Object({
    orderId,
    paymentId: Type.String(),
    kind: paymentKind,
    currency: currencySchema,
    amount: Type.Integer(),
    tip: Type.Integer(),
    change: Type.Integer(),
    settled: Type.Integer(),
    /** Which part of each line this payment paid, net of discounts and points used. */
    lines: Type.Array(linePart),
    tillId: nullable(Type.String()),
    locationId: Type.String(),
    businessDay: Type.String(),
    customerId: nullable(Type.String()),
    /** What is left to pay afterwards. */
    due: Type.Integer(),
    imported: Type.Boolean(),
    takenAt,
  }),
});

/** Follows the payment that left nothing due, in the same unit. */
export const orderClosed = defineEvent({
  name: 'OrderClosed',
  wireName: 'comptoir.order.closed',
  data: Type.Object({
    orderId,
    number: Type.Integer(),
    locationId: Type.String(),
    businessDay: Type.String(),
    channel: serviceChannelSchema,
    customerId: nullable(Type.String()),
    currency: currencySchema,
    /** Tax included, after discounts, points and voids. */
    gross: Type.Integer(),
    discounts: Type.Integer(),
    pointsDiscounts: Type.Integer(),
    tips: Type.Integer(),
    taxes: Type.Array(taxTotalSchema),
    imported: Type.Boolean(),
    /** Everything sold, so that a reader of closed bills needs this event alone. */
    lines: Type.Optional(Type.Array(closedLine)),
    payments: Type.Optional(Type.Array(closedPayment)),
    tableId: Type.Optional(nullable(Type.String())),
    guests: Type.Optional(Type.Integer()),
    takenAt,
  }),
});

/** Money given back for lines, and points with them; `lines` add up to `amount - tip`. */
export const orderRefunded = defineEvent({
  name: 'OrderRefunded',
  wireName: 'comptoir.order.refunded',
  data: Type.Object({
    orderId,
    refundId: Type.String(),
    /** How it was paid back. */
    kind: paymentKind,
    currency: currencySchema,
    amount: Type.Integer(),
    /** Part of it that gives a tip back. */
    tip: Type.Integer(),
    lines: Type.Array(Type.Object({ ...linePart.properties, tax: Type.Integer() })),
    taxes: Type.Array(taxTotalSchema),
    reason: Type.String(),
    tillId: nullable(Type.String()),
    locationId: Type.String(),
    /** Of the refund, not of the sale. */
    businessDay: Type.String(),
    customerId: nullable(Type.String()),
    /** Customers that the order was of when it was paid: who earned for it, whoever it is of by now. */
    payers: Type.Optional(Type.Array(Type.String())),
    /** Points used on these lines that the member gets back: `points` of the burn, which stood for `amount`. */
    burns: Type.Optional(
      Type.Array(
        Type.Object({
          burnId: Type.String(),
          memberId: Type.String(),
          points: Type.Integer(),
          amount: Type.Integer(),
        }),
      ),
    ),
  }),
});

/** Points used on it: a discount spread over the lines, in the same unit as the burn on the member's stream. */
export const orderPointsUsed = defineEvent({
  name: 'OrderPointsUsed',
  wireName: 'comptoir.order.points-used',
  data: Type.Object({
    orderId,
    burnId: Type.String(),
    memberId: Type.String(),
    points: Type.Integer(),
    amount: Type.Integer(),
    lines: Type.Array(linePart),
    total: billTotal,
  }),
});

export const orderCancelled = defineEvent({
  name: 'OrderCancelled',
  wireName: 'comptoir.order.cancelled',
  data: Type.Object({
    orderId,
    locationId: Type.String(),
    businessDay: Type.String(),
    customerId: nullable(Type.String()),
    reason: Type.String(),
    /** Uses of points that are given back to the member. */
    burns: Type.Array(Type.Object({ burnId: Type.String(), memberId: Type.String() })),
    /** Of the lines that a station had been told to make. */
    fired: Type.Optional(Type.Array(kitchenLine)),
    tableId: Type.Optional(nullable(Type.String())),
    /** What the lines came to. */
    gross: Type.Optional(Type.Integer()),
    /** What had been paid before all of it was refunded: a sale, which no OrderClosed will tell. */
    taken: Type.Optional(
      Type.Object({
        currency: currencySchema,
        channel: serviceChannelSchema,
        gross: Type.Integer(),
        taxes: Type.Array(taxTotalSchema),
        lines: Type.Array(takenLine),
        payments: Type.Array(closedPayment),
      }),
    ),
  }),
});

export const ORDER_EVENTS = [
  orderPlaced,
  linesAdded,
  orderPaymentTaken,
  orderClosed,
  orderRefunded,
  orderPointsUsed,
  orderCancelled,
  ...CORRECTION_EVENTS,
  ...BILL_EVENTS,
  ...KITCHEN_EVENTS,
] as const;

export type OrderEvent = EventOf<(typeof ORDER_EVENTS)[number]>;
