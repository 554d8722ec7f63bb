import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_RULES, type Rules } from '../rules/rules.ts';
import { createWorld, MEMBER, type World } from '../world.fixture.ts';
import { newSimulation, simulate, totalsOf, type SimulatedEvent } from './simulate.ts';

const tiers: Rules['tiers'] = {
  by: 'points',
  months: 2,
  graceDays: 5,
  levels: [
    { tierId: 'silver', name: 'Silver', threshold: 20, percent: 150 },
    { tierId: 'gold', name: 'Gold', threshold: 60, percent: 200 },
  ],
};
const amount = fc.integer({ min: 1, max: 2500 });
const step = fc.oneof(
  fc.record({
    kind: fc.constant('pay' as const),
    amounts: fc.array(amount, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('refund' as const), order: fc.nat(20), line: fc.nat(2), amount }),
  fc.record({ kind: fc.constant('days' as const), days: fc.integer({ min: 1, max: 25 }) }),
);

/** Lets days pass with the timer that every member has. */
function live(world: World, days: number): void {
  for (let day = 0; day < days; day += 1) {
    world.days(1);
    const { reviewOn } = world.member();
    if (reviewOn !== null && reviewOn <= world.today()) world.ofMember('ReviewMember', {});
  }
}

test('Y13: simulating the rules that were in force gives what was given, month by month and tier by tier', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const world = createWorld({ tiers });
      const simulation = newSimulation({ ...DEFAULT_RULES, tiers });
      const enrolledAt = world.at();
      const members = new Map([[MEMBER, { enrolledAt, segments: [] }]]);
      const see = (type: string, data: object) => {
        const from = world.happened.length;
        // safe because these are the members that a simulation looks at
        const event = { type, data: { customerId: MEMBER, ...data }, at: world.at() };
        simulate(simulation, event as unknown as SimulatedEvent, members);
        return from;
      };
      for (const [index, each] of steps.entries()) {
        const from = world.happened.length;
        if (each.kind === 'days') live(world, each.days);
        if (each.kind === 'pay') {
          const lines = each.amounts.map((paid, line) => ({ lineId: `l${line}`, amount: paid }));
          world.pay(`o${index}`, 'p', lines);
          const told = lines.map((line) => ({ ...line, productId: 'p', categoryId: null }));
          const day = world.at().slice(0, 10);
          see('OrderPaymentTaken', {
            orderId: `o${index}`,
            businessDay: day,
            currency: 'EUR',
            imported: false,
            lines: told,
          });
        }
        if (each.kind === 'refund') {
          const lines = [{ lineId: `l${each.line}`, amount: each.amount }];
          world.refund(`o${each.order}`, `r${index}`, lines);
          see('OrderRefunded', { orderId: `o${each.order}`, lines });
        }
        for (const { type, data } of world.happened.slice(from))
          if (type === 'PointsEarned' || type === 'PointsTakenBack') see(type, data);
      }
      for (const { points, givenPoints, cost, givenCost } of totalsOf(simulation))
        expect([points, cost]).toEqual([givenPoints, givenCost]);
    }),
  );
});

test('who was no member yet, or what was imported, would have earned nothing', () => {
  const simulation = newSimulation(DEFAULT_RULES);
  const members = new Map([[MEMBER, { enrolledAt: '2026-02-01T00:00:00.000Z', segments: [] }]]);
  const data = {
    customerId: MEMBER,
    orderId: 'o',
    businessDay: '2026-01-31',
    currency: 'EUR',
    imported: false,
    lines: [
      {
        lineId: 'l',
        productId: 'p',
        categoryId: null,
        amount: 1e3,
      },
    ],
  };
  for (const [over, at] of [
    [{}, '2026-01-31T12:00:00.000Z'],
    [{ imported: true }, '2026-03-31T12:00:00.000Z'],
    [{ customerId: 'jan' }, '2026-03-31T12:00:00.000Z'],
  ] as const) {
    // safe because these are the members that a simulation looks at
    const event = { type: 'OrderPaymentTaken', data: { ...data, ...over }, at };
    simulate(simulation, event as unknown as SimulatedEvent, members);
  }
  expect(totalsOf(simulation)).toEqual([]);
});
