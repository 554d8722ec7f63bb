/** What moves points of a member: pure steps of a course, for the commands of a member and for those about its orders. */
import { addDays, type LocalDate } from '../../../core/calendar.ts';
import { lotDays } from '../rules/days.ts';
import { pointsAgainst, type Remainder } from '../rules/shares.ts';
import type { Course } from './course.ts';
import {
  isExpired,
  lastPoints,
  lotOf,
  totalOf,
  withoutPoints,
  type Lot,
  type LotPoints,
} from './lots.ts';

/** Points that were used are good for at least so long once they are given back. */
export const RETURNED_DAYS_MIN = 14;

export interface Earning {
  /** Points for each lot, with the order line they are for. */
  readonly parts: readonly { readonly points: number; readonly lineId: string | null }[];
  readonly earnedOn: LocalDate;
  readonly spend: number;
  readonly remainder: Remainder;
  readonly orderId: string | null;
  readonly paymentId: string | null;
  readonly reason: string | null;
}

/** Adds what was earned, debt first; the id of the lot of each part, as they were before the debt was paid. */
export function earn(course: Course, earning: Earning): readonly LotPoints[] {
  const { given, state } = course;
  const { orderId, paymentId, reason, remainder, spend, earnedOn } = earning;
  const days = lotDays(earnedOn, given.rules);
  const whole = earning.parts.map(({ points, lineId }, index) => ({
    lotId: `${given.commandId}.${index}`,
    points,
    earnedOn,
    ...days,
    orderId,
    lineId,
    rules: given.version,
  }));
  const earned = totalOf(whole);
  const debtPaid = Math.min(state().debt, earned);
  course.move({
    type: 'PointsEarned',
    data: {
      lots: [...withoutFirst(whole, debtPaid)],
      earned,
      debtPaid,
      spend,
      remainder,
      orderId,
      paymentId,
      reason,
      tier: state().standing.tier,
      rules: given.version,
    },
  });
  return whole;
}

function withoutFirst(lots: readonly LotPoints[], points: number): readonly LotPoints[] {
  let left = points;
  return lots.flatMap((lot) => {
    const paid = Math.min(left, lot.points);
    left -= paid;
    return lot.points === paid ? [] : [{ ...lot, points: lot.points - paid }];
  });
}

/** A part of a line that was paid once, as much of it as is refunded now. */
export interface RefundedPart {
  readonly amount: number;
  readonly factor: number;
  readonly of: number;
  /** Points that it was given and that were not taken back yet. */
  readonly held: number;
  readonly lot: Pick<LotPoints, 'lotId' | 'earnedOn' | 'activeOn' | 'expiresOn'>;
}

/**
 * Takes back the points of what is refunded, from exactly the lots that it was given. What is no longer in them was
 * spent and becomes debt, unless it has expired. Answers how many points were taken from each part.
 */
export function takeBack(
  course: Course,
  parts: readonly RefundedPart[],
  cause: { readonly orderId: string; readonly refundId: string },
): readonly number[] {
  const before = course.state();
  const { points, remainder } = pointsAgainst(before.remainder, parts);
  const taken: LotPoints[] = [];
  let { lots } = before;
  let debt = 0;
  const take = (some: readonly LotPoints[]): number => {
    taken.push(...some);
    lots = withoutPoints(lots, some);
    return totalOf(some);
  };
  const own = parts.map(({ held, lot }, index) => {
    const wanted = Math.min(points[index] ?? 0, held);
    const got = take(someOf(lotOf(lots, lot), wanted));
    // What has expired by now was taken already; it is not owed as well.
    if (!isExpired(lot, course.today)) debt += wanted - got;
    return wanted;
  });
  // Shares of several lines may have made one point, which stands with one of them: it is taken wherever there is one.
  const rest = sumOf(points) - sumOf(own);
  debt += rest - take(lastPoints(lots, rest));
  const undone = parts.map(({ lot, amount, factor }, index) => ({
    on: lot.earnedOn,
    points: points[index] ?? 0,
    spend: factor === 0 ? 0 : amount,
  }));
  course.move({
    type: 'PointsTakenBack',
    data: {
      lots: taken,
      ...cause,
      points: totalOf(taken) + debt,
      debt,
      undone,
      remainder,
      tier: before.standing.tier,
    },
  });
  return own;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

function someOf(lot: Lot | undefined, points: number): readonly LotPoints[] {
  return lot === undefined || points <= 0 ? [] : lastPoints([lot], Math.min(points, lot.remaining));
}

/** Gives used points back to their lots: with the original expiry, but good for RETURNED_DAYS_MIN days at least. */
export function giveBack(
  course: Course,
  lots: readonly LotPoints[],
  cause: { readonly burnId: string; readonly causeId: string },
): void {
  if (lots.length === 0) return;
  const { given, today, state } = course;
  const soonest = addDays(today, RETURNED_DAYS_MIN);
  const returned = lots.map((lot, index) => {
    const { expiresOn } = lot;
    const until = expiresOn !== null && expiresOn < soonest ? soonest : expiresOn;
    const held = state().lots.find(({ lotId }) => lotId === lot.lotId);
    const isOther = held !== undefined && (held.expiresOn !== until || held.joined);
    const lotId = isOther ? `${given.commandId}.${index}` : lot.lotId;
    return { ...lot, lotId, expiresOn: until };
  });
  course.move({
    type: 'PointsReturned',
    data: { lots: returned, ...cause, points: totalOf(returned) },
  });
}
