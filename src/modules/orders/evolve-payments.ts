import type { EventMoment } from '../../core/aggregate.ts';
import type { OrderEvent } from './events.ts';
import { changedLines } from './line-state.ts';
import type { KnownOrder } from './order-state.ts';

const PAYMENT_EVENTS = [
  'OrderPaymentTaken',
  'OrderClosed',
  'OrderRefunded',
  'OrderPointsUsed',
  'OrderPaymentCorrected',
  'OrderRefundCorrected',
  'OrderPointsTakenOff',
] as const;
type PaymentEvent = Extract<OrderEvent, { readonly type: (typeof PAYMENT_EVENTS)[number] }>;
const NAMES: ReadonlySet<string> = new Set(PAYMENT_EVENTS);

export function isPaymentEvent(event: OrderEvent): event is PaymentEvent {
  return NAMES.has(event.type);
}

export function evolvePayments(
  state: KnownOrder,
  event: PaymentEvent,
  { at }: EventMoment,
): KnownOrder {
  switch (event.type) {
    case 'OrderPaymentTaken': {
      const { paymentId, kind, amount, tip, change, settled, tillId } = event.data;
      const payment = { paymentId, kind, amount, tip, change, settled, tillId };
      const lines = changedLines(state.lines, event.data.lines, (line, part) => ({
        ...line,
        paid: line.paid + part.amount,
      }));
      const { customerId } = event.data;
      const isNew = customerId !== null && !state.payers.includes(customerId);
      const payers = isNew ? [...state.payers, customerId] : state.payers;
      return { ...state, lines, payments: [...state.payments, payment], payers };
    }
    case 'OrderClosed':
      return { ...state, status: 'closed', closedAt: event.data.takenAt ?? at };
    case 'OrderRefunded':
      return refunded(state, event.data);
    case 'OrderPaymentCorrected':
      return corrected(state, event.data, at);
    case 'OrderRefundCorrected':
      return refundCorrected(state, event.data, at);
    case 'OrderPointsTakenOff':
      return pointsTakenOff(state, event.data);
    case 'OrderPointsUsed': {
      const { burnId, memberId, points, amount } = event.data;
      const burn = { burnId, memberId, points, amount, pointsBack: 0, amountBack: 0 };
      const lines = changedLines(state.lines, event.data.lines, (line, part) => ({
        ...line,
        points: [...line.points, { burnId, amount: part.amount }],
        fixed: null,
      }));
      return { ...state, lines, burns: [...state.burns, burn] };
    }
  }
}

type Corrected = Extract<PaymentEvent, { readonly type: 'OrderPaymentCorrected' }>['data'];

/** What was noted as change was never given where no cash came in. */
function corrected(state: KnownOrder, data: Corrected, at: string): KnownOrder {
  const { paymentId, from, kind, amount, reason } = data;
  const payments = state.payments.map((payment) =>
    payment.paymentId === paymentId ? { ...payment, kind, amount, change: 0 } : payment,
  );
  const correction = { paymentId, refundId: null, from, kind, amount, reason, at };
  return { ...state, payments, corrections: [...state.corrections, correction] };
}

type RefundCorrected = Extract<PaymentEvent, { readonly type: 'OrderRefundCorrected' }>['data'];

function refundCorrected(state: KnownOrder, data: RefundCorrected, at: string): KnownOrder {
  const { refundId, from, kind, amount, reason } = data;
  const refunds = state.refunds.map((refund) =>
    refund.refundId === refundId ? { ...refund, kind } : refund,
  );
  const correction = { paymentId: null, refundId, from, kind, amount, reason, at };
  return { ...state, refunds, corrections: [...state.corrections, correction] };
}

type TakenOff = Extract<PaymentEvent, { readonly type: 'OrderPointsTakenOff' }>['data'];

function pointsTakenOff(state: KnownOrder, { burnId }: TakenOff): KnownOrder {
  const lines = state.lines.map((line) =>
    line.points.some((each) => each.burnId === burnId)
      ? { ...line, points: line.points.filter((each) => each.burnId !== burnId), fixed: null }
      : line,
  );
  return { ...state, lines, burns: state.burns.filter((burn) => burn.burnId !== burnId) };
}

type Refunded = Extract<PaymentEvent, { readonly type: 'OrderRefunded' }>['data'];

function refunded(state: KnownOrder, data: Refunded): KnownOrder {
  const { refundId, kind, amount, tip, reason, tillId, burns: back = [] } = data;
  const tax = data.lines.reduce((total, line) => total + line.tax, 0);
  const lines = changedLines(state.lines, data.lines, (line, part) => ({
    ...line,
    refunded: line.refunded + part.amount,
    refundedTax: line.refundedTax + part.tax,
    returned: line.returned || part.amount === 0,
  }));
  const burns = state.burns.map((burn) => {
    const its = back.find(({ burnId }) => burnId === burn.burnId);
    if (its === undefined) return burn;
    const pointsBack = burn.pointsBack + its.points;
    return { ...burn, pointsBack, amountBack: burn.amountBack + its.amount };
  });
  return {
    ...state,
    lines,
    burns,
    refunds: [...state.refunds, { refundId, kind, amount, tip, tax, reason, tillId }],
  };
}
