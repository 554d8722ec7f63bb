/**
 * What other rules would have given: the payments and refunds of a time, put through the same functions that earn and
 * take back points, beside what was given then. Folds in memory; writes nothing.
 *
 * Everybody begins without a tier and without a rest of a point; labels are those that members have now.
 */
import type { LocalDate } from '../../../core/calendar.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import type { OrderEvent } from '../../orders/index.ts';
import type { MemberEvent } from '../members/events.ts';
import { dayOf, monthOf } from '../rules/days.ts';
import { earnsIn, factorOf, sharesInPoint, valueOf } from '../rules/earning.ts';
import type { Rules } from '../rules/rules.ts';
import {
  NO_REMAINDER,
  pointsAgainst,
  pointsFor,
  type Remainder,
  type Worth,
} from '../rules/shares.ts';
import { judged, nextJudgement, NEW_STANDING, withMonth, type Standing } from '../rules/tiers.ts';

/** Who was a member, since when (RFC 3339) and with which labels. */
export interface SimulatedMember {
  readonly enrolledAt: string;
  readonly segments: readonly string[];
}

export interface SimulatedTotal {
  /** `YYYY-MM` of the programme's time zone. */
  readonly month: string;
  readonly tier: string;
  /** Earned less taken back under the rules that are tried. */
  readonly points: number;
  /** What these are worth when used, in minor units. */
  readonly cost: number;
  /** The same as it was given then, worth what points are worth under the rules that are tried. */
  readonly givenPoints: number;
  readonly givenCost: number;
}

type Named<Type extends string> = Extract<OrderEvent | MemberEvent, { readonly type: Type }>;
type Payment = Recorded<Named<'OrderPaymentTaken'>>;
type Refund = Recorded<Named<'OrderRefunded'>>;
export type SimulatedEvent =
  Payment | Refund | Recorded<Named<'PointsEarned'>> | Recorded<Named<'PointsTakenBack'>>;

interface Account {
  remainder: Remainder;
  standing: Standing;
  /** Up to which the standing was judged. */
  day: LocalDate;
}

interface Part extends Worth {
  readonly lineId: string;
  refunded: number;
}

interface Total {
  readonly month: string;
  readonly tier: string;
  points: number;
  given: number;
}

export interface Simulation {
  readonly rules: Rules;
  /** By customer. */
  readonly accounts: Map<string, Account>;
  /** By order and customer. */
  readonly orders: Map<string, readonly Part[]>;
  /** By month and tier. */
  readonly totals: Map<string, Total>;
}

export function newSimulation(rules: Rules): Simulation {
  return { rules, accounts: new Map(), orders: new Map(), totals: new Map() };
}

/** Takes the next event in the order of the log. Changes the simulation. */
export function simulate(
  simulation: Simulation,
  event: SimulatedEvent,
  members: ReadonlyMap<string, SimulatedMember>,
): void {
  switch (event.type) {
    case 'OrderPaymentTaken': {
      const member = members.get(event.data.customerId ?? '');
      if (member !== undefined && !event.data.imported && member.enrolledAt <= event.at)
        pay(simulation, event, member);
      return;
    }
    case 'OrderRefunded':
      refund(simulation, event);
      return;
    case 'PointsEarned': {
      const { orderId, on, tier, earned } = event.data;
      if (orderId !== null) totalOf(simulation, on, tier).given += earned;
      return;
    }
    case 'PointsTakenBack': {
      const { on, tier, points } = event.data;
      totalOf(simulation, on, tier).given -= points;
    }
  }
}

export function totalsOf({ totals, rules }: Simulation): readonly SimulatedTotal[] {
  return [...totals.values()]
    .map(({ month, tier, points, given }) => ({
      month,
      tier,
      points,
      cost: worthOf(rules, points),
      givenPoints: given,
      givenCost: worthOf(rules, given),
    }))
    .sort((a, b) => (`${a.month} ${a.tier}` < `${b.month} ${b.tier}` ? -1 : 1));
}

