/** The events of lines that go from one bill to others: what leaves, what stays, what arrives. Pure. */
import type { OrderEvent } from './events.ts';
import { lineIdOf } from './line-ids.ts';
import type { BillHeading, MovedLine } from './shapes.ts';
import { divideLine, type PartOfLine } from './split-bills.ts';
import type { KnownOrder, LineState } from './order-state.ts';

/** How a line is divided: first what stays, then what goes to each target. */
export interface Move {
  readonly line: LineState;
  readonly weights: readonly number[];
  /** What the parts come to, where that is known already. */
  readonly gross?: readonly number[];
}

export interface MoveTarget {
  readonly id: string;
  /** Of the bill they go to. */
  readonly bill: BillHeading;
  /** Ids of lines that it has. */
  readonly taken: ReadonlySet<string>;
  /** How many it has now, where some come with the lines. */
  readonly guests?: number | null;
}

export interface MovePlan {
  readonly moves: readonly Move[];
  readonly targets: readonly MoveTarget[];
  readonly by: 'item' | 'seat' | 'amount' | 'transfer' | 'merge';
}

export interface MoveEvents {
  readonly out: OrderEvent;
  /** Of the target at this place. */
  readonly into: (index: number) => readonly OrderEvent[];
}

export function eventsOfMove(
  order: KnownOrder,
  { moves, targets, by }: MovePlan,
  { id, commandId }: { readonly id: string; readonly commandId: string },
): MoveEvents {
  const arriving: MovedLine[][] = targets.map(() => []);
  const left: LeftPart[] = [];
  const leaving: LeavingPart[] = [];
  let parts = 0;
  for (const move of moves) {
    const { line } = move;
    const [stays, ...goes] = divideLine(line, order.taxMode, move);
    if (stays === undefined) continue;
    const isWhole = isNothing(stays) && goes.filter((part) => !isNothing(part)).length === 1;
    left.push({ lineId: line.lineId, ...stays, discounts: [...stays.discounts] });
    for (const [index, part] of goes.entries()) {
      const target = targets[index];
      if (target === undefined || isNothing(part)) continue;
      const keepsId = isWhole && !target.taken.has(line.lineId);
      const toLineId = keepsId ? line.lineId : lineIdOf(commandId, parts++);
      const { lineId, ticketId, stationId } = line;
      const { quantity } = part;
      const tellsStation = { ticketId, stationId };
      leaving.push({ lineId, toOrderId: target.id, toLineId, quantity, ...tellsStation });
      arriving[index]?.push(movedLine(line, toLineId, part));
    }
  }
  const data = { orderId: id, lines: leaving, left, by };
  return {
    out: { type: 'LinesMovedOut', data },
    into(index) {
      const target = targets[index];
      if (target === undefined) return [];
      const { bill, guests = null } = target;
      const { tableId } = bill;
      const lines = arriving[index] ?? [];
      const bringing = guests === null ? {} : { guests };
      const arrived = { orderId: target.id, fromOrderId: id, tableId, bill, lines, ...bringing };
      return [{ type: 'LinesMovedIn', data: arrived }];
    },
  };
}

type MovedOut = Extract<OrderEvent, { readonly type: 'LinesMovedOut' }>['data'];
type LeftPart = MovedOut['left'][number];
type LeavingPart = MovedOut['lines'][number];

/** Where tax is added on top, a part of one minor unit may be tax alone, with no amount of its own. */
function isNothing({ quantity, amount, gross }: PartOfLine): boolean {
  return quantity === 0 && amount === 0 && gross === 0;
}

function movedLine(line: LineState, lineId: string, part: PartOfLine): MovedLine {
  const { productId, variantId, categoryId, name, unitPrice, modifiers, taxLabel, taxRate } = line;
  const { stationId, course, seat, note, limited, ticketId, kitchen } = line;
  const { quantity, amount, discounts, net, tax, gross } = part;
  return {
    line: {
      lineId,
      productId,
      variantId,
      categoryId,
      name,
      quantity,
      unitPrice,
      modifiers,
      amount,
      taxLabel,
      taxRate,
      stationId,
      course,
      seat,
      note,
      ticketId,
      ...(limited ? { limited } : {}),
    },
    fromLineId: line.lineId,
    discounts: [...discounts],
    net,
    tax,
    gross,
    kitchen,
  };
}
