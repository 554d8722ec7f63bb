import { expect, test } from 'vitest';
import type { TaxRate } from './location-types.ts';
import { percentOf, rateFaults, rateOf, sinceOf, taxesOf } from './tax-rates.ts';

function rate(taxClass: string, percent: number, channel: TaxRate['channel'] = null): TaxRate {
  return { taxClass, channel, label: `VAT ${percent} %`, rate: rateOf(percent) };
}

test('per cent survive being shown and written back', () => {
  expect([8, 5.5, 8.875].map((each) => percentOf(rateOf(each)))).toEqual([8, 5.5, 8.875]);
});

test('a rate holds since it was last changed, whatever else was set meanwhile', () => {
  const since = sinceOf([
    { at: '2024-01-01', taxes: { mode: 'inclusive', rates: [rate('food', 5), rate('wine', 20)] } },
    { at: '2025-01-01', taxes: { mode: 'inclusive', rates: [rate('food', 8), rate('wine', 20)] } },
    {
      at: '2026-01-01',
      taxes: { mode: 'inclusive', rates: [rate('food', 8), rate('food', 5, 'take-away')] },
    },
  ]);
  expect(Object.fromEntries(since)).toEqual({
    'food/': '2025-01-01',
    'food/take-away': '2026-01-01',
  });
});

test('a rate that went away and came back holds since it came back', () => {
  const [there, gone] = [{ mode: 'inclusive', rates: [rate('food', 5)] }, { rates: [] }] as const;
  const steps = [there, { mode: there.mode, ...gone }, there];
  const since = sinceOf(steps.map((taxes, at) => ({ at: `${2024 + at}`, taxes })));
  expect(since.get('food/')).toBe('2026');
});

test('what is wrong with a rate is said where it stands', () => {
  expect(
    rateFaults([
      rate('food', 5),
      rate('food', 8),
      rate('food', 8, 'delivery'),
      { ...rate(' ', 5), label: 'x' },
      { ...rate('wine', 5), label: ' ' },
      { ...rate('beer', 5), rate: null },
      rate('rum', 101),
    ]),
  ).toEqual([null, 'twice', null, 'class', 'label', 'rate', 'rate']);
});

test('spaces around names are not sent', () => {
  const { rates } = taxesOf({ mode: 'exclusive', rates: [{ ...rate(' food ', 5), label: ' A ' }] });
  expect(rates).toEqual([{ taxClass: 'food', channel: null, label: 'A', rate: 5000 }]);
});
