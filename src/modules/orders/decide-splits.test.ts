/** A bill on which money or points came in is split by amount: what is still due goes, what came in stays. */
import { expect, test } from 'vitest';
import { dueOf, totalsOf } from './amounts.ts';
import { SPLIT_PARTS_MAX } from './commands-bill.ts';
import { usePointsOnOrder } from './decide-discounts.ts';
import { splitOrder } from './decide-splits.ts';
import { AT, line, orderWorld, place, putTill, type OrderWorld } from './orders.fixture.ts';

/** Two steaks and a coffee, 109.99 in all: lines c1-1 and c1-2. */
function open(): OrderWorld {
  const world = orderWorld();
  world.done(place([line('steak', 2), line('coffee')]));
  return world;
}

test('of a bill that was paid in part what is due is split; payment and tip stay', () => {
  const world = open();
  world.done({ type: 'PayOrder', input: { kind: 'cash', amount: 4000, tip: 500 } });
  const [moved] = world.done({ type: 'SplitOrder', input: { by: 'amount', parts: 3 } });
  expect(moved?.data).toMatchObject({ total: 6000, by: 'amount' });
  const bills = ['o1', 'c3-bill-1', 'c3-bill-2'].map((id) => totalsOf(world.order(id)));
  expect(bills).toMatchObject([
    { gross: 6000, paid: 3500, due: 2500, tips: 500 },
    { gross: 2500, paid: 0, due: 2500, tips: 0 },
    { gross: 2499, paid: 0, due: 2499, tips: 0 },
  ]);
  const tax = bills.reduce((sum, { taxes }) => sum + (taxes[0]?.tax ?? 0), 0);
  expect(tax).toBe(741 + 74);
  expect(world.order('c3-bill-1').payments).toEqual([]);
  world.done({ type: 'PayOrder', input: { kind: 'card', amount: 2500 } });
  expect(world.order()).toMatchObject({ status: 'closed', parts: 2 });
});

test('amounts are of what is due, and something of it has to stay', () => {
  const world = open();
  world.done({ type: 'PayOrder', input: { kind: 'card', amount: 6000 } });
  expect(world.run({ type: 'SplitOrder', input: { by: 'amount', amounts: [4999] } })).toMatchObject(
    { code: 'SPLIT_ABOVE_DUE', details: { due: { amount: 4999 } } },
  );
  world.done({ type: 'SplitOrder', input: { by: 'amount', amounts: [4998] } });
  expect(totalsOf(world.order())).toMatchObject({ gross: 6001, paid: 6000, due: 1 });
});

test('what was given back of a part payment is not due again, and stays', () => {
  const world = open();
  world.done({ type: 'PayOrder', input: { kind: 'card', amount: 6000 } });
  world.done({ type: 'RefundOrder', input: { amount: 1000, reason: 'cold' } });
  world.done({ type: 'SplitOrder', input: { by: 'amount', parts: 2 } });
  world.done({ type: 'PayOrder', input: { kind: 'card', amount: 2500 } });
  world.done({ type: 'RefundOrder', input: { reason: 'all of it' } });
  const { gross, refunded, taxes } = totalsOf(world.order());
  expect([gross, refunded]).toEqual([8500, 8500]);
  const back = world.order().refunds.reduce((sum, { tax }) => sum + tax, 0);
  expect(back).toBe(taxes[0]?.tax);
});

test('a line that owes nothing stays as it is when the others are split', () => {
  const world = open();
  world.done({ type: 'PayOrder', input: { kind: 'card', amount: 9998 } });
  const amount = dueOf(world.order().lines[0]!, 'inclusive');
  const input = { amount, lineIds: ['c1-1'], reason: 'r' };
  world.done({ type: 'GiveDiscount', input });
  const [steak] = world.order().lines;
  world.done({ type: 'SplitOrder', input: { by: 'amount', parts: 2 } });
  expect(world.order().lines[0]).toEqual(steak);
  expect(world.order('c4-bill-1').lines).toMatchObject([{ name: 'coffee' }]);
});

test('points stay on the bill they were used on, and leave it as before', () => {
  const world = open();
  const use = { orderId: 'o1', burnId: 'b1', memberId: 'm', points: 50, amount: 5000, at: AT };
  const used = usePointsOnOrder(world.order(), use);
  if (used.outcome !== 'accepted') throw new Error(used.code);
  world.put({ category: 'orders', id: 'o1' }, used.events);
  world.done({ type: 'SplitOrder', input: { by: 'amount', amounts: [2000] } });
  expect(totalsOf(world.order())).toMatchObject({ gross: 3999, pointsDiscounts: 5000 });
  const second = world.order('c2-bill-1');
  expect(totalsOf(second)).toMatchObject({ gross: 2000, pointsDiscounts: 0 });
  expect(second.burns).toEqual([]);
  world.done({ type: 'TakePointsOff', input: { burnId: 'b1', reason: 'r' } });
  expect(totalsOf(world.order())).toMatchObject({ gross: 8999, pointsDiscounts: 0 });
});

