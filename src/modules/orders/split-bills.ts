/**
 * Dividing lines among bills. What a line costs and its tax are divided, not computed anew, so that the bills add up to
 * what there was in total and in tax of every rate. Pure.
 */
import { allocate, divideHalfEven } from '../../core/money.ts';
import { pointsOf, taxedOf } from './amounts.ts';
import type { OrderCommandNamed } from './commands.ts';
import type { LineState } from './order-state.ts';
import type { Taxed, TaxMode } from '../../core/tax.ts';

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
 * A line divided in proportion to `weights` (its quantities on the bills, or amounts), what stays first. `gross` gives the
 * parts exactly where they are known already; they must then add up to that of the line, and what was paid must be within
 * the first. Quantities are divided by the weights too; points stay.
 */
export function divideLine(
  line: LineState,
  mode: TaxMode,
  { weights, gross }: { readonly weights: readonly number[]; readonly gross?: readonly number[] },
): readonly PartOfLine[] {
  const whole = taxedOf(line, mode);
  const grossParts = gross ?? allocate(whole.gross, weights);
  const taxParts =
    whole.gross === 0
      ? allocate(whole.tax, weights)
      : taxOfParts(whole, { parts: grossParts, paid: line.paid });
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
    const points = index === 0 ? pointsOf(line) : 0;
    return { quantity, amount: payable + off + points, discounts, net, tax, gross: itsGross };
  });
}

/** Weighted by the gross parts no part has more tax than it costs. */
function taxOfParts(
  whole: Taxed,
  { parts, paid }: { readonly parts: readonly number[]; readonly paid: number },
): readonly number[] {
  const [stays = 0, ...goes] = parts;
  if (paid <= 0) return allocate(whole.tax, parts);
  const staying = taxStaying(whole, { stays, paid });
  return [staying, ...allocate(whole.tax - staying, goes)];
}

interface Kept {
  readonly stays: number;
  readonly paid: number;
}

/**
 * Tax of what stays of a line that was paid in part. A till counted the tax in `paid` when that came in; the share that is
 * rounded up or down, whichever gives that tax again, is what it will have counted in all. One of the two does: the exact
 * share lies in a range of shares that do, which is at least one unit wide because `paid` is no more than what stays.
 */
function taxStaying({ tax, gross }: Taxed, { stays, paid }: Kept): number {
  const counted = shareOf(tax, { part: paid, whole: gross });
  const near = shareOf(tax, { part: stays, whole: gross });
  const isCounted = (each: number): boolean =>
    shareOf(each, { part: paid, whole: stays }) === counted;
  return [near, near - 1, near + 1].find(isCounted) ?? near;
}

function shareOf(
  tax: number,
  { part, whole }: { readonly part: number; readonly whole: number },
): number {
  return divideHalfEven(BigInt(tax) * BigInt(part), BigInt(whole));
}

/**
 * How much of what each line owes goes on each bill so that exactly `targets` (which add up to all of it) are due there: one
 * line after another is divided by what the bills still lack, which never gives a bill more than it lacks.
 */
export function spreadOverBills(
  dues: readonly number[],
  targets: readonly number[],
): readonly (readonly number[])[] {
  const lacking = [...targets];
  return dues.map((due) => {
    const parts = allocate(due, lacking);
    parts.forEach((part, index) => {
      lacking[index] = (lacking[index] ?? 0) - part;
    });
    return parts;
  });
}
