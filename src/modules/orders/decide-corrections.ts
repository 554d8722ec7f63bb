/**
 * What was recorded wrong is put right by a further event: how a payment came in or a refund was given, and
 * points that should not be on an open bill. Sums of the sale stay: what moves between kinds of payment is what came in less the change noted with it.
 */
import type { Surroundings } from '../../core/aggregate.ts';
import { accepted, rejected, type Decision } from '../../core/decision.ts';
import {
  correctOnTill,
  correctRefundOnTill,
  tillFrom,
  TILLS,
  type TillEvent,
} from '../business/index.ts';
import type { OrderCommandNamed } from './commands.ts';
import { dayOf, partOf } from './decide-payments.ts';
import type { OrderEvent } from './events.ts';
import type { KnownOrder, PaymentState } from './order-state.ts';

type CorrectPayment = OrderCommandNamed<'CorrectPayment'>;
type CorrectRefund = OrderCommandNamed<'CorrectRefund'>;

/** Change is given on cash alone: a card that paid for it paid no more than what was kept. */
export function keptOf({ amount, change }: Pick<PaymentState, 'amount' | 'change'>): number {
  return amount - change;
}

/** The till on which it is put right; null where the payment or the refund was at none. */
export function correctedTill(
  order: KnownOrder,
  input: CorrectPayment['input'] | CorrectRefund['input'],
): string | null {
  const recorded =
    'paymentId' in input
      ? order.payments.find(({ paymentId }) => paymentId === input.paymentId)
      : order.refunds.find(({ refundId }) => refundId === input.refundId);
  if (recorded === undefined || recorded.kind === input.kind) return null;
  return input.tillId ?? recorded.tillId;
}

/** PAYMENT_UNKNOWN, POINTS_NO_PAYMENT, and the refusals of the till. What is so already changes nothing. */
export function correctPayment(
  order: KnownOrder,
  { id, at, input }: CorrectPayment,
  around: Surroundings,
): Decision<OrderEvent> {
  const { paymentId, kind, reason } = input;
  if (order.burns.some(({ burnId }) => burnId === paymentId))
    return rejected('POINTS_NO_PAYMENT', { paymentId });
  const payment = order.payments.find((held) => held.paymentId === paymentId);
  if (payment === undefined) return rejected('PAYMENT_UNKNOWN', { paymentId });
  const { kind: from, tip } = payment;
  if (from === kind) return accepted([]);
  const { currency, locationId, customerId, status } = order;
  const amount = keptOf(payment);
  const tillId = correctedTill(order, input);
  const moved = { orderId: id, paymentId, from, kind, currency, amount, tip };
  const data = {
    ...moved,
    counted: status !== 'open',
    reason,
    tillId,
    locationId,
    businessDay: dayOf(order, at),
    customerId,
  };
  const events: readonly OrderEvent[] = [{ type: 'OrderPaymentCorrected', data }];
  return atTill(events, tillId, (id) =>
    correctOnTill(tillFrom(around, id), { ...moved, tillId: id, locationId }),
  );
}

/** REFUND_UNKNOWN, and the refusals of the till. A refund counts when it is given, so its correction always does. */
export function correctRefund(
  order: KnownOrder,
  { id, at, input }: CorrectRefund,
  around: Surroundings,
): Decision<OrderEvent> {
  const { refundId, kind, reason } = input;
  const refund = order.refunds.find((held) => held.refundId === refundId);
  if (refund === undefined) return rejected('REFUND_UNKNOWN', { refundId });
  const { kind: from, amount, tip } = refund;
  if (from === kind) return accepted([]);
  const { currency, locationId, customerId } = order;
  const tillId = correctedTill(order, input);
  const moved = { orderId: id, refundId, from, kind, currency, amount, tip };
  const place = { tillId, locationId, businessDay: dayOf(order, at) };
  const data = { ...moved, reason, ...place, customerId };
  const events: readonly OrderEvent[] = [{ type: 'OrderRefundCorrected', data }];
  return atTill(events, tillId, (id) =>
    correctRefundOnTill(tillFrom(around, id), { ...moved, tillId: id, locationId }),
  );
}

/** What was put right on the order, and on its till where it has one, or the refusal of the till. */
function atTill(
  events: readonly OrderEvent[],
  tillId: string | null,
  decide: (tillId: string) => Decision<TillEvent>,
): Decision<OrderEvent> {
  if (tillId === null) return accepted(events);
  const till = decide(tillId);
  if (till.outcome === 'rejected') return till;
  return accepted(events, [{ category: TILLS, id: tillId, events: till.events }]);
}

/** Repeated, it changes nothing. What is due rises by what the points had taken off. */
export function takePointsOff(
  order: KnownOrder,
  { id, at, input }: OrderCommandNamed<'TakePointsOff'>,
): Decision<OrderEvent> {
  const { burnId, reason } = input;
  const burn = order.burns.find((held) => held.burnId === burnId);
  if (burn === undefined) return accepted([]);
  const { memberId, amount } = burn;
  const lines = order.lines.flatMap((line) => {
    const used = line.points.find((each) => each.burnId === burnId)?.amount ?? 0;
    return used === 0 ? [] : [partOf(line, used)];
  });
  const points = burn.points - burn.pointsBack;
  const place = { locationId: order.locationId, businessDay: dayOf(order, at) };
  const data = { orderId: id, burnId, memberId, points, amount, lines, reason, ...place };
  return accepted([{ type: 'OrderPointsTakenOff', data }]);
}
