/** Random commands over a few orders: what must hold of money whatever is done, and that the checker sees a seeded bug. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowAfter } from '../../../test/support/given.ts';
import type { TaxMode, TaxTotal } from '../../core/tax.ts';
import { dueOf, grossOf, taxedOf, totalsOf } from './amounts.ts';
import { usePointsOnOrder } from './decide-discounts.ts';
import type { OrderEvent } from './events.ts';
import { orderList } from './read-models/order-list.ts';
import {
  AT,
  line,
  orderWorld,
  place,
  putTill,
  type OrderWorld,
  type Said,
} from './orders.fixture.ts';
import { evolve } from './state.ts';
import { type KnownOrder, type OrderState } from './order-state.ts';

interface Step {
  readonly what: number;
  readonly order: number;
  readonly line: number;
  readonly size: number;
}

const steps = fc.array(
  fc.record({ what: fc.nat(22), order: fc.nat(5), line: fc.nat(5), size: fc.nat(9999) }),
  { minLength: 12, maxLength: 40, size: 'max' },
);
const mode = fc.constantFrom<TaxMode>('inclusive', 'exclusive');

const ordersOf = (world: OrderWorld): readonly string[] => [
  ...new Set(
    world.log.flatMap(({ stream }) => (stream.startsWith('orders/') ? [stream.slice(7)] : [])),
  ),
];

function walk(taxMode: TaxMode, taken: readonly Step[]): OrderWorld {
  const world = orderWorld({ mode: taxMode });
  world.done(place([line('steak', 2, { seat: 1 }), line('coffee', 3, { seat: 2 })]));
  world.done(place([line('water', 2)], {}, { id: 'o2' }));
  for (const [index, step] of taken.entries()) {
    const ids = ordersOf(world);
    const id = ids[step.order % ids.length] ?? 'o1';
    const said = commandOf(world, {
      ...step,
      id,
      index,
      other: ids[step.size % ids.length] ?? 'o2',
    });
    if (said === null) burn(world, id, { index, size: step.size });
    else world.run({ id, ...said });
  }
  return world;
}

function commandOf(
  world: OrderWorld,
  step: Step & { readonly id: string; readonly index: number; readonly other: string },
): Said | null {
  const { what, size, other, index } = step;
  const { lines, payments, refunds, burns } = world.order(step.id);
  const paymentId = payments[step.line % Math.max(payments.length, 1)]?.paymentId ?? 'x';
  const refundId = refunds[step.line % Math.max(refunds.length, 1)]?.refundId ?? 'x';
  const kind = (['cash', 'card', 'other'] as const)[size % 3];
  const burnId = burns[step.line % Math.max(burns.length, 1)]?.burnId ?? 'x';
  const lineId = lines[step.line % Math.max(lines.length, 1)]?.lineId ?? 'x';
  const quantity = 1 + (size % 2);
  const reason = 'r';
  const said: readonly (Said | null)[] = [
    { type: 'AddLines', input: { lines: [line('coffee', quantity), line('water')] } },
    { type: 'PayOrder', input: { kind: 'cash', amount: size, tip: size % 7 } },
    { type: 'PayOrder', input: { id: `p${index % 3}`, kind: 'card', amount: size % 900 } },
    { type: 'PayOrder', input: { kind: 'cash', amount: 99999, tip: 50 } },
    { type: 'RefundOrder', input: { amount: size % 3000, reason } },
    {
      type: 'RefundOrder',
      input: { lines: [{ lineId, amount: size % 700 }], tip: size % 3, reason },
    },
    { type: 'RefundOrder', input: { reason } },
    { type: 'VoidLines', input: { lines: [{ lineId, quantity }], reason } },
    { type: 'GiveDiscount', input: { rate: 1 + ((size * 10) % 100000), reason } },
    { type: 'GiveDiscount', input: { amount: size % 900, lineIds: [lineId], reason } },
    { type: 'WithdrawDiscount', input: { discountId: `c${3 + (size % 9)}`, reason } },
    { type: 'SplitOrder', input: { by: 'item', bills: [[{ lineId, quantity }]] } },
    { type: 'SplitOrder', input: { by: 'amount', parts: 2 + (size % 4) } },
    { type: 'SplitOrder', input: { by: 'amount', amounts: [size % 2000, 7] } },
    { type: 'SplitOrder', input: { by: 'seat', seats: [1 + (size % 2)] } },
    { type: 'TransferLines', input: { intoOrderId: other, lines: [{ lineId, quantity }] } },
    { type: 'MergeOrder', input: { intoOrderId: other } },
    { type: 'CancelOrder', input: { reason } },
    { type: 'RemoveLines', input: { lines: [{ lineId }], reason } },
    null,
    { type: 'CorrectPayment', input: { paymentId, kind, reason } },
    { type: 'CorrectPayment', input: { paymentId, kind: 'card', reason } },
    { type: 'TakePointsOff', input: { burnId, reason } },
    { type: 'CorrectRefund', input: { refundId, kind, reason } },
    { type: 'CorrectRefund', input: { refundId, kind: 'other', reason } },
  ];
  return said[what % said.length] ?? null;
}

/** As the command of another module does, with this module's decision. */
function burn(
  world: OrderWorld,
  id: string,
  { index, size }: { readonly index: number; readonly size: number },
): void {
  const stream = { category: 'orders', id };
  // safe because it is the state of an order
  const state = world.stateOf(stream) as OrderState;
  const use = { orderId: id, burnId: `b${index}`, memberId: 'm', points: 10 + (size % 90) };
  const decision = usePointsOnOrder(state, { ...use, amount: 1 + (size % 1500), at: AT });
  if (decision.outcome === 'rejected') return;
  const after = decision.events.reduce<OrderState>(
    (before, event) => evolve(before, event, { at: AT, version: 1 }),
    state,
  );
  world.set(stream, after);
  // safe because the log of this world is an array that it made
  const log = world.log as { stream: string; event: OrderEvent }[];
  log.push(...decision.events.map((event) => ({ stream: `orders/${id}`, event })));
}

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, each) => sum + each, 0);

