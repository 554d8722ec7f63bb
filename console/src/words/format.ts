/** Money, numbers and moments as the reader writes them. Pure but for the zone of the browser. */
import { LOCALES, type Language } from './define-words.ts';

export interface Money {
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
}

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** Currencies of the server without a smaller unit. Browsers differ about some of them, so they are named here. */
const WHOLE = new Set(['CLP', 'COP', 'HUF', 'JPY']);

/** Decimal digits of a currency's minor unit, as the server has them. */
export function minorDigitsOf(currency: string): number {
  return WHOLE.has(currency) ? 0 : 2;
}

export function formatMoney(money: Money, language: Language): string {
  const { currency } = money;
  const digits = minorDigitsOf(currency);
  const fixed = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = numberFormat(language, { style: 'currency', currency, ...fixed });
  return format.format(money.amount / 10 ** digits);
}

export function formatNumber(
  value: number,
  language: Language,
  options: Intl.NumberFormatOptions = {},
): string {
  return numberFormat(language, options).format(value);
}

/** `zone` of the place it is about; without it that of the reader. */
export function formatMoment(
  moment: string | number | Date,
  language: Language,
  options: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' },
): string {
  const key = `d${language}${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!(format instanceof Intl.DateTimeFormat)) {
    format = new Intl.DateTimeFormat(LOCALES[language], options);
    formats.set(key, format);
  }
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? '–' : format.format(date);
}

/** "3 minutes ago", "in 2 days". */
export function formatRelative(momentMs: number, nowMs: number, language: Language): string {
  const seconds = (momentMs - nowMs) / 1000;
  const unit = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  let format = relatives.get(language);
  if (format === undefined) {
    format = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto' });
    relatives.set(language, format);
  }
  return format.format(Math.round(seconds / unit[1]), unit[0]);
}

const relatives = new Map<Language, Intl.RelativeTimeFormat>();

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${language}${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known instanceof Intl.NumberFormat) return known;
  const format = new Intl.NumberFormat(LOCALES[language], options);
  formats.set(key, format);
  return format;
}

/** A time zone as people write it: `America/Sao_Paulo` has a blank in it. */
export function zoneLabel(zone: string): string {
  return zone.replaceAll('_', ' ');
}
