/** Refunds at the edges: corrections of imported bills, bills that were cancelled, payers who changed. */
import { describe, expect, test } from 'vitest';
import { usePointsOnOrder } from './decide-discounts.ts';
import { orders } from './index.ts';
import { AT, line, LOCATION, orderWorld, place, type OrderWorld } from './orders.fixture.ts';
import { decide as decideImport } from './import-batches/decide.ts';
import { evolve, initialState } from './state.ts';
import { type OrderState } from './order-state.ts';
import type { OrderEvent } from './events.ts';

/** A bill of the past: 10.00, 5.00 and a correction of -2.00, paid with 13.00. */
function imported(): OrderWorld {
  const world = orderWorld();
  const sold = (name: string, amount: number) => ({
    productId: name,
    name,
    quantity: 1,
    amount,
    taxClass: 'food',
  });
  const lines = [sold('steak', 1000), sold('soup', 500), sold('mistake', -200)];
  const input = {
    locationId: LOCATION,
    currency: 'PLN' as const,
    orders: [{ id: 'o1', number: 1, businessDay: '2026-11-20', lines }],
  };
  const command = { id: 'b1', at: AT, commandId: 'cb', secret: 's', actor: 'a', approver: null };
  const decision = decideImport(
    { status: 'unknown' },
    { ...command, type: 'ImportOrders', input, number: 0 },
    { ...world, versionOf: () => 0 },
  );
  if (decision.outcome === 'rejected') throw new Error(decision.code);
  // safe because the batch puts events of orders on streams of orders
  const events = (decision.elsewhere[0]?.events ?? []) as readonly OrderEvent[];
  const state = events.reduce<OrderState>(
    (before, event) => evolve(before, event, { at: AT, version: 1 }),
    initialState,
  );
  world.set({ category: 'orders', id: 'o1' }, state);
  return world;
}

describe('a bill with a correction', () => {
  const refund = (more: object) => ({
    type: 'RefundOrder' as const,
    input: { reason: 'r', ...more },
  });
  const given = (world: OrderWorld) =>
    world.order().refunds.reduce((sum, { amount }) => sum + amount, 0);

  test('is refunded wholly for what was paid, not for what its lines would be without it', () => {
    const world = imported();
    world.done(refund({}));
    expect(given(world)).toBe(1300);
    expect(world.refused(refund({}))).toBe('REFUND_EXCEEDS_PAID');
  });

  test('gives back exactly the amount that is asked for', () => {
    for (const amount of [1, 300, 777, 1300]) {
      const world = imported();
      world.done(refund({ amount }));
      expect(given(world)).toBe(amount);
    }
    expect(imported().refused(refund({ amount: 1301 }))).toBe('REFUND_EXCEEDS_PAID');
  });

  test('O5: never gives back more than was paid in all, line by line either', () => {
    const world = imported();
    expect(world.refused(refund({ lines: [{ lineId: '1' }, { lineId: '2' }] }))).toBe(
      'REFUND_EXCEEDS_PAID',
    );
    world.done(refund({ lines: [{ lineId: '1' }] }));
    expect(world.refused(refund({ lines: [{ lineId: '2' }] }))).toBe('REFUND_EXCEEDS_PAID');
    world.done(refund({ lines: [{ lineId: '2', amount: 300 }] }));
    expect(given(world)).toBe(1300);
  });

  test('takes no money in: a correction alone is not refunded', () => {
    expect(imported().refused(refund({ lines: [{ lineId: '3' }] }))).toBe('REFUND_EXCEEDS_PAID');
    const world = imported();
    world.done(refund({ amount: 1300 }));
    expect(world.refused(refund({}))).toBe('REFUND_EXCEEDS_PAID');
  });
});

test('points of a bill that was cancelled went back with it and are not refunded again', () => {
  const world = orderWorld();
  world.done(place([line('steak'), line('water')]));
  const use = { orderId: 'o1', burnId: 'b1', memberId: 'm1', points: 333, amount: 333, at: AT };
  const used = usePointsOnOrder(world.order(), { ...use, amount: 4999 + 333 - 1 });
  if (used.outcome === 'rejected') throw new Error(used.code);
  // Wholly paid with points: one line is free, of the other a unit is left.
  const state = used.events.reduce<OrderState>(
    (before, event) => evolve(before, event as OrderEvent, { at: AT, version: 2 }),
    world.order(),
  );
  world.set({ category: 'orders', id: 'o1' }, state);
  world.done({ type: 'CancelOrder', input: { reason: 'r' } });
  expect(world.refused({ type: 'RefundOrder', input: { reason: 'r' } })).toBe(
    'REFUND_EXCEEDS_PAID',
  );
});

test('a refund names everybody who paid as a customer, whoever the order is of by then', () => {
  const world = orderWorld();
  world.done(place([line('steak', 2)], { customerId: 'ana' }));
  world.done({ type: 'PayOrder', input: { kind: 'card', amount: 4000 } });
  world.done({ type: 'SetOrderCustomer', input: { customerId: 'ben' } });
  world.done({ type: 'PayOrder', input: { kind: 'card', amount: 3000 } });
  world.done({ type: 'SetOrderCustomer', input: { customerId: null } });
  const [refunded] = world.done({ type: 'RefundOrder', input: { reason: 'r' } });
  expect(refunded?.data).toMatchObject({ customerId: null, payers: ['ana', 'ben'] });
});

test('an order is where its location is, for roles that are bound to some', () => {
  const world = orderWorld();
  world.done(place([line('water')]));
  const found = orders.aggregates.find(({ aggregate }) => aggregate.category === 'orders');
  expect(found?.aggregate.locationOf?.(world.order())).toBe(LOCATION);
  expect(found?.aggregate.locationOf?.({ status: 'unknown' })).toBe(null);
});

test('money goes back the way most was paid, whatever it was paid in parts', () => {
  const world = orderWorld();
  const payments = [
    { kind: 'cash' as const, amount: 1999 },
    { kind: 'card' as const, amount: 1500 },
    { kind: 'card' as const, amount: 1500 },
  ];
  world.done(place([line('steak')], { payments }));
  world.done({ type: 'RefundOrder', input: { reason: 'cold' } });
  expect(world.order().refunds).toMatchObject([{ kind: 'card', amount: 4999 }]);
});
