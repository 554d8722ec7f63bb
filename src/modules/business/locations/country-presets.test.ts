import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { isTimeZone } from '../../../core/calendar.ts';
import { taxRateOf, taxRegimeSchema } from '../../../core/tax.ts';
import { countriesWithPreset, presetOf, TAX_CLASSES } from './country-presets.ts';

describe.each(countriesWithPreset())('the preset of %s', (country) => {
  const preset = presetOf(country)!;

  test('has a time zone that exists, a language and the law it was taken from', () => {
    expect(isTimeZone(preset.timeZone)).toBe(true);
    expect(preset.languages.length).toBeGreaterThan(0);
    expect(preset.source.length).toBeGreaterThan(10);
  });

  test('has one rate for every class and channel, or none at all', () => {
    const { taxes } = preset;
    if (taxes === null) return;
    expect(Value.Check(taxRegimeSchema, taxes)).toBe(true);
    const places = taxes.rates.map(({ taxClass, channel }) => `${taxClass}/${channel}`);
    expect(new Set(places).size).toBe(places.length);
    for (const taxClass of TAX_CLASSES)
      for (const channel of ['eat-in', 'take-away', 'delivery'] as const)
        expect(taxRateOf(taxes, taxClass, channel)).toBeDefined();
  });
});

test('rates are what they are called', () => {
  const rateOf = (country: string, taxClass: string, channel: 'eat-in' | 'take-away') =>
    taxRateOf(presetOf(country)!.taxes!, taxClass, channel)?.rate;
  expect(rateOf('PL', 'food', 'eat-in')).toBe(8000);
  expect(rateOf('PL', 'alcohol', 'eat-in')).toBe(23_000);
  expect(rateOf('FR', 'soft-drink', 'take-away')).toBe(5500);
  expect(rateOf('FR', 'soft-drink', 'eat-in')).toBe(10_000);
  expect(presetOf('US')?.taxes).toBeNull();
  expect(presetOf('XX')).toBeUndefined();
});
