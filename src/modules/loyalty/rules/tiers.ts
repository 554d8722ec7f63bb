/** In which tier a member is: judged on what was earned within a window of calendar months, kept for a while after. */
import { addDays, type LocalDate } from '../../../core/calendar.ts';
import { firstOfNextMonth, monthBefore, monthOf } from './days.ts';
import { STANDARD_TIER, type Rules } from './rules.ts';

/** Earned less taken back in one month, `YYYY-MM`. */
export interface MonthTotal {
  readonly month: string;
  readonly points: number;
  /** Minor units. */
  readonly spend: number;
}

export interface Standing {
  readonly tier: string;
  /** Last day on which the tier is kept although its threshold is no longer reached. */
  readonly graceUntil: LocalDate | null;
  /** By rising month. */
  readonly months: readonly MonthTotal[];
}

export const NEW_STANDING: Standing = { tier: STANDARD_TIER, graceUntil: null, months: [] };

export type Judgement =
  | { readonly kind: 'same' }
  | { readonly kind: 'changed'; readonly to: string }
  | { readonly kind: 'grace'; readonly until: LocalDate }
  /** The threshold is reached again. */
  | { readonly kind: 'kept' };

/** Longest window there is: older months are dropped. */
const MONTHS_KEPT = 36;

export function judged(standing: Standing, { tiers }: Rules, today: LocalDate): Judgement {
  const { tier, graceUntil } = standing;
  const ranks = [STANDARD_TIER, ...tiers.levels.map(({ tierId }) => tierId)];
  const reached = tiers.levels.filter(
    ({ threshold }) => threshold <= measured(standing, tiers, today),
  );
  const to = reached.at(-1)?.tierId ?? STANDARD_TIER;
  const rank = ranks.indexOf(tier);
  // A tier that the rules no longer have is left at once.
  if (rank === -1 || ranks.indexOf(to) > rank) return { kind: 'changed', to };
  if (to === tier) return graceUntil === null ? { kind: 'same' } : { kind: 'kept' };
  if (graceUntil === null && tiers.graceDays > 0)
    return { kind: 'grace', until: addDays(today, tiers.graceDays) };
  if (graceUntil !== null && today <= graceUntil) return { kind: 'same' };
  return { kind: 'changed', to };
}

/** The day on which the tier may change although nothing happens; null when it cannot. */
export function nextJudgement({ tier, graceUntil }: Standing, today: LocalDate): LocalDate | null {
  if (graceUntil !== null) return addDays(graceUntil, 1);
  return tier === STANDARD_TIER ? null : firstOfNextMonth(today);
}

export function measured(
  { months }: Standing,
  { by, months: window }: Rules['tiers'],
  today: LocalDate,
): number {
  const first = monthBefore(today, window - 1);
  let total = 0;
  for (const month of months) if (month.month >= first) total += month[by];
  return total;
}

/** With what was earned (or, negative, taken back) on `day`. */
export function withMonth(
  months: readonly MonthTotal[],
  day: LocalDate,
  { points, spend }: { readonly points: number; readonly spend: number },
): readonly MonthTotal[] {
  const month = monthOf(day);
  const held = months.findIndex((each) => each.month === month);
  const before = months[held];
  if (before !== undefined)
    return months.with(held, {
      month,
      points: before.points + points,
      spend: before.spend + spend,
    });
  const all = [...months, { month, points, spend }].sort((a, b) => (a.month < b.month ? -1 : 1));
  return all.slice(-MONTHS_KEPT);
}