function pay(simulation: Simulation, event: Payment, { segments }: SimulatedMember): void {
  const { rules, orders } = simulation;
  const { orderId, customerId, businessDay, currency, lines } = event.data;
  if (customerId === null || !earnsIn(rules, currency)) return;
  const day = dayOf(event.at, rules);
  const account = accountOf(simulation, customerId, day);
  const earner = { tier: account.standing.tier, segments };
  const of = sharesInPoint(rules);
  const parts = lines
    .filter(({ amount }) => amount > 0)
    .map((line) => ({
      lineId: line.lineId,
      amount: line.amount,
      of,
      refunded: 0,
      factor: factorOf(rules, line, {
        earner,
        businessDay,
      }),
    }));
  const { points, remainder } = pointsFor(account.remainder, parts, of);
  account.remainder = remainder;
  const key = `${orderId} ${customerId}`;
  orders.set(key, [...(orders.get(key) ?? []), ...parts]);
  settle(simulation, account, { day, points: sumOf(points), spend: spendOf(parts) });
}

function refund(simulation: Simulation, { data, at }: Refund): void {
  const { orderId, customerId, lines } = data;
  const { payers = customerId === null ? [] : [customerId] } = data;
  const day = dayOf(at, simulation.rules);
  // Who paid first is asked first; the next ones for what is left of each line.
  const left = lines.map(({ lineId, amount }) => ({ lineId, amount }));
  for (const payer of payers) {
    const parts = simulation.orders.get(`${orderId} ${payer}`);
    if (parts === undefined) continue;
    const account = accountOf(simulation, payer, day);
    const worth = left.flatMap((line) => {
      const some = refundedOf(parts, line.lineId, line.amount);
      line.amount -= sumOf(some.map(({ amount }) => amount));
      return some;
    });
    const { points, remainder } = pointsAgainst(account.remainder, worth);
    account.remainder = remainder;
    settle(simulation, account, { day, points: -sumOf(points), spend: -spendOf(worth) });
  }
}

function settle(
  simulation: Simulation,
  account: Account,
  { day, ...some }: { readonly day: string; readonly points: number; readonly spend: number },
): void {
  totalOf(simulation, day, account.standing.tier).points += some.points;
  const months = withMonth(account.standing.months, day, some);
  account.standing = standingAfter({ ...account.standing, months }, simulation.rules, day);
}

/** The account as it is on a day: judged on every day on which a timer would have. Changes the simulation. */
function accountOf({ accounts, rules }: Simulation, customerId: string, day: LocalDate): Account {
  const held = accounts.get(customerId);
  if (held === undefined) {
    const made = { remainder: NO_REMAINDER, standing: NEW_STANDING, day };
    accounts.set(customerId, made);
    return made;
  }
  for (;;) {
    const next = nextJudgement(held.standing, held.day);
    if (next === null || next > day) break;
    held.standing = standingAfter(held.standing, rules, next);
    held.day = next;
  }
  if (day > held.day) held.day = day;
  return held;
}

function totalOf({ totals }: Simulation, day: string, tier: string): Total {
  const month = monthOf(day);
  const held = totals.get(`${month} ${tier}`);
  if (held !== undefined) return held;
  const made = { month, tier, points: 0, given: 0 };
  totals.set(`${month} ${tier}`, made);
  return made;
}

/** What earns nothing counts for no tier. */
function spendOf(parts: readonly Worth[]): number {
  return sumOf(parts.map(({ factor, amount }) => (factor === 0 ? 0 : amount)));
}

function standingAfter(standing: Standing, rules: Rules, day: string): Standing {
  const judgement = judged(standing, rules, day);
  switch (judgement.kind) {
    case 'same':
      return standing;
    case 'changed':
      return { ...standing, tier: judgement.to, graceUntil: null };
    case 'grace':
      return { ...standing, graceUntil: judgement.until };
    case 'kept':
      return { ...standing, graceUntil: null };
  }
}

/** Notes what is refunded of the parts of a line, oldest first, and says what it was worth. */
function refundedOf(parts: readonly Part[], lineId: string, amount: number): readonly Worth[] {
  let left = amount;
  return parts.flatMap((part) => {
    const some = part.lineId === lineId ? Math.min(left, part.amount - part.refunded) : 0;
    if (some <= 0) return [];
    left -= some;
    part.refunded += some;
    return [{ amount: some, factor: part.factor, of: part.of }];
  });
}

function worthOf(rules: Rules, points: number): number {
  return points < 0 ? -valueOf(rules, -points) : valueOf(rules, points);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
