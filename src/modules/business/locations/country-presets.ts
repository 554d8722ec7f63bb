/**
 * Where a set-up may begin: currency, time zone and usual tax rates of restaurants by country. Laws change and depend on
 * what is sold and by whom, so every preset carries PRESET_NOTE and is only ever a proposal.
 */
import type { CountryPreset } from './preset-rates.ts';
import { PRESETS_EUROPE } from './presets-europe.ts';
import { PRESETS_FIRST } from './presets-first.ts';
import { PRESETS_WORLD } from './presets-world.ts';

export const PRESET_NOTE =
  'Usual rates, for a quick start only. Check with your accountant before you sell.';

const PRESETS: readonly CountryPreset[] = [...PRESETS_FIRST, ...PRESETS_EUROPE, ...PRESETS_WORLD];

/** What a house in this country usually begins with; undefined for a country without a preset. */
export function presetOf(country: string): CountryPreset | undefined {
  return PRESETS.find((preset) => preset.country === country);
}

/** Time zones of a preset's country, the one of the capital or largest city first. */
export function timeZonesOf({ timeZone, otherTimeZones = [] }: CountryPreset): readonly string[] {
  return [timeZone, ...otherTimeZones];
}

export function countriesWithPreset(): readonly string[] {
  return PRESETS.map(({ country }) => country);
}