/** What an accountant adds up: from events alone, over closed orders. */
function checkMoney(world: OrderWorld): void {
  for (const id of ordersOf(world)) {
    const events = world.log
      .filter(({ stream }) => stream === `orders/${id}`)
      // safe because streams of orders hold events of orders
      .map(({ event }) => event as OrderEvent);
    const data = <Name extends OrderEvent['type']>(name: Name) =>
      // safe because only events of this name are kept
      events.flatMap((event) =>
        event.type === name ? [event.data] : [],
      ) as unknown as readonly Extract<OrderEvent, { readonly type: Name }>['data'][];
    const payments = data('OrderPaymentTaken');
    expect(new Set(payments.map(({ paymentId }) => paymentId)).size).toBe(payments.length);
    const received = sumOf(payments.map(({ amount }) => amount));
    const change = sumOf(payments.map((payment) => payment.change));
    const refunds = data('OrderRefunded');
    const paidBack = sumOf(refunds.map(({ amount }) => amount));
    const tips = sumOf([...payments.map(({ tip }) => tip), ...refunds.map(({ tip }) => -tip)]);
    const refunded = sumOf(refunds.map(({ amount, tip }) => amount - tip));
    const order = world.order(id);
    checkKinds(order, { payments, corrections: data('OrderPaymentCorrected') });
    checkKindsBack(order, { refunds, corrections: data('OrderRefundCorrected') });
    const { paid, refunded: held } = totalsOf(order);
    expect(paid - refunded).toBe(received - paidBack - tips - change);
    expect(held).toBe(refunded);
    for (const closed of data('OrderClosed')) {
      expect(closed.gross - refunded).toBe(received - paidBack - tips - change);
      expect(sumOf(closed.taxes.map(({ gross }) => gross))).toBe(closed.gross);
      expect(sumOf((closed.lines ?? []).map(({ gross }) => gross))).toBe(closed.gross);
    }
    checkLines(order);
  }
}

interface Moved {
  readonly from: string;
  readonly kind: string;
  readonly amount: number;
}

