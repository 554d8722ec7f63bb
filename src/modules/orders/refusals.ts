import type { Refusal } from '../../core/aggregate.ts';
import { RING_REFUSALS } from '../business/index.ts';
import { SALE_REFUSALS } from '../catalog/index.ts';

/** Refusals of `usePointsOnOrder`: a module that decides with it puts them into its own table. */
export const POINTS_REFUSALS = {
  ORDER_UNKNOWN: {
    sentence: 'There is no such order.',
    remedy: 'Check the id of the order.',
  },
  ORDER_NOT_OPEN: {
    sentence: 'The order is closed, cancelled or merged with another one.',
    remedy: 'Look at `status`; place a new order, or refund what was paid.',
  },
  POINTS_ABOVE_DUE: {
    sentence: 'The points stand for more than is left to pay, or for nothing.',
    remedy: 'Use points for at most `largest`.',
  },
} as const satisfies Record<string, Refusal>;

const LINES = {
  LINE_UNKNOWN: {
    sentence: 'The order has no such line.',
    remedy: 'Read the order again.',
  },
  LINE_GONE: {
    sentence: 'The line was taken off the order or moved to another one.',
    remedy: 'Read the order again; `why` says what happened.',
  },
  LINE_TWICE: {
    sentence: 'A line is named twice.',
    remedy: 'Name each line once, with the whole quantity.',
  },
  LINE_CHANGED: {
    sentence: 'Somebody else changed the line meanwhile.',
    remedy: 'Look at `current` and ask again with its revision.',
  },
  LINE_QUANTITY: {
    sentence: 'The line has fewer than that.',
    remedy: 'Name at most `quantity`.',
  },
  LINE_PAID: {
    sentence: 'Money was paid for the line, so it cannot be taken away.',
    remedy: 'Refund it.',
  },
  POINTS_ON_LINE: {
    sentence: 'Points were used on the line, so it cannot be taken away.',
    remedy: 'Take the points off first, or split by amount.',
  },
  LINES_FIRED: {
    sentence: 'A station was told to make these lines.',
    remedy: 'Void them, which needs its own permission.',
  },
  TOO_MANY_LINES: {
    sentence: 'The order would have more lines than an order can have.',
    remedy: 'Place another order for the rest.',
  },
  TOO_MANY_COUNTED_PRODUCTS: {
    sentence: 'Too many products with counted portions at once.',
    remedy: 'Add them, or take them off, in steps of at most `most` products.',
  },
  TAX_MODE_CHANGED: {
    sentence:
      'Prices of the location contain tax now and those of this bill do not, or the other way round.',
    remedy: 'Close this bill and place a new order.',
  },
  TAX_CLASS_UNKNOWN: {
    sentence: 'The location has no tax rate for this class.',
    remedy: 'Add the class to the tax regime of the location, or change the product.',
  },
  TOTAL_TOO_LARGE: {
    sentence: 'The lines come to more than any order can.',
    remedy: 'Check the quantities.',
  },
} as const satisfies Record<string, Refusal>;

const PAYMENTS = {
  CURRENCY_DIFFERS: {
    sentence: 'The amount is in another currency than the location sells in, or negative.',
    remedy: 'Give the amount in `currency`.',
  },
  TILLS_DIFFER: {
    sentence: 'The payments name several tills.',
    remedy: 'Pay at one till in one command.',
  },
  TIP_ABOVE_PAYMENT: {
    sentence: 'The tip is more than was handed over.',
    remedy: 'Give the whole sum that was handed over, tip included.',
  },
  PAYMENT_ABOVE_DUE: {
    sentence: 'More than is due can be taken in cash only.',
    remedy: 'Take `due`, and name what is above it as tip.',
  },
  PAYMENT_EMPTY: {
    sentence: 'Nothing was handed over.',
    remedy: 'Give the amount that was handed over.',
  },
  PAYMENT_UNKNOWN: {
    sentence: 'The order has no such payment.',
    remedy: 'Take the id of the payment from `payments` of the order.',
  },
  REFUND_UNKNOWN: {
    sentence: 'The order has no such refund.',
    remedy: 'Take the id of the refund from `refunds` of the order.',
  },
  POINTS_NO_PAYMENT: {
    sentence: 'Points used on an order are a discount, not a payment.',
    remedy: 'Take the points off an open order; of a closed one refund what they were used on.',
  },
  REFUND_EXCEEDS_PAID: {
    sentence: 'More would be given back than was paid and is not given back yet.',
    remedy: 'Refund at most `refundable`.',
  },
  REFUND_UNCLEAR: {
    sentence: 'A refund is an amount, or amounts by line, each line once.',
    remedy: 'Give one of them.',
  },
  DISCOUNT_UNCLEAR: {
    sentence: 'A discount is either a rate or an amount.',
    remedy: 'Give one of them.',
  },
  DISCOUNT_OUT_OF_BOUNDS: {
    sentence: 'The discount comes to nothing, or to more than is left to pay.',
    remedy: 'Give at most `largest`.',
  },
} as const satisfies Record<string, Refusal>;

const BILLS = {
  ORDER_EXISTS: {
    sentence: 'An order with this id was placed already.',
    remedy: 'Change the order that is there.',
  },
  ORDER_PAID: {
    sentence: 'There is money on the order.',
    remedy: 'Refund `paid` first.',
  },
  ORDER_CHANGED: {
    sentence: 'Somebody else changed the order at the same moment.',
    remedy: 'Ask again.',
  },
  LOCATION_UNKNOWN: {
    sentence: 'There is no such location.',
    remedy: 'Choose one of the locations of the business.',
  },
  LOCATION_NOT_SELLING: {
    sentence: 'The location was closed for good.',
    remedy: 'Choose another location.',
  },
  NO_SUCH_TABLE: {
    sentence: 'The location has no such table.',
    remedy: 'Choose one of its tables.',
  },
  SPLIT_UNCLEAR: {
    sentence: 'It is not said how to split.',
    remedy: 'By item give `bills`, by seat `seats`, by amount either `amounts` or `parts`.',
  },
  SPLIT_LEAVES_NOTHING: {
    sentence: 'Nothing would be left on the bill.',
    remedy: 'Leave one bill of the split where it is, or merge the whole order.',
  },
  SPLIT_ABOVE_DUE: {
    sentence: 'The new bills come to all that is due or more, or one of them to nothing.',
    remedy: 'Split off less than `due` in all.',
  },
  SEAT_EMPTY: {
    sentence: 'Nothing was ordered for the seat.',
    remedy: 'Leave the seat out.',
  },
  SAME_ORDER: {
    sentence: 'Source and target are one order.',
    remedy: 'Name another order.',
  },
  OTHER_LOCATION: {
    sentence: 'The other order is at another location.',
    remedy: 'Choose an order of the same location.',
  },
  MERGE_PAID: {
    sentence: 'There are payments on the order that would end.',
    remedy: 'Merge the other one into this one; where both were paid in part, pay one to its end.',
  },
  DEVICE_QUEUE_ONLY: {
    sentence: 'Orders of a device that was offline come through its queue.',
    remedy: 'Send them to POST /v1/orders/sync, or leave `device` out.',
  },
} as const satisfies Record<string, Refusal>;

export const ORDER_REFUSALS: Readonly<Record<string, Refusal>> = {
  ...POINTS_REFUSALS,
  ...SALE_REFUSALS,
  ...RING_REFUSALS,
  ...LINES,
  ...PAYMENTS,
  ...BILLS,
};
