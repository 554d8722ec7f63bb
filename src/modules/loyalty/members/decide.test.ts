import { describe, expect, test } from 'vitest';
import { loyalty } from '../index.ts';
import { createWorld, MEMBER } from '../world.fixture.ts';
import { initialState, MEMBERS } from './state.ts';

const earn = (points: number) => ({ points, reason: 'birthday' });
const codeOf = (decision: { outcome: string }) =>
  'code' in decision ? decision.code : decision.outcome;
const MEMBER_STREAM = { category: 'loyalty.members', id: MEMBER };

describe('enrolling', () => {
  const stranger = { category: 'loyalty.members', id: 'jan' };

  test('the member has the id of the customer and the phone by which a till finds it', () => {
    const world = createWorld();
    world.put({ category: 'customers', id: 'jan' }, [
      {
        type: 'CustomerRegistered',
        data: { customerId: 'jan', name: 'Jan', phone: '+48500600700', language: 'pl' },
      },
    ]);
    const input = { customerId: 'jan' };
    world.run(stranger, { type: 'EnrolMember', input });
    expect(world.happened.at(-1)).toEqual({
      type: 'MemberEnrolled',
      data: {
        memberId: 'jan',
        customerId: 'jan',
        on: '2026-01-31',
        automatic: false,
        phone: '+48500600700',
      },
    });
    expect(world.run(stranger, { type: 'EnrolMember', input })).toMatchObject({ events: [] });
  });

  test('whoever is no customer of the tenant cannot be enrolled', () => {
    const input = { customerId: 'jan' };
    expect(codeOf(createWorld().run(stranger, { type: 'EnrolMember', input }))).toBe(
      'MEMBER_WITHOUT_CUSTOMER',
    );
  });

  test('a member cannot be given another id than its customer', () => {
    const input = { customerId: MEMBER };
    expect(codeOf(createWorld().run(stranger, { type: 'EnrolMember', input }))).toBe(
      'MEMBER_ID_DIFFERS',
    );
  });

  test('customers become members by themselves only where the rules say so', () => {
    const registered = [
      { type: 'CustomerRegistered', data: { customerId: 'jan', name: 'Jan', language: 'pl' } },
    ];
    for (const autoEnrol of [false, true]) {
      const world = createWorld({ autoEnrol });
      world.put({ category: 'customers', id: 'jan' }, registered);
      world.run(stranger, { type: 'EnrolMember', input: { customerId: 'jan', automatic: true } });
      expect(world.eventsNamed('MemberEnrolled')).toHaveLength(autoEnrol ? 1 : 0);
    }
  });
});

describe('earning and using points by hand', () => {
  test('Y1: nobody uses more points than they have', () => {
    const world = createWorld();
    world.ofMember('EarnPoints', earn(10));
    expect(world.ofMember('BurnPoints', { points: 11, reason: 'r' })).toMatchObject({
      code: 'POINTS_NOT_ENOUGH',
      details: { points: 10 },
    });
    expect(world.ofMember('AdjustPoints', { points: -11, reason: 'r' })).toMatchObject({
      code: 'POINTS_NOT_ENOUGH',
    });
    world.ofMember('BurnPoints', { points: 10, reason: 'r' });
    expect(world.balance()).toEqual({ points: 0, pending: 0, debt: 0 });
    expect(world.member().lots).toEqual([]);
  });

  test('Y5: points that expire soonest are used first, and the event names each lot with its order line', () => {
    const world = createWorld({ expiry: { kind: 'months', months: 1 } });
    world.pay('o1', 'p1', [
      { lineId: 'l1', amount: 300 },
      { lineId: 'l2', amount: 200 },
    ]);
    world.days(1);
    world.ofMember('EarnPoints', earn(10));
    world.ofMember('BurnPoints', { points: 6, reason: 'r' });
    expect(world.eventsNamed('PointsBurned')[0]).toMatchObject({
      data: {
        points: 6,
        amount: 6,
        lots: [
          { points: 3, orderId: 'o1', lineId: 'l1', rules: 3, expiresOn: '2026-02-28' },
          { points: 2, orderId: 'o1', lineId: 'l2', rules: 3, earnedOn: '2026-01-31' },
          { points: 1, orderId: null, lineId: null, expiresOn: '2026-03-01' },
        ],
        balance: { points: 9, pending: 0, debt: 0 },
      },
    });
  });

  test('pending points cannot be used until their day', () => {
    const world = createWorld({ pendingDays: 3 });
    world.ofMember('EarnPoints', earn(10));
    expect(world.balance()).toEqual({ points: 0, pending: 10, debt: 0 });
    expect(codeOf(world.ofMember('BurnPoints', { points: 1, reason: 'r' }))).toBe(
      'POINTS_NOT_ENOUGH',
    );
    world.days(3);
    expect(world.balance()).toEqual({ points: 10, pending: 0, debt: 0 });
    world.ofMember('BurnPoints', { points: 1, reason: 'r' });
    expect(world.happened.map(({ type }) => type)).toContain('PointsActivated');
  });

  test('an adjustment up is a lot of its own, usable at once', () => {
    const world = createWorld({ pendingDays: 3 });
    world.ofMember('AdjustPoints', { points: 25, reason: 'the till was down' });
    expect(world.balance()).toEqual({ points: 25, pending: 0, debt: 0 });
  });

  test('who is no member has no points to move', () => {
    const nobody = { category: 'loyalty.members', id: 'nobody' };
    for (const [type, input] of [
      ['EarnPoints', earn(1)],
      ['BurnPoints', { points: 1, reason: 'r' }],
      ['ReviewMember', {}],
    ] as const)
      expect(codeOf(createWorld().run(nobody, { type, input }))).toBe('MEMBER_UNKNOWN');
  });
});

