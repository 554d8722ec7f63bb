import { expect, test } from 'vitest';
import { attributes, streams } from '../beside.ts';
import type { OrderCommand } from '../commands.ts';
import {
  line,
  LOCATION,
  orderWorld,
  place,
  type OrderWorld,
  type Said,
} from '../orders.fixture.ts';
import { allowanceAggregate } from './aggregate.ts';
import type { AllowanceEvent } from './events.ts';
import { allowanceList } from './read-models/allowance-list.ts';
import { ALLOWANCES, allowanceStream, givenAt, type AllowanceState } from './state.ts';

const DAY = '2026-11-21';
const ID = `${DAY}~key-1`;
const reason = 'cold';
const given = (world: OrderWorld, id = ID) =>
  // safe because it is the state of an allowance
  world.stateOf({ category: ALLOWANCES, id }) as AllowanceState;
const notes = (world: OrderWorld): readonly AllowanceEvent[] =>
  world.log.flatMap(({ stream, event }) =>
    // safe because streams of allowances hold events of allowances
    stream.startsWith(`${ALLOWANCES}/`) ? [event as AllowanceEvent] : [],
  );
const paidOrder = (world: OrderWorld, id: string): void => {
  const payments = [{ kind: 'card' as const, amount: 4999 }];
  world.done(place([line('steak')], { payments }, { id }));
};
const refund = (id: string, amount: number): Said => ({
  type: 'RefundOrder',
  id,
  input: { amount, reason },
});

test('O28: refunds and discounts of a person add up over orders, each of its own, in the unit of the order', () => {
  const world = orderWorld();
  paidOrder(world, 'o1');
  paidOrder(world, 'o2');
  world.done(place([line('steak')], {}, { id: 'o3' }));
  world.done(refund('o1', 1000));
  world.done(refund('o2', 500));
  world.done({ type: 'GiveDiscount', id: 'o3', input: { rate: 10_000, reason } });
  expect(given(world)).toEqual({
    status: 'known',
    person: 'key-1',
    businessDay: DAY,
    places: [{ locationId: LOCATION, refund: 1500, discount: 500 }],
  });
  expect(notes(world).map(({ data }) => data)).toMatchObject([
    { orderId: 'o1', given: 'refund', amount: 1000 },
    { orderId: 'o2', given: 'refund', amount: 500 },
    { orderId: 'o3', given: 'discount', amount: 500 },
  ]);
});

test('O28: a limit of the day sees what was given before with what is asked', () => {
  const world = orderWorld();
  paidOrder(world, 'o1');
  paidOrder(world, 'o2');
  world.done(refund('o1', 1000));
  // safe because a command of the pipeline has these members
  const command = {
    ...refund('o2', 300),
    at: '2026-11-21T18:30:00.000Z',
    commandId: 'c',
    actor: 'key-1',
  } as unknown as OrderCommand;
  const around = { stateOf: world.stateOf, versionOf: () => 0 };
  const own = world.order('o2');
  expect(attributes(own, command, around)).toMatchObject({ amount: 300, dayAmount: 1300 });
  const other = { ...command, actor: 'user:ana' };
  expect(attributes(own, other, around)).toMatchObject({ dayAmount: 300 });
  const nextDay = { ...command, at: '2026-11-22T18:30:00.000Z' };
  expect(attributes(own, nextDay, around)).toMatchObject({ dayAmount: 300 });
  expect(streams(command, around)).toEqual([{ category: ALLOWANCES, id: ID }]);
});

test('O28: what is refused, or gives nothing, notes nothing', () => {
  const world = orderWorld();
  paidOrder(world, 'o1');
  expect(world.refused(refund('o1', 9999))).toBe('REFUND_EXCEEDS_PAID');
  world.done(place([line('steak')], {}, { id: 'o2' }));
  world.done({ type: 'WithdrawDiscount', id: 'o2', input: { discountId: 'c1', reason } });
  expect(notes(world)).toEqual([]);
});

test('an id of a stream may hold who it is of', () => {
  const person = 'user:0198c1f2-7d2a-7000-8000-000000000000';
  const { id } = allowanceStream({ person, businessDay: DAY });
  expect(id).toBe(`${DAY}~user~0198c1f2-7d2a-7000-8000-000000000000`);
});

test('O29: the count is begun anew by somebody else only, and once', () => {
  const world = orderWorld();
  paidOrder(world, 'o1');
  world.done(refund('o1', 1000));
  const { decide, evolve } = allowanceAggregate;
  const input = { locationId: LOCATION, reason };
  const around = { stateOf: world.stateOf, versionOf: () => 0 };
  const asked = (actor: string) =>
    decide(given(world), { type: 'RestartAllowance', input, actor } as never, around);
  expect(asked('key-1')).toMatchObject({ code: 'ALLOWANCE_IS_OWN' });
  const decision = asked('user:boss');
  expect(decision).toMatchObject({ events: [{ type: 'AllowanceRestarted' }] });
  if (decision.outcome === 'rejected') return;
  const moment = { at: 'now', version: 2 };
  // safe because the aggregate folds its own state
  const after = evolve(given(world), decision.events[0]!, moment) as AllowanceState;
  expect(givenAt(after, { locationId: LOCATION, given: 'refund' })).toBe(0);
});

test('the list has a row for each person, day and location', () => {
  const world = orderWorld();
  paidOrder(world, 'o1');
  world.done(refund('o1', 1000));
  // safe because the list looks at the stream, the type and the data
  const [noted] = notes(world).map((event) => ({ ...event, id: ID }) as never);
  expect(allowanceList.keys(noted!)).toEqual([`${ID}~${LOCATION}`]);
  const row = allowanceList.project(null, noted!, '');
  expect(row).toMatchObject({ allowance_id: ID, person: 'key-1', refund: 1000, discount: 0 });
  expect(allowanceList.project(row, noted!, '')).toMatchObject({ refund: 2000 });
});
