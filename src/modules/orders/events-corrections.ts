/** What puts right what was recorded wrong: nothing that happened is changed, these say what holds from now on. */
import { Type } from 'typebox';
import { defineEvent } from '../../core/event-type.ts';
import { currencySchema } from '../../core/money.ts';
import { billTotal, linePart, nullable, orderId, paymentKind } from './shapes.ts';

/**
 * A payment came in another way than was recorded. The sale stays as it was: nothing is due, taxed, tipped or earned anew.
 * It counts in the till session and on the business day in which it is put right, never in those that are closed.
 */
export const orderPaymentCorrected = defineEvent({
  name: 'OrderPaymentCorrected',
  wireName: 'comptoir.order.payment-corrected',
  data: Type.Object({
    orderId,
    paymentId: Type.String(),
    /** How it was recorded until now. */
    from: paymentKind,
    kind: paymentKind,
    currency: currencySchema,
    /** What moves from one kind to the other: the tip in it, the change that was noted left out. */
    amount: Type.Integer(),
    /** Part of it. */
    tip: Type.Integer(),
    /** Whether the sale was counted already (OrderClosed, OrderCancelled); otherwise that will be with the kind it has now. */
    counted: Type.Boolean(),
    reason: Type.String(),
    tillId: nullable(Type.String()),
    locationId: Type.String(),
    /** Of the correction, not of the payment. */
    businessDay: Type.String(),
    customerId: nullable(Type.String()),
  }),
});

/** A refund was given in another way than was recorded. What went back, for what and with which tax, stays as it was. */
export const orderRefundCorrected = defineEvent({
  name: 'OrderRefundCorrected',
  wireName: 'comptoir.order.refund-corrected',
  data: Type.Object({
    orderId,
    refundId: Type.String(),
    /** How it was recorded until now. */
    from: paymentKind,
    kind: paymentKind,
    currency: currencySchema,
    /** What went back: `from` has it again, `kind` is without it. The tip in it. */
    amount: Type.Integer(),
    /** Part of it. */
    tip: Type.Integer(),
    reason: Type.String(),
    tillId: nullable(Type.String()),
    locationId: Type.String(),
    /** Of the correction, not of the refund. */
    businessDay: Type.String(),
    customerId: nullable(Type.String()),
  }),
});

/** Points are no discount on this bill any more; the member gets back what was not given back before. */
export const orderPointsTakenOff = defineEvent({
  name: 'OrderPointsTakenOff',
  wireName: 'comptoir.order.points-taken-off',
  data: Type.Object({
    orderId,
    burnId: Type.String(),
    memberId: Type.String(),
    /** Of the use, less those that refunds gave back. */
    points: Type.Integer(),
    /** What they took off the bill. */
    amount: Type.Integer(),
    lines: Type.Array(linePart),
    reason: Type.String(),
    locationId: Type.String(),
    businessDay: Type.String(),
    total: billTotal,
  }),
});

export const CORRECTION_EVENTS = [
  orderPaymentCorrected,
  orderRefundCorrected,
  orderPointsTakenOff,
] as const;
