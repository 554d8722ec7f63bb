import { expect, test } from 'vitest';
import type { OrderCommand } from './commands.ts';
import { amountGivenAway } from './given-away.ts';
import { AT, line, orderWorld, place, type OrderWorld, type Said } from './orders.fixture.ts';

/** What a limit is held against, were the command given now. */
function counted(world: OrderWorld, { type, input }: Said): number | null {
  const standard = { id: 'o1', at: AT, commandId: 'c', secret: 's', actor: 'a', approver: null };
  // safe because tests say inputs of the command they name
  return amountGivenAway(world.order(), { ...standard, number: 0, type, input } as OrderCommand);
}

const refund = (amount: number): Said => ({ type: 'RefundOrder', input: { amount, reason: 'r' } });
const discount = (rate: number): Said => ({
  type: 'GiveDiscount',
  input: { rate, reason: 'regular' },
});

function paid(): OrderWorld {
  const world = orderWorld();
  const payments = [{ kind: 'card' as const, amount: 9998 }];
  world.done(place([line('steak', 2)], { payments }));
  return world;
}

test('a refund counts with the refunds of the order before it', () => {
  const world = paid();
  expect(counted(world, refund(1000))).toBe(1000);
  world.done(refund(1000));
  world.done(refund(500));
  expect(counted(world, refund(1))).toBe(1501);
});

test('a refund that will be refused gives nothing away, whatever was given before', () => {
  const world = paid();
  world.done(refund(9000));
  expect(counted(world, refund(1000))).toBe(0);
});

test('a discount counts with those that the order has, and not with one that was withdrawn', () => {
  const world = orderWorld();
  world.done(place([line('steak', 2)]));
  expect(counted(world, discount(10_000))).toBe(1000);
  world.done(discount(10_000));
  const more = counted(world, discount(10_000)) ?? 0;
  expect(more).toBeGreaterThan(1800);
  const [{ discountId } = { discountId: '' }] = world.order().discounts;
  world.done({ type: 'WithdrawDiscount', input: { discountId, reason: 'r' } });
  expect(counted(world, discount(10_000))).toBe(1000);
});

test('what gives nothing away has no amount', () => {
  expect(counted(orderWithLine(), { type: 'AskBill', input: {} })).toBeNull();
});

function orderWithLine(): OrderWorld {
  const world = orderWorld();
  world.done(place([line('steak')]));
  return world;
}
