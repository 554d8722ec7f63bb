/**
 * Where the person with a number may be: the time zones of the countries that the number may belong to, as the runtime's
 * copy of CLDR and the IANA database lists them (ECMA-402, Intl.Locale.prototype.getTimeZones). Pure.
 */

/** Countries of ISO 3166, such as PL. Those that the runtime knows no zone of have none. */
export function zonesOfCountries(countries: readonly string[]): readonly string[] {
  return [...new Set(countries.flatMap(zonesOfCountry))].sort();
}

/** In the runtime, and not yet in the types of the language. */
interface LocaleWithZones {
  getTimeZones?(): readonly string[] | undefined;
}

function localeOf(country: string): LocaleWithZones {
  // safe because a locale without the method answers undefined, which is read as no zones
  return new Intl.Locale(`und-${country}`) as LocaleWithZones;
}

const known = new Map<string, readonly string[]>();

function zonesOfCountry(country: string): readonly string[] {
  const held = known.get(country);
  if (held !== undefined) return held;
  if (!/^[A-Z]{2}$/.test(country)) return [];
  const zones = localeOf(country).getTimeZones?.() ?? [];
  // There are 250 countries, so it stays small.
  known.set(country, zones);
  return zones;
}