interface Came {
  readonly kind: string;
  readonly amount: number;
  readonly change: number;
}

/** What came in of each kind, corrections counted, is what the order says of its payments. */
function checkKinds(
  order: KnownOrder,
  told: {
    readonly payments: readonly Came[];
    readonly corrections: readonly Moved[];
  },
): void {
  const keptIn = (all: readonly Came[], kind: string): number =>
    sumOf(all.map((each) => (each.kind === kind ? each.amount - each.change : 0)));
  for (const kind of ['cash', 'card', 'other']) {
    const moved = told.corrections.map(
      ({ from, kind: to, amount }) => (to === kind ? amount : 0) - (from === kind ? amount : 0),
    );
    expect(keptIn(order.payments, kind)).toBe(keptIn(told.payments, kind) + sumOf(moved));
  }
}

/** What went back in each kind, corrections counted, is what the order says of its refunds. */
function checkKindsBack(
  order: KnownOrder,
  told: {
    readonly refunds: readonly { readonly kind: string; readonly amount: number }[];
    readonly corrections: readonly Moved[];
  },
): void {
  for (const kind of ['cash', 'card', 'other']) {
    const of = (all: readonly { readonly kind: string; readonly amount: number }[]): number =>
      sumOf(all.map((each) => (each.kind === kind ? each.amount : 0)));
    const left = told.corrections.map((each) => (each.from === kind ? each.amount : 0));
    expect(of(order.refunds)).toBe(of(told.refunds) + of(told.corrections) - sumOf(left));
  }
}

function checkLines(order: KnownOrder): void {
  if (order.status === 'merged') expect(order.lines).toEqual([]);
  for (const each of order.lines) {
    const { net, tax, gross } = taxedOf(each, order.taxMode);
    expect(net + tax).toBe(gross);
    expect(Math.min(net, tax, gross, each.amount, each.refunded)).toBeGreaterThanOrEqual(0);
    expect(each.paid).toBeLessThanOrEqual(gross);
    expect(each.refunded).toBeLessThanOrEqual(each.paid);
    expect(each.refundedTax).toBeLessThanOrEqual(tax);
    if (each.refunded === gross && order.status === 'closed') expect(each.refundedTax).toBe(tax);
  }
  for (const { points, pointsBack, amount, amountBack } of order.burns) {
    expect(pointsBack).toBeLessThanOrEqual(points);
    expect(amountBack).toBeLessThanOrEqual(amount);
  }
  if (order.status === 'closed') expect(totalsOf(order).due).toBe(0);
}

describe('whatever is done to orders', () => {
  test('O6: gross - refunds = payments - tips - change, and no line is paid or refunded beyond what it costs', () => {
    fc.assert(
      fc.property(mode, steps, (taxMode, taken) => {
        checkMoney(walk(taxMode, taken));
      }),
      { numRuns: 300 },
    );
  });

  test('O7: the list of orders says what the orders come to, owe and gave back', () => {
    fc.assert(
      fc.property(mode, steps, (taxMode, taken) => {
        const world = walk(taxMode, taken);
        for (const id of ordersOf(world)) {
          const events = world.log
            .filter(({ stream }) => stream === `orders/${id}`)
            // safe because streams of orders hold events of orders
            .map(({ event }) => event as OrderEvent);
          const order = world.order(id);
          const { gross, due, refunded, tips } = totalsOf(order);
          const isOver = order.status === 'cancelled';
          expect(rowAfter(orderList, id, events)).toMatchObject({
            status: order.status,
            total: { amount: gross },
            due: { amount: isOver ? 0 : due },
            refunded: { amount: refunded },
            tips: { amount: tips },
            items: sumOf(order.lines.map(({ quantity }) => quantity)),
          });
        }
      }),
      { numRuns: 100 },
    );
  });

  test('the checker finds a correction that counts the change as paid by card', () => {
    const world = orderWorld();
    world.done(place([line('steak')], { payments: [{ kind: 'cash', amount: 6000 }] }));
    const [{ paymentId } = { paymentId: '' }] = world.order().payments;
    world.done({ type: 'CorrectPayment', input: { paymentId, kind: 'card', reason: 'r' } });
    checkMoney(world);
    const order = world.order();
    const payments = order.payments.map((each) => ({ ...each, amount: 6000 }));
    world.set({ category: 'orders', id: 'o1' }, { ...order, payments });
    expect(() => {
      checkMoney(world);
    }).toThrow(/expected/);
  });

  test('the checker finds a payment that is counted twice', () => {
    const world = orderWorld();
    world.done(place([line('steak')], { payments: [{ kind: 'cash', amount: 4999 }] }));
    const order = world.order();
    const lines = order.lines.map((each) => ({ ...each, paid: each.paid * 2 }));
    world.set({ category: 'orders', id: 'o1' }, { ...order, lines });
    expect(() => {
      checkMoney(world);
    }).toThrow(/expected/);
  });
});

