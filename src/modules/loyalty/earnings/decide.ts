/**
 * Points of one order. Its own stream keeps what each paid part of a line was worth and which lot its points went to, so
 * a refund, however late, takes back exactly those; the points themselves move on the member's stream in the same unit.
 */
import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import { courseOf, type Given } from '../members/course.ts';
import { earn, takeBack, type RefundedPart } from '../members/movements.ts';
import { MEMBERS, type KnownMember, type MemberState } from '../members/state.ts';
import { MAIN_PROGRAMME, rulesInForce } from '../programmes/state.ts';
import { dayOf } from '../rules/days.ts';
import { earnsIn, factorOf, sharesInPoint } from '../rules/earning.ts';
import { pointsFor } from '../rules/shares.ts';
import type { EarningCommand, PaymentMovement, RefundMovement } from './commands.ts';
import type { EarnedPart, EarningEvent } from './events.ts';
import type { EarningState } from './state.ts';

/** What the pipeline calls somebody who asks on behalf of a policy; no key or user is called so. */
const POLICY_ACTOR = 'policy:';

export function decide(
  state: EarningState,
  command: EarningCommand,
  around: Surroundings,
): Decision<EarningEvent> {
  const { id: orderId, input, at, commandId, actor } = command;
  if (!actor.startsWith(POLICY_ACTOR)) return rejected('ONLY_FOR_ORDERS');
  const { memberId, movement } = input;
  // safe because the stream of a category has the state of its aggregate
  const member = around.stateOf(memberStream(memberId)) as MemberState;
  if (member.status === 'unknown') return accepted([]);
  const settled = { orderId, given: { ...rulesInForce(around), memberId, at, commandId } };
  return movement.kind === 'payment'
    ? credit(state, member, { ...settled, movement })
    : debit(state, member, { ...settled, movement });
}

interface Settled<Movement> {
  readonly orderId: string;
  readonly given: Given;
  readonly movement: Movement;
}

function credit(
  state: EarningState,
  member: KnownMember,
  { orderId, given, movement }: Settled<PaymentMovement>,
): Decision<EarningEvent> {
  const { paymentId, lines } = movement;
  if (state.payments.includes(paymentId) || lines.length === 0) return accepted([]);
  const { memberId, version: rules } = given;
  const counts = earnsIn(given.rules, movement.currency);
  const of = sharesInPoint(given.rules);
  let parts: readonly EarnedPart[] = [];
  const events = courseOf(member, given, (course) => {
    const before = course.state();
    const earner = { tier: before.standing.tier, segments: before.segments };
    const { businessDay } = movement;
    const worth = lines.map((line) => ({
      amount: line.amount,
      factor: counts ? factorOf(given.rules, line, { earner, businessDay }) : 0,
      of,
    }));
    const { points, remainder } = pointsFor(before.remainder, worth, of);
    const lots = earn(course, {
      parts: lines.map(({ lineId }, index) => ({
        lineId,
        points: points[index] ?? 0,
      })),
      earnedOn: dayOf(movement.paidAt, given.rules),
      spend: spendOf(worth),
      remainder,
      orderId,
      paymentId,
      reason: null,
    });
    parts = lots.map(({ lotId, points: whole, earnedOn, activeOn, expiresOn, lineId }, index) => ({
      lotId,
      points: whole,
      earnedOn,
      activeOn,
      expiresOn,
      lineId: lineId ?? '',
      ...(worth[index] ?? {
        amount: 0,
        factor: 0,
        of,
      }),
    }));
  });
  const data = { orderId, memberId, paymentId, rules, parts: [...parts] };
  return accepted([{ type: 'PaymentCredited', data }], [{ ...memberStream(memberId), events }]);
}

/** What earns nothing counts for no tier. */
function spendOf(worth: readonly { readonly amount: number; readonly factor: number }[]): number {
  return worth.reduce((sum, { amount, factor }) => (factor === 0 ? sum : sum + amount), 0);
}

function debit(
  state: EarningState,
  member: KnownMember,
  { orderId, given, movement }: Settled<RefundMovement>,
): Decision<EarningEvent> {
  const { refundId } = movement;
  const { memberId } = given;
  const isAnswered = state.refunds.some(
    (held) => held.refundId === refundId && held.memberId === memberId,
  );
  if (isAnswered) return accepted([]);
  const hit = refundedParts(state, memberId, movement);
  if (hit.length === 0) return accepted([]);
  let taken: readonly number[] = [];
  const events = courseOf(member, given, (course) => {
    taken = takeBack(
      course,
      hit.map(({ refunded }) => refunded),
      { orderId, refundId },
    );
  });
  const parts = hit.map(({ part, refunded }, index) => ({
    part,
    amount: refunded.amount,
    points: taken[index] ?? 0,
  }));
  const points = events.reduce(
    (sum, event) => (event.type === 'PointsTakenBack' ? sum + event.data.points : sum),
    0,
  );
  return accepted(
    [{ type: 'RefundDebited', data: { orderId, memberId, refundId, parts, points } }],
    [{ ...memberStream(memberId), events }],
  );
}

/**
 * The parts that the refund gives money back for: of each line the oldest first, never more than was paid. Where several
 * customers paid, each is asked for the own parts alone, and what was taken from the others counts.
 */
function refundedParts(
  { parts, refunds }: EarningState,
  memberId: string,
  { refundId, lines }: RefundMovement,
): readonly { readonly part: number; readonly refunded: RefundedPart }[] {
  const left = new Map<string, number>();
  for (const { lineId, amount } of lines) left.set(lineId, (left.get(lineId) ?? 0) + amount);
  for (const { lineId, amount } of refunds
    .filter((held) => held.refundId === refundId)
    .flatMap((held) => held.lines))
    left.set(lineId, (left.get(lineId) ?? 0) - amount);
  return parts.flatMap((held, part) => {
    const { lineId, factor, of, points, taken } = held;
    const due = left.get(lineId) ?? 0;
    const amount = Math.min(due, held.amount - held.refunded);
    if (amount <= 0) return [];
    left.set(lineId, due - amount);
    if (held.memberId !== memberId) return [];
    return [{ part, refunded: { amount, factor, of, held: points - taken, lot: held } }];
  });
}

export function streams({ input }: EarningCommand): readonly StreamReference[] {
  return [memberStream(input.memberId)];
}

export function consults(): readonly StreamReference[] {
  return [MAIN_PROGRAMME];
}

function memberStream(id: string): StreamReference {
  return { category: MEMBERS, id };
}
