/** How a bill is to be split: by items, by seats, by amounts. Pure. */
import { rejected, type Rejected } from '../../core/decision.ts';
import { allocate, money } from '../../core/money.ts';
import { dueOf, pointsOf } from './amounts.ts';
import type { OrderCommandNamed } from './commands.ts';
import { minorUnits } from './inputs.ts';
import { bound, chooseLines } from './line-choice.ts';
import type { Move } from './move-lines.ts';
import { spreadOverBills } from './split-bills.ts';
import type { KnownOrder } from './order-state.ts';

type SplitInput = OrderCommandNamed<'SplitOrder'>['input'];

export interface SplitPlan {
  readonly outcome: 'planned';
  readonly moves: readonly Move[];
}

/**
 * SPLIT_UNCLEAR when what the way of splitting needs is missing, SPLIT_LEAVES_NOTHING, SEAT_EMPTY {seat}, SPLIT_ABOVE_DUE
 * {due}, and what binds a line to its bill.
 */
export function planSplit(order: KnownOrder, input: SplitInput): SplitPlan | Rejected {
  switch (input.by) {
    case 'item':
      return byItem(order, input.bills ?? []);
    case 'seat':
      return bySeat(order, input.seats ?? []);
    case 'amount':
      return byAmount(order, input);
  }
}

function byItem(order: KnownOrder, bills: NonNullable<SplitInput['bills']>): SplitPlan | Rejected {
  if (bills.length === 0) return rejected('SPLIT_UNCLEAR');
  const going = new Map<string, number[]>();
  for (const [index, bill] of bills.entries()) {
    const chosen = chooseLines(order, bill);
    if (chosen.outcome === 'rejected') return chosen;
    for (const { line, quantity } of chosen.lines) {
      const parts = going.get(line.lineId) ?? bills.map(() => 0);
      // A line of quantity 0 is the rest of one that was split by amount: it goes as a whole.
      parts[index] = Math.max(quantity, 1);
      going.set(line.lineId, parts);
    }
  }
  const moves: Move[] = [];
  for (const line of order.lines) {
    const parts = going.get(line.lineId);
    if (parts === undefined) continue;
    const stays = Math.max(line.quantity, 1) - parts.reduce((sum, part) => sum + part, 0);
    if (stays < 0)
      return rejected('LINE_QUANTITY', { lineId: line.lineId, quantity: line.quantity });
    moves.push({ line, weights: [stays, ...parts] });
  }
  return unlessNothingStays(order, moves);
}

function bySeat(order: KnownOrder, seats: readonly number[]): SplitPlan | Rejected {
  if (seats.length === 0) return rejected('SPLIT_UNCLEAR');
  const empty = seats.find((seat) => !order.lines.some((line) => line.seat === seat));
  if (empty !== undefined) return rejected('SEAT_EMPTY', { seat: empty });
  const moves: Move[] = [];
  for (const line of order.lines) {
    const { seat } = line;
    if (seat === null || !seats.includes(seat)) continue;
    const held = bound(line);
    if (held !== null) return held;
    moves.push({ line, weights: [0, ...seats.map((each) => (each === seat ? 1 : 0))] });
  }
  return unlessNothingStays(order, moves);
}

function unlessNothingStays(order: KnownOrder, moves: readonly Move[]): SplitPlan | Rejected {
  const whole = moves.filter(({ weights }) => weights[0] === 0);
  if (whole.length === order.lines.length) return rejected('SPLIT_LEAVES_NOTHING');
  return { outcome: 'planned', moves };
}

/**
 * What is still due of every line is divided over all bills. Payments and points belong to the bill they were made on, so
 * what they came to stays there with its line.
 */
function byAmount(order: KnownOrder, input: SplitInput): SplitPlan | Rejected {
  const { lines, currency, taxMode } = order;
  const dues = lines.map((line) => dueOf(line, taxMode));
  const due = dues.reduce((sum, each) => sum + each, 0);
  const targets = targetsOf(input, { due, currency });
  if (targets === null) return rejected('SPLIT_UNCLEAR');
  if (targets.some((target) => target < 1))
    return rejected('SPLIT_ABOVE_DUE', { due: money(due, currency) });
  const spread = spreadOverBills(dues, targets);
  const moves = lines.flatMap((line, index): Move[] => {
    // What owes nothing stays as it is.
    if (dues[index] === 0) return [];
    const [stays = 0, ...goes] = spread[index] ?? [];
    const kept = line.paid + stays;
    return [{ line, weights: [kept + pointsOf(line), ...goes], gross: [kept, ...goes] }];
  });
  return { outcome: 'planned', moves };
}

/** What is to be due on each bill, the one that stays first; null when it is not said in exactly one way. */
function targetsOf(
  { amounts, parts }: Pick<SplitInput, 'amounts' | 'parts'>,
  { due, currency }: { readonly due: number; readonly currency: KnownOrder['currency'] },
): readonly number[] | null {
  if (parts !== undefined)
    return amounts === undefined
      ? allocate(
          due,
          Array.from({ length: parts }, () => 1),
        )
      : null;
  if (amounts === undefined) return null;
  const wanted = amounts.map((amount) => minorUnits(amount, currency));
  if (wanted.some((amount) => amount === null)) return null;
  const going = wanted.map((amount) => amount ?? 0);
  return [due - going.reduce((sum, amount) => sum + amount, 0), ...going];
}
