import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { isTimeZone } from '../../../core/calendar.ts';
import { taxRateOf, taxRegimeSchema } from '../../../core/tax.ts';
import { countriesWithPreset, presetOf, timeZonesOf } from './country-presets.ts';
import { TAX_CLASSES } from './preset-rates.ts';

describe.each(countriesWithPreset())('the preset of %s', (country) => {
  const preset = presetOf(country)!;

  test('has a time zone that exists, a language and the law it was taken from', () => {
    const zones = timeZonesOf(preset);
    expect(zones.filter((zone) => !isTimeZone(zone))).toEqual([]);
    expect(new Set(zones).size).toBe(zones.length);
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
  expect(rateOf('CH', 'food', 'eat-in')).toBe(8100);
  expect(rateOf('CH', 'food', 'take-away')).toBe(2600);
  expect(rateOf('NO', 'soft-drink', 'take-away')).toBe(15_000);
  expect(rateOf('NL', 'alcohol', 'eat-in')).toBe(21_000);
  expect(presetOf('US')?.taxes).toBeNull();
  expect(presetOf('XX')).toBeUndefined();
});

test('every country of the European Union has a preset, and none has two', () => {
  const countries = countriesWithPreset();
  const union = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE';
  expect(union.split(' ').filter((country) => !countries.includes(country))).toEqual([]);
  expect(new Set(countries).size).toBe(countries.length);
});

test('a country over several zones names them', () => {
  expect(timeZonesOf(presetOf('US')!)).toContain('America/Los_Angeles');
  expect(timeZonesOf(presetOf('PT')!)).toEqual([
    'Europe/Lisbon',
    'Atlantic/Madeira',
    'Atlantic/Azores',
  ]);
  expect(timeZonesOf(presetOf('DE')!)).toEqual(['Europe/Berlin']);
});
