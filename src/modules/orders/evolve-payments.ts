import type { EventMoment } from '../../core/aggregate.ts';
import type { OrderEvent } from './events.ts';
import { changedLines } from './line-state.ts';
import type { KnownOrder } from './order-state.ts';

const PAYMENT_EVENTS = [
  'OrderPaymentTaken',
  'OrderClosed',
  'OrderRefunded',
  'OrderPointsUsed',
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
      return { ...state, status: 'closed', closedAt: at };
    case 'OrderRefunded':
      return refunded(state, event.data);
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

type Refunded = Extract<PaymentEvent, { readonly type: 'OrderRefunded' }>['data'];

function refunded(state: KnownOrder, data: Refunded): KnownOrder {
  const { refundId, kind, amount, tip, reason, burns: back = [] } = data;
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
    refunds: [...state.refunds, { refundId, kind, amount, tip, tax, reason }],
  };
}
