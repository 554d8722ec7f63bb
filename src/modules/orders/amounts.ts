/** What lines and orders come to. Everything here follows from the state; nothing is rounded twice. */
import {
  taxOfAmount,
  taxTotals,
  type Taxed,
  type TaxedLine,
  type TaxMode,
  type TaxTotal,
} from '../../core/tax.ts';
import type { KnownOrder, LineState } from './order-state.ts';

const sum = (amounts: readonly { readonly amount: number }[]): number =>
  amounts.reduce((total, { amount }) => total + amount, 0);

export function discountOf({ discounts }: LineState): number {
  return sum(discounts);
}

export function pointsOf({ points }: LineState): number {
  return sum(points);
}

/** After discounts and points, in the tax mode of the location: what is taxed. */
export function payableOf(line: LineState): number {
  return line.amount - discountOf(line) - pointsOf(line);
}

/** Tax of a line, rounded once; of a part of a split line as the split divided it. */
export function taxedOf(line: LineState, mode: TaxMode): Taxed {
  return line.fixed ?? taxOfAmount(payableOf(line), line.taxRate, mode);
}

export function grossOf(line: LineState, mode: TaxMode): number {
  return taxedOf(line, mode).gross;
}

/** What is left to pay of a line, tax included. */
export function dueOf(line: LineState, mode: TaxMode): number {
  return grossOf(line, mode) - line.paid;
}

export interface Totals {
  /** Tax included, after discounts and points. */
  readonly gross: number;
  readonly due: number;
  readonly paid: number;
  readonly refunded: number;
  readonly discounts: number;
  readonly pointsDiscounts: number;
  readonly tips: number;
  readonly taxes: readonly TaxTotal[];
}

/** What the bill comes to, tax included. */
export function grossOfOrder({ lines, taxMode }: KnownOrder): number {
  let gross = 0;
  for (const line of lines) gross += grossOf(line, taxMode);
  return gross;
}

/** What is left to pay of the bill. */
export function dueOfOrder({ lines, taxMode }: KnownOrder): number {
  let due = 0;
  for (const line of lines) due += dueOf(line, taxMode);
  return due;
}

export function totalsOf(order: KnownOrder): Totals {
  const { lines, taxMode } = order;
  let [gross, paid, refunded, discounts, pointsDiscounts] = [0, 0, 0, 0, 0];
  const taxed: TaxedLine[] = [];
  for (const line of lines) {
    const { net, tax, gross: whole } = taxedOf(line, taxMode);
    taxed.push({ label: line.taxLabel, rate: line.taxRate, net, tax, gross: whole });
    gross += whole;
    paid += line.paid;
    refunded += line.refunded;
    discounts += discountOf(line);
    pointsDiscounts += pointsOf(line);
  }
  const due = gross - paid;
  const tips = tipsOf(order);
  return { gross, paid, due, refunded, discounts, pointsDiscounts, tips, taxes: taxTotals(taxed) };
}

/** Tips received less tips given back. */
export function tipsOf({ payments, refunds }: KnownOrder): number {
  const given = payments.reduce((total, { tip }) => total + tip, 0);
  return refunds.reduce((total, { tip }) => total - tip, given);
}
