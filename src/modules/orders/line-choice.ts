/** Lines that a command names, with how much of each. Only what money was not paid for can be taken away. */
import { rejected, type Rejected } from '../../core/decision.ts';
import { lineMissing } from './decide-discounts.ts';
import type { LinesChosen } from './inputs.ts';
import type { BillHeading, KitchenLine } from './shapes.ts';
import type { KnownOrder, LineState } from './order-state.ts';

export interface ChosenLine {
  readonly line: LineState;
  readonly quantity: number;
}

export interface ChosenLines {
  readonly outcome: 'chosen';
  readonly lines: readonly ChosenLine[];
}

/** LINE_UNKNOWN, LINE_GONE, LINE_TWICE, LINE_QUANTITY {quantity}, LINE_PAID, POINTS_ON_LINE. */
export function chooseLines(order: KnownOrder, chosen: LinesChosen): ChosenLines | Rejected {
  const lines = new Map<string, ChosenLine>();
  for (const { lineId, quantity } of chosen) {
    const line = order.lines.find((held) => held.lineId === lineId);
    if (line === undefined) return lineMissing(order, lineId);
    if (lines.has(lineId)) return rejected('LINE_TWICE', { lineId });
    if (quantity !== undefined && quantity > line.quantity)
      return rejected('LINE_QUANTITY', { lineId, quantity: line.quantity });
    const held = bound(line);
    if (held !== null) return held;
    lines.set(lineId, { line, quantity: quantity ?? line.quantity });
  }
  return { outcome: 'chosen', lines: [...lines.values()] };
}

/** What binds a line to its bill. */
export function bound({ lineId, paid, points }: LineState): Rejected | null {
  if (paid > 0) return rejected('LINE_PAID', { lineId });
  return points.length > 0 ? rejected('POINTS_ON_LINE', { lineId }) : null;
}

export function kitchenLineOf(line: LineState): KitchenLine {
  const { lineId, name, quantity, stationId, ticketId } = line;
  return { lineId, name, quantity, stationId, ticketId };
}

export function firedLineOf(line: LineState) {
  const { productId, variantId, modifiers, course, seat, note } = line;
  const made = { productId, variantId, modifiers: [...modifiers], course, seat, note };
  return { ...kitchenLineOf(line), ...made };
}

export function headingOf(order: KnownOrder): BillHeading {
  const { number, part, locationId, businessDay, channel, tableId } = order;
  return { number, part, locationId, businessDay, channel, tableId };
}

/**
 * What stays and what goes, as weights. A line without quantity is what an amount-wise split left of one that is counted
 * on another bill: it goes as a whole.
 */
export function weightsOf({ line, quantity }: ChosenLine): readonly [number, number] {
  return quantity === line.quantity ? [0, 1] : [line.quantity - quantity, quantity];
}
