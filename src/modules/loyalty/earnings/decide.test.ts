import { describe, expect, test } from 'vitest';
import type { KnownMember } from '../members/state.ts';
import { createWorld, MEMBER, POLICY } from '../world.fixture.ts';

const line = (amount: number, lineId = 'l1') => ({ lineId, amount });
const nothing = { points: 0, pending: 0, debt: 0 };

describe('a payment', () => {
  test('earns for each line, in a lot that names the order line and the version of the rules', () => {
    const world = createWorld();
    world.pay('o1', 'p1', [line(350), line(650, 'l2')]);
    expect(world.eventsNamed('PointsEarned')[0]).toMatchObject({
      data: {
        earned: 10,
        lots: [
          { points: 3, orderId: 'o1', lineId: 'l1', rules: 3 },
          { points: 7, orderId: 'o1', lineId: 'l2', rules: 3 },
        ],
        remainder: { shares: 0 },
      },
    });
  });

  test('Y2: many small payments earn like one large one', () => {
    const world = createWorld();
    for (let index = 0; index < 10; index += 1) world.pay('o1', `p${index}`, [line(35)]);
    expect(world.balance().points).toBe(3);
    expect(world.member().remainder).toEqual({ shares: 500_000, of: 1_000_000 });
  });

  test('Y4: counts once under its id', () => {
    const world = createWorld();
    world.pay('o1', 'p1', [line(1000)]);
    expect(world.pay('o1', 'p1', [line(1000)])).toMatchObject({ events: [], elsewhere: [] });
    expect(world.balance().points).toBe(10);
  });

  test('earns nothing for who is no member, in another currency, or by hand', () => {
    const world = createWorld({ currency: 'PLN' });
    world.pay('o1', 'p1', [line(1000)]);
    expect(world.balance()).toEqual(nothing);
    const movement = { kind: 'refund', refundId: 'r', lines: [] };
    const stream = { category: 'loyalty.earnings', id: 'o2' };
    const type = 'EarnForOrder';
    const stranger = { memberId: 'stranger', movement };
    expect(world.run(stream, { type, input: stranger, actor: 'policy:x' })).toMatchObject({
      outcome: 'accepted',
      events: [],
      elsewhere: [],
    });
    expect(world.run(stream, { type, input: { memberId: MEMBER, movement } })).toMatchObject({
      code: 'ONLY_FOR_ORDERS',
    });
  });
});

