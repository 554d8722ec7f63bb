/** What happens to a ticket that a board shows. Pure; each gives the row before it is settled. */
import type { OrderEvent } from '../events.ts';
import { ofTicket, type TicketBill, type TicketLine, type TicketRow } from './ticket-row.ts';

export type EventNamed<Name extends OrderEvent['type']> = Extract<
  OrderEvent,
  { readonly type: Name }
>;

/** The lines that are still on the ticket, each changed by `change`; null takes one off. */
export function withLines(
  row: TicketRow,
  orderId: string,
  changes: {
    readonly lineIds: readonly string[];
    readonly change: (line: TicketLine) => TicketLine | null;
  },
): TicketRow {
  const named = new Set(changes.lineIds);
  const lines = row.lines.flatMap((line) => {
    const isMeant = line.orderId === orderId && named.has(line.lineId) && line.state !== 'stopped';
    const after = isMeant ? changes.change(line) : line;
    return after === null ? [] : [after];
  });
  return { ...row, lines };
}

/** The station knows of what was stopped. */
export function withoutStopped(row: TicketRow): TicketRow {
  return { ...row, lines: row.lines.filter(({ state }) => state !== 'stopped') };
}

/** What is being made is struck out where it stands; what is ready needs nobody's attention at the station. */
export function stopped(
  row: TicketRow,
  orderId: string,
  off: readonly { readonly lineId: string; readonly quantity: number }[],
): TicketRow {
  let { lines } = row;
  for (const { lineId, quantity } of off)
    lines = lines.flatMap((line): readonly TicketLine[] => {
      const isMeant =
        line.orderId === orderId && line.lineId === lineId && line.state !== 'stopped';
      if (!isMeant) return [line];
      const taken = Math.min(quantity, line.quantity);
      const left = line.quantity - taken;
      return [
        ...(left > 0 ? [{ ...line, quantity: left }] : []),
        ...(line.state === 'fired'
          ? [{ ...line, quantity: taken, state: 'stopped' as const }]
          : []),
      ];
    });
  return { ...row, lines };
}

/**
 * Quantities go over to other bills; their lines stay on the ticket in the state they were in. A line of quantity 0 is a
 * part of a price, which no station makes.
 */
export function movedOut(
  row: TicketRow,
  { orderId, lines: moves }: EventNamed<'LinesMovedOut'>['data'],
  key: string,
): TicketRow {
  let { lines, bills } = row;
  for (const { lineId, toOrderId, toLineId, quantity } of ofTicket(moves, key)) {
    const isFrom = (line: TicketLine): boolean =>
      line.orderId === orderId && line.lineId === lineId && line.state !== 'stopped';
    const from = lines.find(isFrom);
    if (from === undefined || quantity === 0) continue;
    const left = from.quantity - Math.min(quantity, from.quantity);
    const over = {
      ...from,
      orderId: toOrderId,
      lineId: toLineId,
      quantity: Math.min(quantity, from.quantity),
    };
    lines = lines.flatMap((line) =>
      isFrom(line) ? [...(left > 0 ? [{ ...line, quantity: left }] : []), over] : [line],
    );
    bills = withBill(bills, { ...billOf(row, orderId), orderId: toOrderId }, 'unless-known');
  }
  return { ...row, lines, bills };
}

function billOf(row: TicketRow, orderId: string): TicketBill {
  const { number, part, table_id: tableId } = row;
  return row.bills.find((bill) => bill.orderId === orderId) ?? { orderId, number, part, tableId };
}

/** The heading of a bill that lines of the ticket are on: whichever of both events of a move comes first. */
export function withHeading(row: TicketRow, bill: TicketBill): TicketRow {
  return { ...row, bills: withBill(row.bills, bill, 'always') };
}

function withBill(
  bills: readonly TicketBill[],
  bill: TicketBill,
  when: 'always' | 'unless-known',
): readonly TicketBill[] {
  const isKnown = bills.some(({ orderId }) => orderId === bill.orderId);
  if (!isKnown) return [...bills, bill];
  if (when === 'unless-known') return bills;
  return bills.map((held) => (held.orderId === bill.orderId ? bill : held));
}