describe('time', () => {
  test('Y6: points are good on the last day of the month and gone the day after, with or without an event', () => {
    const world = createWorld({ expiry: { kind: 'months', months: 1 } });
    world.ofMember('EarnPoints', earn(10));
    expect(world.balance('2026-02-28').points).toBe(10);
    expect(world.balance('2026-03-01').points).toBe(0);
    expect(world.eventsNamed('PointsExpired')).toEqual([]);
    world.days(29);
    expect(codeOf(world.ofMember('BurnPoints', { points: 1, reason: 'r' }))).toBe(
      'POINTS_NOT_ENOUGH',
    );
    world.ofMember('ReviewMember', {});
    expect(world.eventsNamed('PointsExpired')).toMatchObject([
      { data: { points: 10, on: '2026-03-01', balance: { points: 0 } } },
    ]);
  });

  test('Y7: the next day on which something is due is planned, earlier ones anew and the next when it has come', () => {
    const world = createWorld({ expiry: { kind: 'months', months: 1 }, timeZone: 'Europe/Warsaw' });
    const planned = () => world.eventsNamed('ReviewPlanned').map(({ data }) => data);
    world.ofMember('EarnPoints', earn(10));
    world.days(1);
    world.ofMember('EarnPoints', earn(10));
    expect(planned()).toEqual([{ memberId: MEMBER, on: '2026-03-01', at: '2026-02-28T23:00:00Z' }]);
    world.days(28);
    world.ofMember('ReviewMember', {});
    expect(planned()[1]).toEqual({
      memberId: MEMBER,
      on: '2026-03-02',
      at: '2026-03-01T23:00:00Z',
    });
    world.days(1);
    world.ofMember('ReviewMember', {});
    expect(planned()).toHaveLength(2);
    expect(world.member().lots).toEqual([]);
  });

  test('a timer that comes too soon sets itself again', () => {
    const world = createWorld();
    world.ofMember('EarnPoints', earn(10));
    world.ofMember('ReviewMember', {});
    expect(world.eventsNamed('ReviewPlanned')).toHaveLength(2);
  });
});

