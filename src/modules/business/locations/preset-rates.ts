/** What presets of countries are made of: rates by class of goods and by how they are served. Pure. */
import type { Currency } from '../../../core/money.ts';
import type { ServiceChannel, TaxRate, TaxRegime } from '../../../core/tax.ts';

export interface CountryPreset {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly currency: Currency;
  /** Of the capital or largest city. */
  readonly timeZone: string;
  /** All others in which people of the country live; none for most. */
  readonly otherTimeZones?: readonly string[];
  /** BCP 47. */
  readonly languages: readonly string[];
  /** Null where no rate holds for the whole country, or where we are not sure of them: they have to be asked. */
  readonly taxes: TaxRegime | null;
  /** The law that the rates were taken from, or why there are none. */
  readonly source: string;
}

/** Classes that every preset with rates has, so that products of one country can be sold in another. */
export const TAX_CLASSES = ['food', 'soft-drink', 'alcohol', 'standard'] as const;

type Class = (typeof TAX_CLASSES)[number];

/** Percent times ten, so that 5.5 % is a whole number. */
type Tenths = number;

export function rate(taxClass: Class, tenths: Tenths, label: string): TaxRate {
  return { taxClass, channel: null, label, rate: tenths * 100 };
}

function rateIn(channel: ServiceChannel, { taxClass, label, rate: held }: TaxRate): TaxRate {
  return { taxClass, channel, label, rate: held };
}

export function inclusive(...rates: readonly TaxRate[]): TaxRegime {
  return { mode: 'inclusive', rates: [...rates] };
}

/** Both channels in which goods leave the house. */
export function outOfHouse(of: TaxRate): readonly TaxRate[] {
  return [rateIn('take-away', of), rateIn('delivery', of)];
}

/** Where restaurants have no rate of their own. */
export function everything(tenths: Tenths, label: string): TaxRegime {
  return inclusive(...TAX_CLASSES.map((taxClass) => rate(taxClass, tenths, label)));
}
