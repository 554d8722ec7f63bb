/**
 * A member against a naive reference that keeps every single point in a list and adds up what was paid as one fraction:
 * random payments, refunds, burns, gifts, forgiveness and days; balances are compared after each step, for that day and
 * for days to come.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../../core/calendar.ts';
import { lotDays } from '../rules/days.ts';
import type { Expiry } from '../rules/rules.ts';
import { createWorld, type World } from '../world.fixture.ts';
import { LOTS_APART_MAX } from './lots.ts';

interface Point {
  readonly part: string;
  readonly earnedOn: string;
  readonly activeOn: string;
  readonly expiresOn: string | null;
}

interface PaidPart {
  readonly part: string;
  readonly amount: number;
  readonly expiresOn: string | null;
  refunded: number;
  given: number;
}

const PER = 100;

/** Mistakes that the comparison must find: one of the two has it, so they differ. */
type Bug = 'none' | 'newest-first' | 'no-debt' | 'no-remainder' | 'a-day-too-long';

/** As slow and plain as can be. */
class Reference {
  points: Point[] = [];
  debt = 0;
  /** Minor units paid less those refunded: a point for each PER of them, rounded down. */
  #net = 0;
  readonly #world: World;
  readonly #parts = new Map<string, PaidPart[]>();

  readonly #bug: Bug;

  constructor(world: World, bug: Bug) {
    this.#world = world;
    this.#bug = bug;
  }

