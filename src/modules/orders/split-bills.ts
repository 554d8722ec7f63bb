/**
 * Dividing lines among bills. What a line costs and its tax are divided, not computed anew, so that the bills add up to
 * what there was in total and in tax of every rate. Pure.
 */
import { allocate } from '../../core/money.ts';
import { taxedOf } from './amounts.ts';
import type { OrderCommandNamed } from './commands.ts';
import type { LineState } from './order-state.ts';
import type { TaxMode } from '../../core/tax.ts';

/** Ids of the bills that a split makes, known from the command alone. */
export function newBillIds({
  commandId,
  input,
}: Pick<OrderCommandNamed<'SplitOrder'>, 'commandId' | 'input'>): readonly string[] {
  const count = billCount(input);
  // Ids of streams have a form of their own; those of commands may not.
  const stem = commandId.replaceAll(/[^A-Za-z0-9._~-]/g, '-').slice(0, 100);
  return Array.from({ length: count }, (_, index) => `${stem}-bill-${index + 1}`);
}

function billCount(input: OrderCommandNamed<'SplitOrder'>['input']): number {
  const { by, bills = [], seats = [], amounts = [], parts } = input;
  if (by === 'item') return bills.length;
  if (by === 'seat') return seats.length;
  return parts === undefined ? amounts.length : parts - 1;
}

/** A part of a line on one bill. */
export interface PartOfLine {
  readonly quantity: number;
  readonly amount: number;
  readonly discounts: LineState['discounts'];
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
}

/**
 * A line divided in proportion to `weights` (its quantities on the bills, or amounts). `gross` gives the parts exactly
 * where they are known already; they must then add up to that of the line. Quantities are divided by the weights too.
 */
export function divideLine(
  line: LineState,
  mode: TaxMode,
  { weights, gross }: { readonly weights: readonly number[]; readonly gross?: readonly number[] },
): readonly PartOfLine[] {
  const whole = taxedOf(line, mode);
  const grossParts = gross ?? allocate(whole.gross, weights);
  // Weighted by the gross parts no part has more tax than it costs.
  const taxParts = allocate(whole.tax, whole.gross === 0 ? weights : grossParts);
  const quantities = allocate(line.quantity, weights);
  const discountParts = line.discounts.map(({ discountId, amount }) => ({
    discountId,
    parts: allocate(amount, weights),
  }));
  return weights.map((_, index) => {
    const [itsGross = 0, tax = 0] = [grossParts[index], taxParts[index]];
    const net = itsGross - tax;
    const discounts = discountParts
      .map(({ discountId, parts }) => ({ discountId, amount: parts[index] ?? 0 }))
      .filter(({ amount }) => amount > 0);
    const off = discounts.reduce((sum, { amount }) => sum + amount, 0);
    const payable = mode === 'inclusive' ? itsGross : net;
    const quantity = quantities[index] ?? 0;
    return { quantity, amount: payable + off, discounts, net, tax, gross: itsGross };
  });
}

/**
 * How much of each line goes on each bill so that the bills come to exactly `targets` (which add up to all lines): one
 * line after another is divided by what the bills still lack, which never gives a bill more than it lacks.
 */
export function spreadOverBills(
  lines: readonly LineState[],
  mode: TaxMode,
  targets: readonly number[],
): readonly (readonly number[])[] {
  const lacking = [...targets];
  return lines.map((line) => {
    const parts = allocate(taxedOf(line, mode).gross, lacking);
    parts.forEach((part, index) => {
      lacking[index] = (lacking[index] ?? 0) - part;
    });
    return parts;
  });
}
