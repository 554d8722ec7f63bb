/**
 * What stays when a person is erased, and why. A receipt names it: whoever asks to be forgotten is owed the truth. What
 * stays has the id of the person in it, and nobody can tell any more whose it was.
 */
import type { SummaryRow } from './read-models/summaries.ts';

export interface KeptRecord {
  readonly what: string;
  readonly why: string;
  /** Last day on which it has to be kept, `YYYY-MM-DD`; null for as long as the house has its log. */
  readonly until: string | null;
}

/**
 * Whole years after the one of the sale: the longest that the countries of our users ask for (Germany, section 147 of the
 * fiscal code, until 2024; Poland and Brazil ask for five). Longer than needed is safe, shorter is not.
 */
const SALES_KEPT_YEARS = 10;

/** `requestedAt` is RFC 3339: no sale of an erased person is younger. Pure. */
export function keptAfterErasure(
  summary: SummaryRow | null,
  requestedAt: string,
): readonly KeptRecord[] {
  const erasure: KeptRecord = {
    what: 'that an erasure was asked for: its receipt, its time and a keyed hash of the id',
    why: 'it is applied again to every copy of the data that is restored (GDPR, article 5 (2))',
    until: null,
  };
  if (summary === null) return [erasure];
  const year = Number(requestedAt.slice(0, 4)) + SALES_KEPT_YEARS;
  const sales: KeptRecord = {
    what: 'bills, payments and refunds: lines, amounts and taxes, without name, contact or notes',
    why: 'records of sales are kept by tax and accounting law (GDPR, article 17 (3) (b))',
    until: `${year}-12-31`,
  };
  return [sales, erasure];
}