test('what a till counted of a payment and counts of the rest is the tax of the bill', () => {
  const world = orderWorld();
  putTill(world);
  world.done(place([line('water')]));
  const pay = (amount: number) =>
    world.done({ type: 'PayOrder', input: { kind: 'cash', amount, tillId: 'bar' } });
  pay(20);
  world.done({ type: 'SplitOrder', input: { by: 'amount', parts: 2 } });
  pay(157);
  const tills = world.log.filter(({ event }) => event.type === 'TillSaleRung');
  expect(tills.map(({ event }) => event.data)).toMatchObject([
    { settled: 20, taxes: [{ tax: 2 }] },
    { settled: 157, taxes: [{ tax: 12 }] },
  ]);
  expect(totalsOf(world.order()).taxes).toMatchObject([{ tax: 14, gross: 177 }]);
  expect(totalsOf(world.order('c3-bill-1')).taxes).toMatchObject([{ tax: 11, gross: 156 }]);
});

test('no two bills of a number are called alike, also when a bill that was split off is split', () => {
  const world = orderWorld();
  world.done(place([line('steak', 3), line('coffee', 3)]));
  const split = (id: string, count: number) =>
    world.done({ type: 'SplitOrder', id, input: { by: 'amount', parts: count + 1 } });
  split('o1', 2);
  split('c2-bill-1', 2);
  split('c3-bill-1', 1);
  split('c2-bill-1', 1);
  split('o1', 1);
  const ids = ['c2-bill-1', 'c2-bill-2', 'c3-bill-1', 'c3-bill-2', 'c4-bill-1', 'c5-bill-1'];
  const parts = ['o1', ...ids, 'c6-bill-1'].map((id) => world.order(id).part);
  expect(parts).toEqual([0, 1, 2, 200, 201, 20_100, 202, 3]);
});

/** Parts of all bills that splits made. */
function partsIn(world: OrderWorld): readonly number[] {
  // safe because bills that were split off have a part
  const placed = world.log.filter(({ event }) => event.type === 'OrderPlaced').slice(1);
  return placed.map(({ event }) => (event.data as { readonly part: number }).part);
}

test('however deep bills are split, no two are called alike', () => {
  const world = orderWorld();
  world.done(place([line('steak', 99), line('coffee', 99)]));
  for (let depth = 0, id = 'o1'; depth < 9; depth += 1) {
    const command = `deep-${depth}`;
    world.done({ type: 'SplitOrder', id, commandId: command, input: { by: 'amount', parts: 3 } });
    // Twice the same bill, then the last one that was split off it.
    const again = { by: 'amount', amounts: [1, 1] };
    world.done({ type: 'SplitOrder', id, commandId: `${command}-again`, input: again });
    id = `${command}-bill-2`;
  }
  const parts = partsIn(world);
  expect(parts).toHaveLength(36);
  expect(new Set(parts).size).toBe(36);
  expect(Math.max(...parts)).toBeLessThan(2 ** 31);
});

test('however often one bill is split, no two are called alike', () => {
  const world = orderWorld();
  world.done(place([line('steak', 9)]));
  world.done({ type: 'SplitOrder', input: { by: 'amount', parts: 2 } });
  const amounts = Array.from({ length: SPLIT_PARTS_MAX }, () => 1);
  for (const id of ['o1', 'c2-bill-1'])
    for (let turn = 0; turn < 30; turn += 1)
      world.done({ type: 'SplitOrder', id, input: { by: 'amount', amounts } });
  const parts = partsIn(world);
  expect(new Set(parts).size).toBe(1 + 2 * 30 * SPLIT_PARTS_MAX);
});

test('a split that needs a number that was not drawn is asked for again', () => {
  const world = orderWorld();
  world.done(place([line('steak')]));
  const own = { ...world.order(), part: 20_000_001 };
  const command = {
    id: 'o1',
    at: AT,
    commandId: 'c',
    number: 0,
    input: { by: 'amount', parts: 2 },
  };
  // safe because a split looks at these members of its command alone
  expect(splitOrder(own, command as Parameters<typeof splitOrder>[1])).toMatchObject({
    code: 'ORDER_CHANGED',
  });
});