/** Total and tax by rate over all bills. */
function sums(world: OrderWorld): Readonly<Record<string, number>> {
  const all: Record<string, number> = {};
  for (const id of ordersOf(world)) addTaxes(all, totalsOf(world.order(id)).taxes);
  return all;
}

function addTaxes(all: Record<string, number>, taxes: readonly TaxTotal[]): void {
  for (const { rate, net, tax, gross } of taxes) {
    if (gross === 0) continue;
    all[`net ${rate}`] = (all[`net ${rate}`] ?? 0) + net;
    all[`tax ${rate}`] = (all[`tax ${rate}`] ?? 0) + tax;
    all[`gross ${rate}`] = (all[`gross ${rate}`] ?? 0) + gross;
  }
}

const cooking = (world: OrderWorld): Readonly<Record<string, number>> => {
  const all: Record<string, number> = {};
  for (const id of ordersOf(world))
    for (const { ticketId, stationId, kitchen, quantity } of world.order(id).lines) {
      const place = `${ticketId} ${stationId} ${kitchen}`;
      all[place] = (all[place] ?? 0) + quantity;
    }
  return all;
};

const items = fc.array(
  fc.record({
    product: fc.constantFrom('steak', 'coffee', 'water'),
    quantity: fc.integer({ min: 1, max: 5 }),
    seat: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 2, maxLength: 8 },
);

/** A bill, and what came in before it is split: points, then money, which need not be all of it. */
const bill = fc.record({
  taxMode: mode,
  ordered: items,
  points: fc.nat(4000),
  payments: fc.array(
    fc.record({
      kind: fc.constantFrom('cash', 'card', 'other'),
      amount: fc.nat(4000),
      tip: fc.nat(90),
    }),
    { maxLength: 3 },
  ),
});

interface Ordered {
  readonly product: string;
  readonly quantity: number;
  readonly seat: number;
}

interface Bill {
  readonly taxMode: TaxMode;
  readonly ordered: readonly Ordered[];
  readonly points: number;
  readonly payments: readonly object[];
}

/** A bill with a discount, and what came in for it so far. */
function opened({ taxMode, ordered, points, payments }: Bill): OrderWorld {
  const world = orderWorld({ mode: taxMode });
  putTill(world);
  const lines = ordered.map(({ product, quantity, seat }) => line(product, quantity, { seat }));
  // Taken away, coffee and water have another rate than the steak.
  world.done(place(lines, { channel: 'take-away' }));
  world.run({ type: 'GiveDiscount', input: { rate: 7777, reason: 'r' } });
  if (points > 2000) burn(world, 'o1', { index: 0, size: points });
  for (const payment of payments)
    world.run({ type: 'PayOrder', input: { ...payment, tillId: 'bar' } });
  return world;
}

function splitting(
  world: OrderWorld,
  id: string,
  { kind, size }: { readonly kind: number; readonly size: number },
): Said {
  const ids = ordersOf(world);
  const lineId = world.order(id).lines[0]?.lineId ?? 'x';
  const other = ids[kind % ids.length] ?? 'o1';
  const transfer: Said = {
    type: 'TransferLines',
    input: { intoOrderId: other, lines: [{ lineId }] },
  };
  const said: readonly Said[] = [
    { type: 'SplitOrder', input: { by: 'item', bills: [[{ lineId, quantity: 1 }]] } },
    { type: 'SplitOrder', input: { by: 'seat', seats: [1 + (size % 3)] } },
    { type: 'SplitOrder', input: { by: 'amount', parts: 2 + (size % 6) } },
    { type: 'SplitOrder', input: { by: 'amount', amounts: [1 + (size % 3000)] } },
    { type: 'PayOrder', input: { kind: 'cash', amount: size % 3000, tillId: 'bar' } },
    { type: 'MergeOrder', input: { intoOrderId: other } },
  ];
  return { id, ...(said[kind] ?? transfer) };
}

/** What tills counted, by rate, as `sums` has it of the bills. */
function rung(world: OrderWorld): Readonly<Record<string, number>> {
  const all: Record<string, number> = {};
  for (const { event } of world.log) {
    if (event.type !== 'TillSaleRung') continue;
    // safe because events of this name have the taxes of a sale
    const { taxes } = event.data as { readonly taxes: readonly TaxTotal[] };
    addTaxes(all, taxes);
  }
  return all;
}

describe('splitting', () => {
  test('O8: the bills add up to the whole in total and in tax of every rate, and nothing is cooked again', () => {
    const how = fc.array(fc.record({ kind: fc.nat(6), size: fc.nat(9999) }), {
      minLength: 3,
      maxLength: 6,
    });
    let paidInPart = 0;
    fc.assert(
      fc.property(bill, how, (given, splits) => {
        const world = opened(given);
        const [whole, cooked] = [sums(world), cooking(world)];
        for (const step of splits) {
          const ids = ordersOf(world);
          const id = ids[step.size % ids.length] ?? 'o1';
          const isPaid = world.order(id).payments.length > 0;
          const said = splitting(world, id, step);
          const { outcome } = world.run(said);
          if (isPaid && said.type === 'SplitOrder' && outcome === 'done') paidInPart += 1;
          expect(sums(world)).toEqual(whole);
          expect(cooking(world)).toMatchObject(cooked);
        }
        checkMoney(world);
        for (const id of ordersOf(world))
          world.run({
            id,
            type: 'PayOrder',
            input: { kind: 'cash', amount: 9_999_999, tillId: 'bar' },
          });
        checkMoney(world);
        expect(rung(world)).toEqual(whole);
      }),
      { numRuns: 150 },
    );
    expect(paidInPart).toBeGreaterThan(30);
  });

  test('the checker finds a bill whose tax is not what the till counted', () => {
    const world = opened({
      taxMode: 'inclusive',
      ordered: [{ product: 'steak', quantity: 1, seat: 1 }],
      points: 0,
      payments: [{ kind: 'card', amount: 1000, tip: 0 }],
    });
    const order = world.order();
    const lines = order.lines.map((each) => ({
      ...each,
      fixed: { net: 4499, tax: 500, gross: 4999 },
    }));
    world.set({ category: 'orders', id: 'o1' }, { ...order, lines });
    const whole = sums(world);
    world.done({ type: 'PayOrder', input: { kind: 'cash', amount: 9_999_999, tillId: 'bar' } });
    expect(rung(world)).not.toEqual(whole);
  });

  test('of bills of the same size what is due differs by one unit at most', () => {
    const count = fc.integer({ min: 2, max: 8 });
    fc.assert(
      fc.property(bill, count, (given, parts) => {
        const world = opened(given);
        fc.pre(totalsOf(world.order()).due >= parts);
        world.done({ type: 'SplitOrder', input: { by: 'amount', parts } });
        const bills = ordersOf(world).map((id) => totalsOf(world.order(id)).due);
        expect(bills).toHaveLength(parts);
        expect(Math.max(...bills) - Math.min(...bills)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 100 },
    );
  });

  test('every line owes what it costs until money comes', () => {
    const world = orderWorld();
    world.done(place([line('steak'), line('water')]));
    const { lines, taxMode } = world.order();
    for (const each of lines) expect(dueOf(each, taxMode)).toBe(grossOf(each, taxMode));
  });
});
