/** What the set-up will make, worked out from what was typed. Pure. */

export interface AreaPlan {
  readonly name: string;
  readonly tables: number;
  readonly seats: number;
}

export interface PlannedTable {
  readonly tableId: string;
  readonly areaId: string;
  readonly name: string;
  readonly seats: number;
}

/** Enough for a large house; more are added under Settings. */
export const TABLES_MAX = 60;
export const SEATS_MAX = 40;

/** `Hall` is `hall`; names without a letter of ASCII get a number, and no two are the same. */
export function areaIdsOf(areas: readonly AreaPlan[]): readonly string[] {
  const taken = new Set<string>();
  return areas.map(({ name }, at) => {
    const plain = name
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 32);
    const wanted = plain === '' ? `area-${String(at + 1)}` : plain;
    const id = taken.has(wanted) ? `${wanted}-${String(at + 1)}` : wanted;
    taken.add(id);
    return id;
  });
}

/** Tables of all areas, numbered through the house. */
export function tablesOf(areas: readonly AreaPlan[]): readonly PlannedTable[] {
  const ids = areaIdsOf(areas);
  let number = 0;
  return areas.flatMap((area, at) =>
    Array.from({ length: Math.max(0, Math.min(TABLES_MAX, area.tables)) }, () => {
      number += 1;
      const name = String(number);
      return { tableId: `t${name}`, areaId: ids[at] ?? '', name, seats: area.seats };
    }),
  );
}

/** Tax rates are thousandths of a percent; people write percent. */
const RATE_PER_PERCENT = 1000;

export function percentOf(rate: number): number {
  return rate / RATE_PER_PERCENT;
}

export function rateOf(percent: number): number {
  return Math.round(percent * RATE_PER_PERCENT);
}

export interface TaxRate {
  readonly taxClass: string;
  readonly channel: 'eat-in' | 'take-away' | 'delivery' | null;
  readonly label: string;
  readonly rate: number;
}

export interface TaxPlan {
  readonly mode: 'inclusive' | 'exclusive';
  readonly rates: readonly TaxRate[];
}

export interface Preset {
  readonly currency: Currency;
  readonly timeZone: string;
  /** All of the country, that of the capital or largest city first. */
  readonly timeZones: readonly string[];
  readonly languages: readonly string[];
  /** null where no rate holds for the whole country, or nobody is sure of them. */
  readonly taxes: TaxPlan | null;
  /** The law that the rates were taken from, or why there are none; empty for a country without a proposal. */
  readonly source: string;
}

/** As the server has them. */
export const CURRENCIES = [
  'EUR',
  'PLN',
  'BRL',
  'USD',
  'GBP',
  'CHF',
  'NOK',
  'SEK',
  'DKK',
  'CZK',
  'HUF',
  'RON',
  'CAD',
  'MXN',
  'ARS',
  'CLP',
  'COP',
  'JPY',
  'AUD',
  'NZD',
  'ZAR',
] as const;
export type Currency = (typeof CURRENCIES)[number];

/** Of a country that the server proposes nothing for: the reader's own zone and language, and no rates. */
export function emptyPreset(reader: {
  readonly timeZone: string;
  readonly language: string;
}): Preset {
  const { timeZone, language } = reader;
  return {
    currency: 'EUR',
    timeZone,
    timeZones: [timeZone],
    languages: [language],
    taxes: null,
    source: '',
  };
}
