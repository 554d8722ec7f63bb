import { expect, test } from 'vitest';
import { usePointsOnOrder } from './decide-discounts.ts';
import { amountGivenAway } from './given-away.ts';
import type { OrderCommandNamed } from './commands.ts';
import type { OrderEvent } from './events.ts';
import { AT, line, orderWorld, place, putTill, type OrderWorld } from './orders.fixture.ts';
import { receiptOf, receiptText } from './receipt.ts';
import type { OrderState } from './order-state.ts';

const TILL = { category: 'business.tills', id: 'till-1' };
const reason = 'pressed the wrong key';

const correct = (kind: string, more: object = {}) => ({
  type: 'CorrectPayment' as const,
  input: { paymentId: 'p1', kind, reason, ...more },
});

/** A steak of 49.99, paid with 60.00 of which 1.00 is a tip. */
function paid(more: object = {}): OrderWorld {
  const world = orderWorld();
  putTill(world, { id: 'till-1' });
  const payment = { id: 'p1', kind: 'cash' as const, amount: 6000, tip: 100, tillId: 'till-1' };
  world.done(place([line('steak')], { payments: [{ ...payment, ...more }] }));
  return world;
}

test('O25: what moves is what was kept: tip in it, change not', () => {
  const world = paid();
  const [event] = world.done(correct('card', {}));
  expect(event).toMatchObject({
    type: 'OrderPaymentCorrected',
    data: { from: 'cash', kind: 'card', amount: 5099, tip: 100, counted: true, tillId: 'till-1' },
  });
  expect(world.order()).toMatchObject({
    status: 'closed',
    payments: [{ paymentId: 'p1', kind: 'card', amount: 5099, change: 0, settled: 4999 }],
    corrections: [{ paymentId: 'p1', from: 'cash', kind: 'card', amount: 5099, reason }],
  });
});

test('O25: the till counts it in the session that is open now, as a line of its own', () => {
  const world = paid();
  world.done(correct('card'));
  const { session } = world.stateOf(TILL) as { session: Record<string, object> };
  expect(session['corrections']).toEqual({ count: 1, cash: -5099, card: 5099, other: 0 });
  expect(session['tenders']).toMatchObject({ cash: { received: 6000, change: 901 } });
  const last = world.log.at(-1);
  expect(last).toMatchObject({ stream: 'business.tills/till-1' });
  expect(last?.event).toMatchObject({ type: 'TillPaymentCorrected', data: { sessionId: 's-1' } });
});

test('O25: without an open session it waits for one, or is put right at another till', () => {
  const world = paid();
  const before = world.stateOf(TILL) as object;
  world.set(TILL, { ...before, session: null });
  expect(world.refused(correct('card'))).toBe('TILL_SESSION_CLOSED');
  putTill(world, { id: 'till-2' });
  expect(world.done(correct('card', { tillId: 'till-2' }))).toMatchObject([
    { data: { tillId: 'till-2' } },
  ]);
});

test('a payment at no till is put right at none', () => {
  const world = orderWorld();
  world.done(place([line('steak')], { payments: [{ id: 'p1', kind: 'card', amount: 4999 }] }));
  expect(world.done(correct('cash'))).toMatchObject([{ data: { tillId: null, amount: 4999 } }]);
  expect(world.log.every(({ stream }) => !stream.startsWith('business.tills'))).toBe(true);
});

const correctBack = (kind: string, more: object = {}) => ({
  type: 'CorrectRefund' as const,
  input: { refundId: 'r1', kind, reason, ...more },
});

/** A steak of 49.99 and a tip of 1.00 paid in cash and given back, wrongly noted as cash too. */
function refunded(): OrderWorld {
  const world = paid();
  const back = { id: 'r1', kind: 'cash' as const, tip: 100, reason, tillId: 'till-1' };
  world.done({ type: 'RefundOrder', input: back });
  return world;
}

test('O30: a refund is put right: what went back was in the other kind, everything else stays', () => {
  const world = refunded();
  const before = world.order();
  expect(world.done(correctBack('card'))).toMatchObject([
    {
      type: 'OrderRefundCorrected',
      data: {
        refundId: 'r1',
        from: 'cash',
        kind: 'card',
        amount: 5099,
        tip: 100,
        tillId: 'till-1',
      },
    },
  ]);
  const { refunds, corrections, ...rest } = world.order();
  expect({ ...before, ...rest }).toEqual(before);
  expect(refunds).toMatchObject([{ refundId: 'r1', kind: 'card', amount: 5099 }]);
  expect(corrections).toMatchObject([
    { paymentId: null, refundId: 'r1', from: 'cash', kind: 'card', amount: 5099, reason },
  ]);
});

test('O30: the cash that did not go out is in the drawer of the session that is open now', () => {
  const world = refunded();
  world.done(correctBack('card'));
  const { session } = world.stateOf(TILL) as { session: Record<string, object> };
  expect(session['corrections']).toEqual({ count: 1, cash: 5099, card: -5099, other: 0 });
  expect(session['tenders']).toMatchObject({ cash: { refunded: 5099, refundedTips: 100 } });
  expect(world.log.at(-1)?.event).toMatchObject({
    type: 'TillRefundCorrected',
    data: { sessionId: 's-1', refundId: 'r1' },
  });
});

