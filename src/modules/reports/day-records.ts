/**
 * A day as lines for the accountant, in a long form whose columns never depend on the rates. Amounts are signed, so that
 * the sums of a file hold R1: sales + refunds = payments + paid-back + corrections - tips - tips-back, where corrections
 * add up to nothing.
 */
import { CURRENCIES, moneyText, type Currency } from '../../core/money.ts';
import type { CsvValue } from '../../core/csv.ts';
import type { TaxTotal } from '../../core/tax.ts';
import type { DayRow, Tender } from './read-models/days.ts';

export const DAY_COLUMNS = [
  'business_day',
  'location_id',
  'currency',
  'entry',
  'label',
  'rate_percent',
  'count',
  'net',
  'tax',
  'gross',
] as const;

/** Rates are hundred-thousandths, a percent is a thousand of them. */
const RATE_PER_PERCENT = 1000;

export function dayRecords(row: DayRow): readonly (readonly CsvValue[])[] {
  const { currency } = row;
  if (!isCurrency(currency)) return [];
  const decimal = (amount: number): string => decimalText(amount, currency);
  const place = [row.business_day, row.location_id, currency];
  const record = (entry: string, label: string | null, rest: readonly CsvValue[]) => [
    ...place,
    entry,
    label,
    ...rest,
  ];
  const sum = (entry: string, count: number | null, amount: number) =>
    record(entry, null, [null, count, null, null, decimal(amount)]);
  const taxed = (entry: string, sign: 1 | -1) => (total: TaxTotal) => {
    const { label, rate, net, tax, gross } = total;
    const amounts = [net, tax, gross].map((amount) => decimal(sign * amount));
    return record(entry, label, [rate / RATE_PER_PERCENT, null, ...amounts]);
  };
  const tenders = Object.entries(row.tenders).sort(([a], [b]) => (a < b ? -1 : 1));
  const paid = (kind: string, { payments, received, change }: Tender) =>
    record('payments', kind, [null, payments, null, null, decimal(received - change)]);
  const back = (kind: string, { refunds, paidBack }: Tender) =>
    record('paid-back', kind, [null, refunds, null, null, decimal(-paidBack)]);
  const moved = (kind: string, { corrections, corrected }: Tender) =>
    record('corrections', kind, [null, corrections, null, null, decimal(corrected)]);
  return [
    ...row.taxes.map(taxed('sales', 1)),
    ...row.refund_taxes.map(taxed('refunds', -1)),
    ...tenders.map(([kind, tender]) => paid(kind, tender)),
    ...tenders.filter(([, { refunds }]) => refunds > 0).map(([kind, tender]) => back(kind, tender)),
    ...tenders
      .filter(([, { corrections }]) => corrections > 0)
      .map(([kind, tender]) => moved(kind, tender)),
    sum('tips', null, row.tips),
    sum('tips-back', null, -row.refunded_tips),
    sum('discounts', null, row.discounts),
    sum('points', null, row.points_discounts),
    sum('voids', row.voids, row.voided),
    sum('cancelled', row.cancelled_orders, row.cancelled),
  ];
}

function isCurrency(currency: string | null): currency is Currency {
  return currency !== null && Object.hasOwn(CURRENCIES, currency);
}

/** `12.50` of 1250: with a point, whatever the language, as accounting programs read it. */
function decimalText(amount: number, currency: Currency): string {
  const [decimal = ''] = moneyText({ amount: amount === 0 ? 0 : amount, currency }).split(' ');
  return decimal;
}
