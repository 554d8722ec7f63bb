/** Lines as they begin, and how lists of them are changed. Pure. */
import type { OrderLine } from './shapes.ts';
import type { LineState } from './order-state.ts';

const NONE: readonly never[] = [];

/**
 * A line that was just sold. Member by member: taking three out of a line and spreading the rest made 1.5 kB for each,
 * and a sale makes eight.
 */
export function lineStateOf(line: OrderLine): LineState {
  const { stationId, ticketId = null, limited = false } = line;
  const told = line.kitchen ?? (stationId === null ? 'none' : 'fired');
  return {
    lineId: line.lineId,
    productId: line.productId,
    variantId: line.variantId,
    categoryId: line.categoryId,
    name: line.name,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    modifiers: line.modifiers,
    amount: line.amount,
    taxLabel: line.taxLabel,
    taxRate: line.taxRate,
    stationId,
    course: line.course,
    seat: line.seat,
    note: line.note,
    revision: 1,
    discounts: NONE,
    points: NONE,
    fixed: null,
    paid: 0,
    refunded: 0,
    refundedTax: 0,
    returned: false,
    kitchen: told,
    ticketId,
    rushed: false,
    limited,
  };
}

/** The lines with those changed that `changes` names; others stay as they are. */
export function changedLines<Change extends { readonly lineId: string }>(
  lines: readonly LineState[],
  changes: readonly Change[],
  change: (line: LineState, by: Change) => LineState,
): readonly LineState[] {
  const byId = new Map(changes.map((each) => [each.lineId, each]));
  return lines.map((line) => {
    const by = byId.get(line.lineId);
    return by === undefined ? line : change(line, by);
  });
}