describe('a refund', () => {
  test.each([
    ['ana', 'ben'],
    ['ben', 'ana'],
  ])('of a bill that two members paid takes from each what it earned, %s first', (...asked) => {
    const world = createWorld();
    const ben = { customerId: 'ben', name: 'Ben', language: 'en' };
    world.put({ category: 'customers', id: 'ben' }, [{ type: 'CustomerRegistered', data: ben }]);
    const enrol = { type: 'EnrolMember', input: { customerId: 'ben' } };
    world.run({ category: 'loyalty.members', id: 'ben' }, enrol);
    const ask = (memberId: string, movement: object) =>
      world.run(
        { category: 'loyalty.earnings', id: 'o1' },
        { type: 'EarnForOrder', input: { memberId, movement }, actor: POLICY },
      );
    const paid = {
      currency: 'EUR',
      businessDay: '2026-01-31',
      paidAt: world.at(),
      kind: 'payment',
    };
    const product = { productId: 'p', categoryId: null };
    ask(MEMBER, { ...paid, paymentId: 'p1', lines: [{ ...line(500), ...product }] });
    ask('ben', { ...paid, paymentId: 'p2', lines: [{ ...line(500), ...product }] });
    const refund = { kind: 'refund', refundId: 'r1', lines: [line(700)] };
    for (const memberId of [...asked, ...asked]) ask(memberId, refund);
    const pointsOf = (id: string) => {
      const { lots } = world.stateOf({ category: 'loyalty.members', id }) as KnownMember;
      return lots.reduce((sum, { remaining }) => sum + remaining, 0);
    };
    expect([pointsOf(MEMBER), pointsOf('ben')]).toEqual([0, 3]);
  });

  test('Y3: takes back the points of exactly its lines, in proportion', () => {
    const world = createWorld();
    world.pay('o1', 'p1', [line(1000), line(500, 'l2')]);
    world.refund('o1', 'r1', [line(300)]);
    expect(world.balance().points).toBe(12);
    world.refund('o1', 'r2', [line(700), line(500, 'l2')]);
    expect(world.balance()).toEqual(nothing);
    expect(world.member().remainder.shares).toBe(0);
  });

  test('Y4: counts once under its id, and never takes more than was earned', () => {
    const world = createWorld();
    world.pay('o1', 'p1', [line(1000)]);
    world.ofMember('EarnPoints', { points: 50, reason: 'r' });
    world.refund('o1', 'r1', [line(1000)]);
    expect(world.refund('o1', 'r1', [line(1000)])).toMatchObject({ events: [] });
    expect(world.refund('o1', 'r2', [line(1000)])).toMatchObject({ events: [] });
    expect(world.balance()).toEqual({ ...nothing, points: 50 });
  });

  test('Y9: what was spent becomes debt, which the next earnings pay first', () => {
    const world = createWorld();
    world.pay('o1', 'p1', [line(10_000)]);
    world.ofMember('BurnPoints', { points: 60, reason: 'r' });
    world.refund('o1', 'r1', [line(10_000)]);
    expect(world.balance()).toEqual({ ...nothing, debt: 60 });
    world.pay('o2', 'p1', [line(5000)]);
    expect(world.balance()).toEqual({ ...nothing, debt: 10 });
    world.ofMember('EarnPoints', { points: 25, reason: 'r' });
    expect(world.balance()).toEqual({ ...nothing, points: 15 });
  });

  test('Y9: lots of other orders are left alone', () => {
    const world = createWorld();
    world.pay('o1', 'p1', [line(10_000)]);
    world.days(1);
    world.pay('o2', 'p1', [line(5000)]);
    world.ofMember('BurnPoints', { points: 60, reason: 'r' });
    world.refund('o1', 'r1', [line(10_000)]);
    expect(world.balance()).toEqual({ ...nothing, points: 50, debt: 60 });
  });

  test('a manager may forgive a debt, never more than there is', () => {
    const world = createWorld();
    world.pay('o1', 'p1', [line(1000)]);
    world.ofMember('BurnPoints', { points: 10, reason: 'r' });
    world.refund('o1', 'r1', [line(1000)]);
    expect(world.ofMember('ForgiveDebt', { points: 11, reason: 'r' })).toMatchObject({
      code: 'NO_DEBT',
    });
    world.ofMember('ForgiveDebt', { points: 4, reason: 'our mistake' });
    world.ofMember('ForgiveDebt', { reason: 'our mistake' });
    expect(world.balance()).toEqual(nothing);
    expect(world.ofMember('ForgiveDebt', { reason: 'r' })).toMatchObject({ code: 'NO_DEBT' });
  });

  test('what has expired is not owed', () => {
    const world = createWorld({ expiry: { kind: 'months', months: 1 } });
    world.pay('o1', 'p1', [line(1000)]);
    world.days(60);
    world.refund('o1', 'r1', [line(1000)]);
    expect(world.balance()).toEqual(nothing);
  });

  test('a point that two lines made together is taken where it stands, and owed by nobody', () => {
    const world = createWorld();
    world.pay('o1', 'p1', [line(50)]);
    world.pay('o2', 'p1', [line(50)]);
    expect(world.balance().points).toBe(1);
    world.refund('o1', 'r1', [line(50)]);
    expect(world.balance()).toEqual(nothing);
    world.refund('o2', 'r1', [line(50)]);
    expect(world.balance()).toEqual(nothing);
    expect(world.member().remainder.shares).toBe(0);
  });

  test('undoes what was earned under other rules by these, not by those of now', () => {
    const world = createWorld();
    world.pay('o1', 'p1', [line(1000)]);
    const rules = { ...world.rules, earning: { ...world.rules.earning, points: 5 } };
    const data = { programmeId: 'main', version: 4, name: 'Club', rules, reason: 'r' };
    world.put({ category: 'loyalty.programmes', id: 'main' }, [
      { type: 'ProgrammeRulesSet', data },
    ]);
    world.pay('o2', 'p1', [line(1000)]);
    expect(world.balance().points).toBe(60);
    world.refund('o1', 'r1', [line(1000)]);
    expect(world.balance().points).toBe(50);
  });
});
