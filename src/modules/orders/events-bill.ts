/** Changes of a bill: of its lines, its discounts, where it is, and which lines are on it. */
import { Type } from 'typebox';
import { defineEvent } from '../../core/event-type.ts';
import {
  billHeading,
  billTotal,
  kitchenStatus,
  linePart,
  movedLine,
  nullable,
  orderId,
} from './shapes.ts';

/** What has a value changed to it; prices and products of a line never change. */
export const lineChanged = defineEvent({
  name: 'LineChanged',
  wireName: 'comptoir.order.line-changed',
  data: Type.Object({
    orderId,
    lineId: Type.String(),
    /** Counts the changes of the line, this one included. */
    revision: Type.Integer(),
    note: Type.Optional(nullable(Type.String())),
    course: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
    seat: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
    /** Of a line that a station was told of. */
    ticketId: Type.Optional(nullable(Type.String())),
    stationId: Type.Optional(nullable(Type.String())),
  }),
});

/** Taken off the bill, wholly or some of the quantity. */
export const linesVoided = defineEvent({
  name: 'LinesVoided',
  wireName: 'comptoir.order.lines-voided',
  data: Type.Object({
    orderId,
    lines: Type.Array(
      Type.Object({
        ...linePart.properties,
        name: Type.String(),
        quantity: Type.Integer(),
        stationId: nullable(Type.String()),
        ticketId: nullable(Type.String()),
        /** What the station knew of it: what it is told now depends on that. */
        kitchen: kitchenStatus,
        /** What is left of the line afterwards: `quantity` 0 when it is gone. */
        left: Type.Object({
          quantity: Type.Integer(),
          amount: Type.Integer(),
          /** Those that the line keeps, where it had any; never more than the amount. */
          discounts: Type.Optional(
            Type.Array(Type.Object({ discountId: Type.String(), amount: Type.Integer() })),
          ),
        }),
      }),
    ),
    reason: Type.String(),
    locationId: Type.String(),
    businessDay: Type.String(),
    total: billTotal,
  }),
});

/** `lines` add up to `amount`, in the tax mode of the location; spread by largest remainder. */
export const discountGiven = defineEvent({
  name: 'DiscountGiven',
  wireName: 'comptoir.order.discount-given',
  data: Type.Object({
    orderId,
    discountId: Type.String(),
    /** `order` when it was given on everything that stood on the bill then. */
    on: Type.Union([Type.Literal('order'), Type.Literal('lines')]),
    /** Hundred-thousandths for a percentage, null for a fixed amount. */
    rate: Type.Union([Type.Integer(), Type.Null()]),
    amount: Type.Integer(),
    lines: Type.Array(linePart),
    reason: Type.String(),
    /** The promotion it belongs to, where it was not given by hand. */
    promotionId: nullable(Type.String()),
    locationId: Type.String(),
    businessDay: Type.String(),
    total: billTotal,
  }),
});

export const discountWithdrawn = defineEvent({
  name: 'DiscountWithdrawn',
  wireName: 'comptoir.order.discount-withdrawn',
  data: Type.Object({
    orderId,
    discountId: Type.String(),
    /** What the discount had become by then, after voids. */
    amount: Type.Integer(),
    reason: Type.String(),
    locationId: Type.String(),
    businessDay: Type.String(),
    total: billTotal,
  }),
});

export const billAsked = defineEvent({
  name: 'BillAsked',
  wireName: 'comptoir.order.bill-asked',
  data: Type.Object({ orderId, locationId: Type.String(), tableId: nullable(Type.String()) }),
});

export const orderMoved = defineEvent({
  name: 'OrderMoved',
  wireName: 'comptoir.order.moved',
  data: Type.Object({
    orderId,
    locationId: Type.String(),
    fromTableId: nullable(Type.String()),
    toTableId: nullable(Type.String()),
    /** As it is now. */
    bill: Type.Optional(billHeading),
    billAsked: Type.Optional(Type.Boolean()),
    /** What stations were sent of it: their boards name the table. */
    tickets: Type.Optional(
      Type.Array(Type.Object({ ticketId: Type.String(), stationId: Type.String() })),
    ),
  }),
});

export const orderCustomerSet = defineEvent({
  name: 'OrderCustomerSet',
  wireName: 'comptoir.order.customer-set',
  data: Type.Object({ orderId, customerId: nullable(Type.String()) }),
});

/** In the same unit as LinesMovedIn on each of the other bills. */
export const linesMovedOut = defineEvent({
  name: 'LinesMovedOut',
  wireName: 'comptoir.order.lines-moved-out',
  data: Type.Object({
    orderId,
    lines: Type.Array(
      Type.Object({
        lineId: Type.String(),
        toOrderId: Type.String(),
        toLineId: Type.String(),
        quantity: Type.Integer(),
        ticketId: nullable(Type.String()),
        stationId: nullable(Type.String()),
      }),
    ),
    /** Of each line named above, what stays here; a line that comes to nothing (no quantity, amount, gross) is gone. */
    left: Type.Array(
      Type.Object({
        lineId: Type.String(),
        quantity: Type.Integer(),
        amount: Type.Integer(),
        discounts: Type.Array(Type.Object({ discountId: Type.String(), amount: Type.Integer() })),
        net: Type.Integer(),
        tax: Type.Integer(),
        gross: Type.Integer(),
      }),
    ),
    by: Type.Union([
      Type.Literal('item'),
      Type.Literal('seat'),
      Type.Literal('amount'),
      Type.Literal('transfer'),
      Type.Literal('merge'),
    ]),
    total: billTotal,
  }),
});

/** Tickets at the stations stay as they are: what was sent is not made again. */
export const linesMovedIn = defineEvent({
  name: 'LinesMovedIn',
  wireName: 'comptoir.order.lines-moved-in',
  data: Type.Object({
    orderId,
    fromOrderId: Type.String(),
    tableId: nullable(Type.String()),
    /** Of the bill they are on now. */
    bill: Type.Optional(billHeading),
    lines: Type.Array(movedLine),
    /** Of this bill now, where some came with the lines of one that is at an end. */
    guests: Type.Optional(Type.Integer()),
    total: billTotal,
  }),
});

/** Everything went over to another bill; this one is at an end. */
export const orderMerged = defineEvent({
  name: 'OrderMerged',
  wireName: 'comptoir.order.merged',
  data: Type.Object({
    orderId,
    intoOrderId: Type.String(),
    locationId: Type.String(),
    tableId: nullable(Type.String()),
  }),
});

export const BILL_EVENTS = [
  lineChanged,
  linesVoided,
  discountGiven,
  discountWithdrawn,
  billAsked,
  orderMoved,
  orderCustomerSet,
  linesMovedOut,
  linesMovedIn,
  orderMerged,
] as const;
