/** Two bills become one: who sits there and whose bill it is. What becomes of lines and payments: decide-bill.test.ts. */
import { expect, test } from 'vitest';
import { rowAfter } from '../../../test/support/given.ts';
import { totalsOf } from './amounts.ts';
import { line, orderWorld, place } from './orders.fixture.ts';
import { orderList } from './read-models/order-list.ts';

function one() {
  const world = orderWorld();
  world.done(place([line('steak', 2), line('coffee')]));
  return world;
}

test.each([
  ['nobody', 'anna', 'anna'],
  ['ewa', 'anna', 'ewa'],
  ['ewa', 'nobody', 'ewa'],
  ['nobody', 'nobody', null],
])('a merge into an order of %s, with one of %s, makes it one of %s', (into, from, then) => {
  const world = orderWorld();
  const of = (who: string) => (who === 'nobody' ? {} : { customerId: who });
  world.done(place([line('steak')], of(into)));
  world.done(place([line('water')], of(from), { id: 'o2' }));
  world.done({ type: 'MergeOrder', id: 'o2', input: { intoOrderId: 'o1' } });
  expect(world.order().customerId).toBe(then);
  world.done({ type: 'PayOrder', input: { kind: 'card', amount: 5332 } });
  const paid = world.log.map(({ event }) => event).slice(-2);
  expect(paid.map(({ type }) => type)).toEqual(['OrderPaymentTaken', 'OrderClosed']);
  for (const { data } of paid) expect(data).toMatchObject({ customerId: then });
});

test.each<readonly [number | undefined, number | undefined, number | null]>([
  [3, 2, 5],
  [3, undefined, 3],
  [undefined, 2, 2],
  [undefined, undefined, null],
])('covers of merged orders, %s and %s, are counted as %s', (first, second, then) => {
  const world = orderWorld();
  const many = (guests: number | undefined) => (guests === undefined ? {} : { guests });
  world.done(place([line('steak')], many(first)));
  world.done(place([line('water')], many(second), { id: 'o2' }));
  world.done({ type: 'MergeOrder', id: 'o2', input: { intoOrderId: 'o1' } });
  expect(world.order().guests).toBe(then);
  const events = world.done({ type: 'PayOrder', input: { kind: 'card', amount: 5332 } });
  const closed = events.find(({ type }) => type === 'OrderClosed');
  expect(closed?.data).toEqual(
    then === null
      ? expect.not.objectContaining({ guests: expect.anything() })
      : expect.objectContaining({ guests: then }),
  );
  // safe because these are events of one order
  const own = world.log.filter(({ stream }) => stream === 'orders/o1').map((each) => each.event);
  expect(rowAfter(orderList, 'o1', own as never)).toMatchObject({ guests: then });
});

test('an order without lines brings its guests and its customer too', () => {
  const world = one();
  world.done(place([], { guests: 2, customerId: 'anna' }, { id: 'o2' }));
  world.done({ type: 'MergeOrder', id: 'o2', input: { intoOrderId: 'o1' } });
  expect(world.order()).toMatchObject({ guests: 2, customerId: 'anna' });
  expect(totalsOf(world.order()).gross).toBe(10999);
});

test('a transfer of lines brings neither guests nor customer', () => {
  const world = one();
  const lines = [line('water'), line('coffee')];
  world.done(place(lines, { guests: 2, customerId: 'anna' }, { id: 'o2' }));
  const [first] = world.order('o2').lines;
  const moved = { intoOrderId: 'o1', lines: [{ lineId: first?.lineId }] };
  world.done({ type: 'TransferLines', id: 'o2', input: moved });
  expect(world.order()).toMatchObject({ guests: null, customerId: null });
});
