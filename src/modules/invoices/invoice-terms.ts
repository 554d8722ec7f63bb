/** Names, numbers and times of invoices. Pure. */
import type { StreamReference } from '../../core/aggregate.ts';
import { localOf, type LocalDate } from '../../core/calendar.ts';

export const INVOICES = 'invoices';
export const CREDIT_NOTES = 'invoices.credit-notes';
export const SERIES = 'invoices.series';

export type PaperKind = 'invoice' | 'credit-note';

/** What papers are numbered by where nobody asks for another series. */
export const PREFIX: Readonly<Record<PaperKind, string>> = {
  invoice: 'INV',
  'credit-note': 'CN',
};

/** A prefix that papers of one kind have by default is no other's: the first paper of a year must not take it from them. */
export function kindByPrefix(seriesId: string): PaperKind | null {
  if (seriesId.startsWith(`${PREFIX.invoice}-`)) return 'invoice';
  return seriesId.startsWith(`${PREFIX['credit-note']}-`) ? 'credit-note' : null;
}

/** Whole years after the one it was issued in: what Poland and Brazil ask for; a command may ask for more, never less. */
export const KEPT_YEARS = 5;
export const KEPT_YEARS_MAX = 30;
/** Numbers are printed with as many digits at least, so that they sort as text in a folder. */
const DIGITS = 6;

/**
 * Keys of what the law keeps have names of their own: erasing the customer destroys the customer's key and not this one,
 * which is destroyed when the time of keeping is over.
 */
export const KEPT_BY_LAW = 'kept-by-law.';
export function buyerKeyOf(invoiceId: string): string {
  return `${KEPT_BY_LAW}invoice.${invoiceId}`;
}

export function invoiceStream(id: string): StreamReference {
  return { category: INVOICES, id };
}

/** Numbers begin anew each year: `INV-2026`. `at` is RFC 3339. */
export function seriesStream(
  prefix: string,
  { at, timeZone }: { readonly at: string; readonly timeZone: string },
): StreamReference {
  return { category: SERIES, id: `${prefix}-${localOf(at, timeZone).slice(0, 4)}` };
}

export function numberTextOf(seriesId: string, number: number): string {
  return `${seriesId}-${String(number).padStart(DIGITS, '0')}`;
}

/** The last day on which it has to be kept. */
export function keptUntil(
  at: string,
  { timeZone, years }: { readonly timeZone: string; readonly years: number },
): LocalDate {
  return `${Number(localOf(at, timeZone).slice(0, 4)) + years}-12-31`;
}

/** The first invoice of an order has its id; the one after it was credited whole ends in `.2`, and so on. */
export function invoiceIdOf(orderId: string, turn: number): string {
  return turn === 1 ? orderId : `${orderId}.${turn}`;
}

/** Which invoice of the order the id stands for, from 1; null when it is none of its. */
export function turnOf(invoiceId: string, orderId: string): number | null {
  if (invoiceId === orderId) return 1;
  if (!invoiceId.startsWith(`${orderId}.`)) return null;
  const rest = invoiceId.slice(orderId.length + 1);
  return /^([2-9]|[1-9]\d{1,3})$/.test(rest) ? Number(rest) : null;
}
