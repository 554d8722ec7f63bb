import { describe, expect, test } from 'vitest';
import { faultOfRules } from './check-rules.ts';
import { earnsIn, factorOf, sharesInPoint, valueOf } from './earning.ts';
import { DEFAULT_RULES, type Rules } from './rules.ts';

type Bonus = Rules['earning']['bonuses'][number];
const bonus = (over: Partial<Bonus>): Bonus => ({
  bonusId: 'b',
  percent: 200,
  segment: null,
  productId: null,
  categoryId: null,
  weekday: null,
  from: null,
  to: null,
  ...over,
});
const rules = (earning: Partial<Rules['earning']>): Rules => ({
  ...DEFAULT_RULES,
  earning: { ...DEFAULT_RULES.earning, ...earning },
  tiers: {
    ...DEFAULT_RULES.tiers,
    levels: [{ tierId: 'gold', name: 'Gold', threshold: 10, percent: 150 }],
  },
});
const line = { lineId: 'l', productId: 'wine', categoryId: 'drinks', amount: 100 };
/** Points for 1.00 on a Tuesday. */
const pointsIn = (of: Rules, earner = { tier: 'standard', segments: ['student'] }) =>
  factorOf(of, line, { earner, businessDay: '2026-11-24' }) / (sharesInPoint(of) / 100);

describe('a line earns', () => {
  test.each<[string, Partial<Rules['earning']>, number]>([
    ['the points of the rule', {}, 1],
    ['those of its category', { rates: [{ productId: null, categoryId: 'drinks', points: 3 }] }, 3],
    [
      'those of its product before those of its category',
      {
        rates: [
          { productId: null, categoryId: 'drinks', points: 3 },
          { productId: 'wine', categoryId: null, points: 0 },
        ],
      },
      0,
    ],
    ['double on the weekday of a bonus', { bonuses: [bonus({ weekday: 2 })] }, 2],
    ['nothing more on another weekday', { bonuses: [bonus({ weekday: 3 })] }, 1],
    ['more for a segment', { bonuses: [bonus({ segment: 'student', percent: 300 })] }, 3],
    ['nothing more for another segment', { bonuses: [bonus({ segment: 'staff' })] }, 1],
    [
      'the highest bonus of several, not their product',
      { bonuses: [bonus({}), bonus({ bonusId: 'c', percent: 250, productId: 'wine' })] },
      2.5,
    ],
    ['a bonus up to its last day', { bonuses: [bonus({ to: '2026-11-24' })] }, 2],
    ['no bonus after it', { bonuses: [bonus({ to: '2026-11-23' })] }, 1],
    ['no bonus before its first day', { bonuses: [bonus({ from: '2026-11-25' })] }, 1],
    ['no bonus of another category', { bonuses: [bonus({ categoryId: 'food' })] }, 1],
  ])('%s', (_what, earning, points) => {
    expect(pointsIn(rules(earning))).toBe(points);
  });

  test('more in a higher tier, on top of a bonus', () => {
    const gold = { tier: 'gold', segments: [] };
    expect(pointsIn(rules({}), gold)).toBe(1.5);
    expect(pointsIn(rules({ bonuses: [bonus({})] }), gold)).toBe(3);
  });
});

test('points are worth whole minor units, rounded down', () => {
  const three = { ...DEFAULT_RULES, pointValue: { points: 3, amount: 10 } };
  expect([0, 1, 3, 1_000_001].map((points) => valueOf(three, points))).toEqual([
    0, 3, 10, 3_333_336,
  ]);
});

test('only payments in the currency of the programme earn', () => {
  expect(earnsIn({ ...DEFAULT_RULES, currency: 'PLN' }, 'EUR')).toBe(false);
  expect(earnsIn({ ...DEFAULT_RULES, currency: 'PLN' }, 'PLN')).toBe(true);
  expect(earnsIn(DEFAULT_RULES, 'BRL')).toBe(true);
});

describe('rules that do not hold together are found', () => {
  const tier = { tierId: 'gold', name: 'Gold', threshold: 10, percent: 150 };
  test.each<[string, Rules]>([
    ['PROGRAMME_ZONE_UNKNOWN', { ...DEFAULT_RULES, timeZone: 'Europe/Nowhere' }],
    [
      'TIERS_UNORDERED',
      {
        ...DEFAULT_RULES,
        tiers: { ...DEFAULT_RULES.tiers, levels: [tier, { ...tier, tierId: 'platinum' }] },
      },
    ],
    [
      'RULE_NAME_TWICE',
      {
        ...DEFAULT_RULES,
        tiers: { ...DEFAULT_RULES.tiers, levels: [{ ...tier, tierId: 'standard' }] },
      },
    ],
    ['RULE_NAME_TWICE', rules({ bonuses: [bonus({}), bonus({ weekday: 1 })] })],
    ['RATE_WITHOUT_SUBJECT', rules({ rates: [{ productId: null, categoryId: null, points: 1 }] })],
  ])('%s', (code, broken) => {
    expect(faultOfRules(broken)).toMatchObject({ code });
    expect(faultOfRules(DEFAULT_RULES)).toBeNull();
  });
});