test('O30: a refund waits for an open session too, changes nothing twice, and must be there', () => {
  const world = refunded();
  const before = world.stateOf(TILL) as object;
  world.set(TILL, { ...before, session: null });
  expect(world.refused(correctBack('card'))).toBe('TILL_SESSION_CLOSED');
  putTill(world, { id: 'till-2' });
  expect(world.done(correctBack('card', { tillId: 'till-2' }))).toHaveLength(1);
  expect(world.done(correctBack('card'))).toEqual([]);
  expect(world.refused(correctBack('cash', { refundId: 'r2' }))).toBe('REFUND_UNKNOWN');
});

test('the receipt tells a refund that was put right apart from a payment', () => {
  const world = refunded();
  world.done(correctBack('card'));
  const facts = { orderId: 'o1', profile: { status: 'unknown' as const }, table: null };
  const text = receiptText(receiptOf(world.order(), { ...facts, language: 'en' }));
  expect(text).toMatch(/Refunded +49\.99\nRefund corrected: Cash > Card +50\.99/);
});

test('what is so already changes nothing, and it can be put right again', () => {
  const world = paid();
  expect(world.done(correct('cash'))).toEqual([]);
  world.done(correct('card'));
  expect(world.done(correct('card'))).toEqual([]);
  expect(world.done(correct('cash'))).toMatchObject([{ data: { from: 'card', amount: 5099 } }]);
  expect(world.order().corrections).toHaveLength(2);
});

test('O26: points used are no payment, and what is not there cannot be put right', () => {
  const world = orderWorld();
  world.done(place([line('steak', 2)]));
  withPoints(world, 500);
  const burn = {
    type: 'CorrectPayment' as const,
    input: { paymentId: 'b1', kind: 'cash', reason },
  };
  expect(world.refused(burn)).toBe('POINTS_NO_PAYMENT');
  expect(world.refused(correct('cash'))).toBe('PAYMENT_UNKNOWN');
});

test('of a bill that is still open nothing was counted, and it is closed with the kind that holds', () => {
  const world = orderWorld();
  world.done(place([line('steak')]));
  world.done({ type: 'PayOrder', input: { id: 'p1', kind: 'cash', amount: 1000 } });
  expect(world.done(correct('card'))).toMatchObject([{ data: { counted: false } }]);
  const closed = world.done({ type: 'PayOrder', input: { kind: 'cash', amount: 3999 } });
  expect(closed.at(-1)).toMatchObject({
    type: 'OrderClosed',
    data: { payments: [{ paymentId: 'p1', kind: 'card' }, { kind: 'cash' }] },
  });
});

test('a refund after it goes back the way that holds', () => {
  const world = paid();
  world.done(correct('card'));
  expect(world.done({ type: 'RefundOrder', input: { reason } })).toMatchObject([
    { data: { kind: 'card', amount: 4999 } },
  ]);
});

test('limits of amounts see what moves', () => {
  const order = paid().order();
  const asked = (kind: string) =>
    // safe because only the input is looked at
    ({ ...correct(kind), id: 'o1', at: AT }) as unknown as OrderCommandNamed<'CorrectPayment'>;
  expect(amountGivenAway(order, asked('card'))).toBe(5099);
  expect(amountGivenAway(order, asked('cash'))).toBe(0);
});

test('the receipt shows the kind that holds and what was put right', () => {
  const world = paid();
  world.done(correct('card'));
  const profile = { status: 'unknown' as const };
  const facts = { orderId: 'o1', profile, table: null, language: 'en' };
  const receipt = receiptOf(world.order(), facts);
  expect(receipt.payments).toEqual([{ kind: 'card', amount: { amount: 5099, currency: 'PLN' } }]);
  expect(receiptText(receipt)).toMatch(/Corrected: Cash > Card +50\.99/);
  expect(receiptText(receipt)).not.toContain('Change');
});

function withPoints(world: OrderWorld, amount: number): void {
  const stream = { category: 'orders', id: 'o1' };
  // safe because it is the state of an order
  const state = world.stateOf(stream) as OrderState;
  const use = { orderId: 'o1', burnId: 'b1', memberId: 'm', points: 50, amount, at: AT };
  const decision = usePointsOnOrder(state, use);
  if (decision.outcome === 'rejected') throw new Error(decision.code);
  world.put(stream, decision.events as readonly OrderEvent[]);
}

test('O27: points that are taken off make their amount due again, once', () => {
  const world = orderWorld();
  world.done(place([line('steak', 2)]));
  withPoints(world, 500);
  const off = { type: 'TakePointsOff' as const, input: { burnId: 'b1', reason } };
  expect(world.done(off)).toMatchObject([
    {
      type: 'OrderPointsTakenOff',
      data: { burnId: 'b1', memberId: 'm', points: 50, amount: 500, total: 9998 },
    },
  ]);
  expect(world.order()).toMatchObject({ burns: [], status: 'open' });
  expect(world.order().lines).toMatchObject([{ points: [] }]);
  expect(world.done(off)).toEqual([]);
});

test('O27: points stay on a bill that is closed', () => {
  const world = orderWorld();
  world.done(place([line('steak')]));
  withPoints(world, 500);
  world.done({ type: 'PayOrder', input: { kind: 'card', amount: 4499 } });
  const off = { type: 'TakePointsOff' as const, input: { burnId: 'b1', reason } };
  expect(world.refused(off)).toBe('ORDER_NOT_OPEN');
});
