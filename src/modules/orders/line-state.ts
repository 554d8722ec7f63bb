/** Lines as they begin, and how lists of them are changed. Pure. */
import type { OrderLine } from './shapes.ts';
import type { LineState } from './order-state.ts';

/** A line that was just sold. */
export function lineStateOf(line: OrderLine): LineState {
  const { kitchen, ticketId = null, limited = false, ...sold } = line;
  const told = kitchen ?? (line.stationId === null ? 'none' : 'fired');
  return {
    ...sold,
    revision: 1,
    discounts: [],
    points: [],
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
