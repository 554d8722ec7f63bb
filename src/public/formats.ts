/** Amounts, dates and times as a visitor reads them, on the clock of the house. Pure. */
import { CURRENCIES, type Money } from '../core/money.ts';
import type { Language } from './language.ts';

/** Formatters are slow to make; there are a few hundred zones and three languages. */
const KEPT_MAX = 500;
const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();

export interface Reader {
  readonly language: Language;
  readonly timeZone: string;
}

export function moneyOf({ amount, currency }: Money, language: Language): string {
  const format = kept(
    numbers,
    `${language} ${currency}`,
    () => new Intl.NumberFormat(language, { style: 'currency', currency }),
  );
  return format.format(amount / 10 ** CURRENCIES[currency]);
}

/** `Saturday, 21 November`: with the year where it is not this one. */
export function dateOf(at: string, reader: Reader): string {
  return dated(at, reader, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

export function timeOf(at: string, reader: Reader): string {
  return dated(at, reader, { hour: '2-digit', minute: '2-digit' });
}

/** A calendar date, which has no zone. */
export function plainDateOf(date: string, language: Language): string {
  return dateOf(`${date}T12:00:00Z`, { language, timeZone: 'UTC' });
}

/** `GMT+1`, or the name that the language has for it. */
export function zoneOf(at: string, reader: Reader): string {
  const format = formatFor(reader, { timeZoneName: 'short' });
  const part = format.formatToParts(new Date(at)).find(({ type }) => type === 'timeZoneName');
  return part?.value ?? reader.timeZone;
}

/** British English: the day before the month and a clock of 24 hours, which no reader takes for another time. */
function formatFor(
  { language, timeZone }: Reader,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const locale = language === 'en' ? 'en-GB' : language;
  return kept(
    dates,
    JSON.stringify([locale, timeZone, options]),
    () => new Intl.DateTimeFormat(locale, { ...options, timeZone }),
  );
}

function dated(at: string, reader: Reader, options: Intl.DateTimeFormatOptions): string {
  return formatFor(reader, options).format(new Date(at));
}

function kept<Format>(held: Map<string, Format>, key: string, make: () => Format): Format {
  const found = held.get(key);
  if (found !== undefined) return found;
  if (held.size >= KEPT_MAX) held.clear();
  const made = make();
  held.set(key, made);
  return made;
}
