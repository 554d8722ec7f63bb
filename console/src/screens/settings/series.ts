/** Series of numbers of invoices and credit notes. Pure. */

export type PaperKind = 'invoice' | 'credit-note';

export interface SeriesRow {
  /** Prefix and year: `INV-2026`. */
  readonly id: string;
  readonly kind: PaperKind;
  readonly next: number;
}

const DIGITS = 6;

/** What the next paper will be called: `INV-2026-000042`. */
export function nextNumber({ id, next }: Pick<SeriesRow, 'id' | 'next'>): string {
  return `${id}-${String(next).padStart(DIGITS, '0')}`;
}

export interface SeriesDraft {
  readonly kind: PaperKind;
  readonly prefix: string;
  readonly year: number | null;
  readonly next: number | null;
}

export type SeriesFault = 'prefix' | 'year' | 'next' | 'taken';

const PREFIX = /^[A-Z][A-Z0-9]{0,9}$/;
const YEARS = [2000, 2999] as const;
/** A series that begins at 1 begins by itself. */
const NEXTS = [2, 1_000_000_000] as const;

export function seriesFault(
  { prefix, year, next }: SeriesDraft,
  known: readonly SeriesRow[],
): SeriesFault | null {
  if (!PREFIX.test(prefix)) return 'prefix';
  if (!isWithin(year, YEARS)) return 'year';
  if (!isWithin(next, NEXTS)) return 'next';
  return known.some(({ id }) => id === `${prefix}-${String(year)}`) ? 'taken' : null;
}

function isWithin(value: number | null, [min, max]: readonly [number, number]): boolean {
  return value !== null && Number.isInteger(value) && value >= min && value <= max;
}
