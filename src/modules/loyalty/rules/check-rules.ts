import { isTimeZone } from '../../../core/calendar.ts';
import { rejected, type Rejected } from '../../../core/decision.ts';
import { STANDARD_TIER, type Rules } from './rules.ts';

/** What a schema cannot say of rules: the refusal, or null when they hold together. */
export function faultOfRules({ timeZone, tiers, earning }: Rules): Rejected | null {
  if (!isTimeZone(timeZone)) return rejected('PROGRAMME_ZONE_UNKNOWN', { timeZone });
  const unordered = tiers.levels.find(
    ({ threshold }, index) => threshold <= (tiers.levels[index - 1]?.threshold ?? 0),
  );
  if (unordered !== undefined) return rejected('TIERS_UNORDERED', { tierId: unordered.tierId });
  const named = [STANDARD_TIER, ...tiers.levels.map(({ tierId }) => tierId)];
  const bonuses = earning.bonuses.map(({ bonusId }) => bonusId);
  for (const names of [named, bonuses]) {
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) return rejected('RULE_NAME_TWICE', { name: twice });
  }
  const vague = earning.rates.findIndex(
    ({ productId, categoryId }) => (productId === null) === (categoryId === null),
  );
  return vague === -1 ? null : rejected('RATE_WITHOUT_SUBJECT', { index: vague });
}
