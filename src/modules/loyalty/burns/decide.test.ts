import { describe, expect, test } from 'vitest';
import { createWorld, MEMBER, POLICY, type World } from '../world.fixture.ts';

const BURN = { category: 'loyalty.burns', id: 'burn-1' };

/** Uses points on an order as `burn` with an order does, without the order's side. */
function burned(world: World, points: number): void {
  const before = world.happened.length;
  world.ofMember('BurnPoints', { points, reason: 'r' });
  const used = world.happened.slice(before).find(({ type }) => type === 'PointsBurned')!;
  const { lots } = used.data as { lots: unknown };
  world.put(BURN, [
    {
      type: 'BurnNoted',
      data: { burnId: BURN.id, memberId: MEMBER, orderId: 'o9', points, amount: points, lots },
    },
  ]);
}
const giveBack = (world: World, causeId: string, points?: number) =>
  world.run(BURN, {
    type: 'GiveBackBurn',
    input: { memberId: MEMBER, causeId, ...(points === undefined ? {} : { points }) },
    actor: POLICY,
  });

describe('Y11: points that were used', () => {
  test('go back to their lots with the original expiry', () => {
    const world = createWorld();
    world.pay('o1', 'p1', [{ lineId: 'l1', amount: 1000 }]);
    const before = world.member().lots;
    burned(world, 10);
    expect(world.member().lots).toEqual([]);
    world.days(100);
    giveBack(world, 'o9');
    expect(world.member().lots).toEqual(before);
  });

  test('are good for 14 days at least, beside what is left of the lot', () => {
    const world = createWorld({ expiry: { kind: 'months', months: 1 } });
    world.pay('o1', 'p1', [{ lineId: 'l1', amount: 1000 }]);
    burned(world, 4);
    world.days(27);
    giveBack(world, 'r1', 4);
    const days = world.member().lots.map(({ expiresOn, remaining }) => [expiresOn, remaining]);
    expect(days).toEqual([
      ['2026-02-28', 6],
      ['2026-03-13', 4],
    ]);
    const { lots } = world.member();
    expect(new Set(lots.map(({ lotId }) => lotId)).size).toBe(2);
  });

  test('come back even when their lot has expired meanwhile', () => {
    const world = createWorld({ expiry: { kind: 'months', months: 1 } });
    world.ofMember('EarnPoints', { points: 5, reason: 'r' });
    burned(world, 5);
    world.days(60);
    giveBack(world, 'o9');
    expect(world.balance()).toEqual({ points: 5, pending: 0, debt: 0 });
    expect(world.balance('2026-04-15').points).toBe(5);
    expect(world.balance('2026-04-16').points).toBe(0);
  });

  test('go back in parts, those used last first, and never more than were used', () => {
    const world = createWorld({ expiry: { kind: 'months', months: 1 } });
    world.ofMember('EarnPoints', { points: 5, reason: 'r' });
    world.days(1);
    world.ofMember('EarnPoints', { points: 5, reason: 'r' });
    burned(world, 8);
    giveBack(world, 'r1', 4);
    expect(world.member().lots.map(({ remaining }) => remaining)).toEqual([1, 5]);
    giveBack(world, 'r2', 100);
    expect(world.balance().points).toBe(10);
    expect(giveBack(world, 'r3', 1)).toMatchObject({ events: [] });
  });

  test('Y4: go back once for each refund', () => {
    const world = createWorld();
    world.ofMember('EarnPoints', { points: 5, reason: 'r' });
    burned(world, 5);
    giveBack(world, 'r1', 2);
    giveBack(world, 'r1', 2);
    expect(world.balance().points).toBe(2);
  });

  test('go back to nobody else', () => {
    const world = createWorld();
    world.ofMember('EarnPoints', { points: 5, reason: 'r' });
    burned(world, 5);
    const input = { memberId: 'jan', causeId: 'r1' };
    expect(world.run(BURN, { type: 'GiveBackBurn', input })).toMatchObject({
      code: 'BURN_UNKNOWN',
    });
  });
});
