/**
 * Where a set-up may begin: currency, time zone and usual tax rates of restaurants by country. Laws change and depend on
 * what is sold and by whom, so every preset carries PRESET_NOTE and is only ever a proposal.
 */
import type { Currency } from '../../../core/money.ts';
import type { ServiceChannel, TaxRate, TaxRegime } from '../../../core/tax.ts';

export interface CountryPreset {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly currency: Currency;
  /** Of the capital or largest city; a country may have several. */
  readonly timeZone: string;
  /** BCP 47. */
  readonly languages: readonly string[];
  /** Null where no rate holds for the whole country: it has to be asked. */
  readonly taxes: TaxRegime | null;
  /** The law that the rates were taken from. */
  readonly source: string;
}

export const PRESET_NOTE =
  'Usual rates, for a quick start only. Check with your accountant before you sell.';

/** Classes that every preset with rates has, so that products of one country can be sold in another. */
export const TAX_CLASSES = ['food', 'soft-drink', 'alcohol', 'standard'] as const;

type Class = (typeof TAX_CLASSES)[number];

/** Percent times ten, so that 5.5 % is a whole number. */
type Tenths = number;

function rate(taxClass: Class, tenths: Tenths, label: string): TaxRate {
  return { taxClass, channel: null, label, rate: tenths * 100 };
}

function rateIn(channel: ServiceChannel, { taxClass, label, rate: held }: TaxRate): TaxRate {
  return { taxClass, channel, label, rate: held };
}

function inclusive(...rates: readonly TaxRate[]): TaxRegime {
  return { mode: 'inclusive', rates: [...rates] };
}

/** Both channels in which goods leave the house. */
function outOfHouse(of: TaxRate): readonly TaxRate[] {
  return [rateIn('take-away', of), rateIn('delivery', of)];
}

const PRESETS: readonly CountryPreset[] = [
  {
    country: 'PL',
    currency: 'PLN',
    timeZone: 'Europe/Warsaw',
    languages: ['pl', 'en'],
    taxes: inclusive(
      rate('food', 80, 'B 8 %'),
      rate('soft-drink', 230, 'A 23 %'),
      rate('alcohol', 230, 'A 23 %'),
      rate('standard', 230, 'A 23 %'),
    ),
    source: 'Ustawa o podatku od towarów i usług (11.03.2004), art. 41 ust. 12f, art. 146ef',
  },
  {
    country: 'BR',
    currency: 'BRL',
    timeZone: 'America/Sao_Paulo',
    languages: ['pt-BR', 'en'],
    taxes: inclusive(
      rate('food', 0, 'Simples Nacional'),
      rate('soft-drink', 0, 'Simples Nacional'),
      rate('alcohol', 0, 'Simples Nacional'),
      rate('standard', 0, 'Simples Nacional'),
    ),
    source:
      'Lei Complementar 123/2006: tax is on revenue, not on a line; Lei 12.741/2012 asks for an estimate on receipts',
  },
  {
    country: 'US',
    currency: 'USD',
    timeZone: 'America/New_York',
    languages: ['en', 'es'],
    taxes: null,
    source: 'Sales tax is set by state, county and city; prices are without it',
  },
  {
    country: 'DE',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    languages: ['de', 'en'],
    taxes: inclusive(
      rate('food', 70, 'B 7 %'),
      rate('soft-drink', 190, 'A 19 %'),
      rate('alcohol', 190, 'A 19 %'),
      rate('standard', 190, 'A 19 %'),
    ),
    source: 'Umsatzsteuergesetz § 12 Abs. 1, Abs. 2 Nr. 15 (from 1 January 2026)',
  },
  {
    country: 'FR',
    currency: 'EUR',
    timeZone: 'Europe/Paris',
    languages: ['fr', 'en'],
    taxes: inclusive(
      rate('food', 100, 'TVA 10 %'),
      rate('soft-drink', 100, 'TVA 10 %'),
      ...outOfHouse(rate('soft-drink', 55, 'TVA 5,5 %')),
      rate('alcohol', 200, 'TVA 20 %'),
      rate('standard', 200, 'TVA 20 %'),
    ),
    source: 'Code général des impôts, art. 278, 278-0 bis, 279 m et n',
  },
  {
    country: 'ES',
    currency: 'EUR',
    timeZone: 'Europe/Madrid',
    languages: ['es', 'en'],
    taxes: inclusive(
      rate('food', 100, 'IVA 10 %'),
      rate('soft-drink', 100, 'IVA 10 %'),
      ...outOfHouse(rate('soft-drink', 210, 'IVA 21 %')),
      rate('alcohol', 100, 'IVA 10 %'),
      ...outOfHouse(rate('alcohol', 210, 'IVA 21 %')),
      rate('standard', 210, 'IVA 21 %'),
    ),
    source: 'Ley 37/1992 del IVA, art. 90, art. 91.Uno.1.1.º y 91.Uno.2.2.º',
  },
  {
    country: 'PT',
    currency: 'EUR',
    timeZone: 'Europe/Lisbon',
    languages: ['pt', 'en'],
    taxes: inclusive(
      rate('food', 130, 'IVA 13 %'),
      rate('soft-drink', 230, 'IVA 23 %'),
      rate('alcohol', 230, 'IVA 23 %'),
      rate('standard', 230, 'IVA 23 %'),
    ),
    source: 'Código do IVA, art. 18.º e Lista II, verba 3.1 (mainland)',
  },
  {
    country: 'IT',
    currency: 'EUR',
    timeZone: 'Europe/Rome',
    languages: ['it', 'en'],
    taxes: inclusive(
      rate('food', 100, 'IVA 10 %'),
      rate('soft-drink', 100, 'IVA 10 %'),
      ...outOfHouse(rate('soft-drink', 220, 'IVA 22 %')),
      rate('alcohol', 100, 'IVA 10 %'),
      ...outOfHouse(rate('alcohol', 220, 'IVA 22 %')),
      rate('standard', 220, 'IVA 22 %'),
    ),
    source: 'DPR 633/1972, art. 16 e Tabella A parte III n. 80 e 121',
  },
];

/** What a house in this country usually begins with; undefined for a country without a preset. */
export function presetOf(country: string): CountryPreset | undefined {
  return PRESETS.find((preset) => preset.country === country);
}

export function countriesWithPreset(): readonly string[] {
  return PRESETS.map(({ country }) => country);
}