  pay(order: string, payment: string, amounts: readonly number[]): void {
    if (this.#bug === 'no-remainder') this.#net -= this.#net % PER;
    amounts.forEach((amount, index) => {
      const before = Math.floor(this.#net / PER);
      this.#net += amount;
      const given = Math.floor(this.#net / PER) - before;
      const part = `${order} ${payment} ${index}`;
      const { expiresOn } = this.#give(part, given);
      const line = `${order} l${index}`;
      const parts = this.#parts.get(line) ?? [];
      this.#parts.set(line, [...parts, { part, amount, expiresOn, refunded: 0, given }]);
    });
    this.#sort();
  }

  gift(part: string, points: number): void {
    this.#give(part, points);
    this.#sort();
  }

  #give(part: string, points: number) {
    const earnedOn = this.#world.today();
    const days = lotDays(earnedOn, this.#world.rules);
    for (let index = 0; index < points; index += 1)
      if (this.debt > 0) this.debt -= 1;
      else this.points.push({ part, earnedOn, ...days });
    return days;
  }

  #sort(): void {
    const key = ({ expiresOn, earnedOn }: Point) => `${expiresOn ?? '9999-12-31'} ${earnedOn}`;
    this.points.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  }

  expire(): void {
    const today = addDays(this.#world.today(), this.#bug === 'a-day-too-long' ? -1 : 0);
    this.points = this.points.filter(({ expiresOn }) => expiresOn === null || expiresOn >= today);
  }

  burn(points: number): boolean {
    this.expire();
    const usable = this.points.filter(({ activeOn }) => activeOn <= this.#world.today());
    if (usable.length < points) return false;
    const ordered = this.#bug === 'newest-first' ? usable.toReversed() : usable;
    const used = new Set(ordered.slice(0, points));
    this.points = this.points.filter((point) => !used.has(point));
    return true;
  }

  refund(line: string, amount: number): void {
    this.expire();
    let left = amount;
    let shared = 0;
    for (const paid of this.#parts.get(line) ?? []) {
      const some = Math.min(left, paid.amount - paid.refunded);
      if (some === 0) continue;
      left -= some;
      paid.refunded += some;
      const before = Math.floor(this.#net / PER);
      this.#net -= some;
      const due = before - Math.floor(this.#net / PER);
      const own = Math.min(due, paid.given);
      paid.given -= own;
      shared += due - own;
      const missing = own - this.#removeLast(own, ({ part }) => part === paid.part);
      const isGone = paid.expiresOn !== null && paid.expiresOn < this.#world.today();
      if (!isGone && this.#bug !== 'no-debt') this.debt += missing;
    }
    this.debt += shared - this.#removeLast(shared, () => true);
  }

  #removeLast(count: number, isMeant: (point: Point) => boolean): number {
    let removed = 0;
    for (let index = this.points.length - 1; index >= 0 && removed < count; index -= 1)
      if (isMeant(this.points[index]!)) {
        this.points.splice(index, 1);
        removed += 1;
      }
    return removed;
  }

  balance(on: string) {
    const day = addDays(on, this.#bug === 'a-day-too-long' ? -1 : 0);
    const alive = this.points.filter(({ expiresOn }) => expiresOn === null || expiresOn >= day);
    const points = alive.filter(({ activeOn }) => activeOn <= day).length;
    return { points, pending: alive.length - points, debt: this.debt };
  }
}

const amount = fc.integer({ min: 1, max: 2500 });
const order = fc.integer({ min: 0, max: 5 }).map((index) => `o${index}`);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('pay' as const),
      order,
      amounts: fc.array(amount, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('refund' as const), order, line: fc.nat(2), amount }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('burn' as const),
      points: fc.integer({ min: 1, max: 40 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('gift' as const),
      points: fc.integer({ min: 1, max: 20 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forgive' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('days' as const),
      days: fc.integer({ min: 1, max: 45 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('review' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const expiry: fc.Arbitrary<Expiry> = fc.oneof(
  fc.constant({ kind: 'never' as const }),
  fc.integer({ min: 0, max: 3 }).map((months) => ({ kind: 'months' as const, months })),
  fc.integer({ min: 0, max: 3 }).map((months) => ({ kind: 'end-of-month' as const, months })),
);

function apply(
  world: World,
  reference: Reference,
  { each, index }: { each: Step; index: number },
): void {
  switch (each.kind) {
    case 'pay':
      reference.expire();
      reference.pay(each.order, `p${index}`, each.amounts);
      world.pay(
        each.order,
        `p${index}`,
        each.amounts.map((paid, line) => ({ lineId: `l${line}`, amount: paid })),
      );
      return;
    case 'refund':
      reference.refund(`${each.order} l${each.line}`, each.amount);
      world.refund(each.order, `r${index}`, [{ lineId: `l${each.line}`, amount: each.amount }]);
      return;
    case 'burn': {
      const done = reference.burn(each.points);
      const decision = world.ofMember('BurnPoints', { points: each.points, reason: 'r' });
      expect(decision.outcome).toBe(done ? 'accepted' : 'rejected');
      return;
    }
    case 'gift':
      reference.gift(`gift ${index}`, each.points);
      world.ofMember('EarnPoints', { points: each.points, reason: 'r' });
      return;
    case 'forgive':
      reference.debt = 0;
      world.ofMember('ForgiveDebt', { reason: 'r' });
      return;
    case 'days':
      world.days(each.days);
      return;
    case 'review':
      world.ofMember('ReviewMember', {});
  }
}

function compare(bug: Bug): void {
  const days = fc.integer({ min: 0, max: 10 });
  const property = fc.property(
    fc.array(step, { maxLength: 24 }),
    expiry,
    days,
    (steps, kind, pendingDays) => {
      const world = createWorld({ expiry: kind, pendingDays });
      const reference = new Reference(world, bug);
      for (const [index, each] of steps.entries()) {
        const before = world.happened.length;
        apply(world, reference, { each, index });
        for (const ahead of [0, 1, 9, 31, 100]) {
          const day = addDays(world.today(), ahead);
          expect(world.balance(day)).toEqual(reference.balance(day));
        }
        const told = world.happened.slice(before).findLast((event) => 'balance' in event.data);
        if (told !== undefined && 'balance' in told.data)
          expect(told.data.balance).toEqual(reference.balance(world.today()));
      }
    },
  );
  fc.assert(property, bug === 'none' ? { numRuns: 300 } : { numRuns: 3000, seed: 1 });
}

test('Y1 Y3 Y5 Y6 Y9: a member has, on every day, what a list of single points says', () => {
  compare('none');
});

test.each(['newest-first', 'no-debt', 'no-remainder', 'a-day-too-long'] as const)(
  'the comparison finds a difference of the kind %s',
  (bug) => {
    expect(() => {
      compare(bug);
    }).toThrow(/Property failed/);
  },
);

test('Y10: a member hit by thousands of commands stays small, and every point is accounted for', () => {
  const command = fc.record({ points: fc.integer({ min: 1, max: 9 }), earns: fc.boolean() });
  fc.assert(
    fc.property(fc.array(command, { minLength: 400, maxLength: 600 }), (commands) => {
      const world = createWorld({ expiry: { kind: 'months', months: 1 } });
      let held = 0;
      for (const [index, { points, earns }] of commands.entries()) {
        if (index % 100 === 99) world.days(1);
        const asked = { points, reason: 'r' };
        const { outcome } = world.ofMember(earns ? 'EarnPoints' : 'BurnPoints', asked);
        expect(outcome).toBe(earns || held >= points ? 'accepted' : 'rejected');
        if (outcome === 'accepted') held += earns ? points : -points;
        expect(world.balance()).toEqual({ points: held, pending: 0, debt: 0 });
        expect(world.member().lots.length).toBeLessThanOrEqual(LOTS_APART_MAX);
      }
    }),
    { numRuns: 6 },
  );
});

test('a refund of an order whose lot was joined with others takes its points all the same', () => {
  const world = createWorld();
  for (let index = 0; index < 2 * LOTS_APART_MAX; index += 1)
    world.pay(`o${index}`, 'p', [{ lineId: 'l', amount: 300 }]);
  expect(world.member().lots.length).toBeLessThanOrEqual(LOTS_APART_MAX);
  for (let index = 0; index < 2 * LOTS_APART_MAX; index += 1)
    world.refund(`o${index}`, 'r', [{ lineId: 'l', amount: 300 }]);
  expect(world.balance()).toEqual({ points: 0, pending: 0, debt: 0 });
  expect(world.member().lots).toEqual([]);
});
