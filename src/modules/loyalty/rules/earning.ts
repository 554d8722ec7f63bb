/** What a line of a payment is worth under rules: the one function that earning and simulating share. Pure. */
import type { LocalDate } from '../../../core/calendar.ts';
import type { Currency } from '../../../core/money.ts';
import { weekdayOf } from './days.ts';
import type { Rules } from './rules.ts';

/** A part of a line that was paid with money, net of discounts and points used, without tip. Minor units. */
export interface PaidLine {
  readonly lineId: string;
  readonly productId: string;
  readonly categoryId: string | null;
  readonly amount: number;
}

export interface Earner {
  readonly tier: string;
  readonly segments: readonly string[];
}

const PERCENT = 100;

/** Shares in a point: bonus and tier are both percentages. */
export function sharesInPoint({ earning }: Rules): number {
  return earning.perAmount * PERCENT * PERCENT;
}

/** Shares of a point for one minor unit of the line. */
export function factorOf(
  rules: Rules,
  line: PaidLine,
  paid: { readonly earner: Earner; readonly businessDay: LocalDate },
): number {
  const { earner, businessDay } = paid;
  const level = rules.tiers.levels.find(({ tierId }) => tierId === earner.tier);
  return (
    pointsOfLine(rules, line) *
    bonusOf(rules, line, { earner, businessDay }) *
    (level?.percent ?? PERCENT)
  );
}

export function earnsIn(rules: Rules, currency: Currency): boolean {
  return rules.currency === null || rules.currency === currency;
}

function pointsOfLine({ earning }: Rules, { productId, categoryId }: PaidLine): number {
  const { rates, points } = earning;
  const own =
    rates.find((rate) => rate.productId === productId) ??
    rates.find((rate) => rate.productId === null && rate.categoryId === categoryId);
  return own?.points ?? points;
}

function bonusOf(
  { earning }: Rules,
  line: PaidLine,
  { earner, businessDay }: { readonly earner: Earner; readonly businessDay: LocalDate },
): number {
  if (earning.bonuses.length === 0) return PERCENT;
  const weekday = weekdayOf(businessDay);
  const applying = earning.bonuses.filter(
    (bonus) =>
      (bonus.segment === null || earner.segments.includes(bonus.segment)) &&
      (bonus.productId === null || bonus.productId === line.productId) &&
      (bonus.categoryId === null || bonus.categoryId === line.categoryId) &&
      (bonus.weekday === null || bonus.weekday === weekday) &&
      (bonus.from === null || bonus.from <= businessDay) &&
      (bonus.to === null || businessDay <= bonus.to),
  );
  return Math.max(PERCENT, ...applying.map(({ percent }) => percent));
}

/** What points are worth when they are used, in minor units, rounded down. Exact: both factors are bounded. */
export function valueOf({ pointValue }: Rules, points: number): number {
  return Number((BigInt(points) * BigInt(pointValue.amount)) / BigInt(pointValue.points));
}