describe('tiers', () => {
  const tiers = {
    by: 'points' as const,
    months: 2,
    graceDays: 10,
    levels: [{ tierId: 'gold', name: 'Gold', threshold: 100, percent: 150 }],
  };
  const tierOf = (world: ReturnType<typeof createWorld>) => world.member().standing.tier;

  test('Y8: a tier is reached at once and lost only after its grace', () => {
    const world = createWorld({ tiers });
    world.ofMember('EarnPoints', earn(100));
    expect(tierOf(world)).toBe('gold');
    world.days(40);
    world.ofMember('ReviewMember', {});
    expect(world.member().standing).toMatchObject({ tier: 'gold', graceUntil: '2026-03-22' });
    world.days(10);
    world.ofMember('ReviewMember', {});
    expect(tierOf(world)).toBe('gold');
    world.days(1);
    world.ofMember('ReviewMember', {});
    expect(world.member().standing).toMatchObject({ tier: 'standard', graceUntil: null });
  });

  test('who reaches the threshold again within the grace keeps the tier', () => {
    const world = createWorld({ tiers });
    world.ofMember('EarnPoints', earn(100));
    world.days(40);
    world.ofMember('EarnPoints', earn(1));
    world.ofMember('EarnPoints', earn(99));
    expect(world.member().standing).toMatchObject({ tier: 'gold', graceUntil: null });
    expect(world.eventsNamed('TierGraceSet')).toHaveLength(2);
  });

  test('a refund takes from what a tier was judged by; without grace it is lost at once', () => {
    const world = createWorld({ tiers: { ...tiers, graceDays: 0, by: 'spend' } });
    world.pay('o1', 'p1', [{ lineId: 'l1', amount: 100 }]);
    expect(tierOf(world)).toBe('gold');
    world.pay('o2', 'p1', [{ lineId: 'l1', amount: 200 }]);
    expect(world.eventsNamed('PointsEarned')[1]).toMatchObject({
      data: { earned: 3, tier: 'gold' },
    });
    world.refund('o2', 'r1', [{ lineId: 'l1', amount: 200 }]);
    expect(tierOf(world)).toBe('gold');
    world.refund('o1', 'r1', [{ lineId: 'l1', amount: 1 }]);
    expect(tierOf(world)).toBe('standard');
  });

  test('a tier that the rules no longer have is left', () => {
    const world = createWorld({ tiers });
    world.ofMember('EarnPoints', earn(100));
    const rules = { ...world.rules, tiers: { ...tiers, levels: [] } };
    const data = { programmeId: 'main', version: 4, name: 'Club', rules, reason: 'r' };
    world.put({ category: 'loyalty.programmes', id: 'main' }, [
      { type: 'ProgrammeRulesSet', data },
    ]);
    world.ofMember('ReviewMember', {});
    expect(tierOf(world)).toBe('standard');
  });
});

test('labels are kept sorted, and the same ones again change nothing', () => {
  const world = createWorld();
  world.ofMember('LabelMember', { segments: ['student', 'neighbour'] });
  expect(world.member().segments).toEqual(['neighbour', 'student']);
  expect(world.ofMember('LabelMember', { segments: ['neighbour', 'student'] })).toMatchObject({
    events: [],
  });
});

test('limits of roles see what points are worth', async () => {
  const { attributes } = await import('./decide.ts');
  const world = createWorld({ pointValue: { points: 2, amount: 5 } });
  const asked = { type: 'AdjustPoints', input: { points: -10, reason: 'r' } };
  const command = { ...asked, id: MEMBER, at: world.at(), commandId: 'c' } as never;
  const around = { stateOf: world.stateOf, versionOf: () => 1 };
  expect(attributes(world.member(), command, around).amount).toBe(25);
  expect(world.stateOf(MEMBER_STREAM)).toBe(world.member());
});

test('points are used where the order is, so that a role bound to a place uses none elsewhere', () => {
  const found = loyalty.aggregates.find(({ aggregate }) => aggregate.category === MEMBERS);
  const order = { status: 'open', locationId: 'centro' };
  const around = {
    stateOf: ({ category }: { category: string }) =>
      category === 'orders' ? order : { status: 'unknown' },
    versionOf: () => 1,
  };
  const command = {
    id: 'ana',
    at: '',
    commandId: 'c',
    secret: '',
    actor: 'a',
    approver: null,
    number: 0,
  };
  const burn = (more: object) =>
    found?.aggregate.attributes?.(
      initialState,
      { ...command, type: 'BurnPoints', input: { points: 5, reason: 'r', ...more } },
      around,
    );
  expect(burn({ orderId: 'o1' })).toEqual({ locationId: 'centro', shiftOf: null, amount: 5 });
  expect(burn({})).toEqual({ locationId: null, shiftOf: null, amount: 5 });
});
