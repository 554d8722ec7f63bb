/**
 * What one station was sent at once, as a row of its board. A ticket is named by the command that fired it and keeps its
 * name when its lines go over to other bills: only which bill a line is on changes then, so nothing is made twice.
 */
import type { BillHeading, KitchenLine, OrderLine } from '../shapes.ts';

/** `stopped`: not wanted any more, and the station has not yet said that it knows. */
export type TicketLineState = 'fired' | 'ready' | 'served' | 'stopped';

export interface TicketLine {
  /** Of the bill that it is on now: bump and recall it there. */
  readonly orderId: string;
  readonly lineId: string;
  readonly productId: string | null;
  readonly variantId: string | null;
  readonly name: string;
  readonly quantity: number;
  readonly modifiers: readonly { readonly name: string; readonly quantity: number }[];
  readonly course: number | null;
  readonly seat: number | null;
  readonly note: string | null;
  readonly rush: boolean;
  readonly state: TicketLineState;
}

/** A bill that lines of the ticket are on, or were. */
export interface TicketBill {
  readonly orderId: string;
  readonly number: number;
  readonly part: number;
  readonly tableId: string | null;
}

export interface TicketRow {
  readonly ticket_id: string;
  readonly station_id: string;
  readonly order_id: string;
  readonly number: number;
  readonly part: number;
  readonly location_id: string;
  readonly business_day: string;
  readonly channel: string;
  readonly table_id: string | null;
  /** The earliest course of its lines; null when they have none. */
  readonly course: number | null;
  readonly rush: boolean;
  /** `open` while the station has something to do or to take note of. */
  readonly status: 'open' | 'ready' | 'served';
  readonly lines: readonly TicketLine[];
  readonly bills: readonly TicketBill[];
  readonly fired_at: string;
  /** When it last stopped being open. */
  readonly done_at: string | null;
  readonly [column: string]: unknown;
}

/** A line of a ticket and its station, as events name both; either is null where no station was told. */
export interface TicketPlace {
  readonly ticketId?: string | null | undefined;
  readonly stationId?: string | null | undefined;
}

/** Key of the row: `TICKET~STATION`; null for what is on no board. */
export function ticketKeyOf({ ticketId, stationId }: TicketPlace): string | null {
  if (typeof ticketId !== 'string' || typeof stationId !== 'string') return null;
  return `${ticketId}~${stationId}`;
}

/** Those of `lines` that are on the ticket. */
export function ofTicket<Line extends TicketPlace>(
  lines: readonly Line[],
  key: string,
): readonly Line[] {
  return lines.filter((line) => ticketKeyOf(line) === key);
}

type SentLine = Omit<KitchenLine, keyof TicketPlace> &
  TicketPlace &
  Partial<Pick<OrderLine, 'productId' | 'variantId' | 'course' | 'seat' | 'note'>> & {
    readonly modifiers?: readonly { readonly name: string; readonly quantity: number }[];
  };

export interface Sent {
  readonly orderId: string;
  readonly lines: readonly SentLine[];
  readonly bill: BillHeading;
  readonly rush: boolean;
  readonly at: string;
}

/** A new ticket; null when none of the lines is for a station. Quantity 0 is a part of a price: nothing is made for it. */
export function begun({ orderId, lines: sent, bill, rush, at }: Sent): TicketRow | null {
  const lines = sent.filter(({ quantity }) => quantity > 0);
  const [first] = lines;
  const { ticketId = null, stationId = null } = first ?? {};
  if (ticketId === null || stationId === null) return null;
  const { number, part, locationId, businessDay, channel, tableId } = bill;
  return {
    ticket_id: ticketId,
    station_id: stationId,
    order_id: orderId,
    number,
    part,
    location_id: locationId,
    business_day: businessDay,
    channel,
    table_id: tableId,
    course: null,
    rush,
    status: 'open',
    lines: lines.map((line) => lineOf(line, { orderId, rush })),
    bills: [{ part, number, orderId, tableId }],
    fired_at: at,
    done_at: null,
  };
}

function lineOf(
  line: SentLine,
  { orderId, rush }: { readonly orderId: string; readonly rush: boolean },
): TicketLine {
  const { lineId, productId = null, variantId = null, name, quantity, modifiers = [] } = line;
  const { course = null, seat = null, note = null } = line;
  const chosen = modifiers.map((modifier) => ({
    name: modifier.name,
    quantity: modifier.quantity,
  }));
  // In the order of jsonb, shorter names first: what has that order already is not copied on its way into the table.
  return {
    name,
    note,
    rush,
    seat,
    state: 'fired',
    course,
    lineId,
    orderId,
    quantity,
    modifiers: chosen,
    productId,
    variantId,
  };
}

/** The row with everything that follows from its lines; null without lines. */
export function settled(row: TicketRow, at: string): TicketRow | null {
  const { lines, bills } = row;
  if (lines.length === 0) return null;
  const isOpen = lines.some(({ state }) => state === 'fired' || state === 'stopped');
  const isReady = lines.some(({ state }) => state === 'ready');
  const status = isOpen ? 'open' : isReady ? 'ready' : 'served';
  const wanted = lines.filter(({ state }) => state !== 'stopped');
  const [first] = wanted.length > 0 ? wanted : lines;
  const bill = bills.find(({ orderId }) => orderId === first?.orderId);
  const courses = wanted.flatMap(({ course }) => (course === null ? [] : [course]));
  return {
    ...row,
    ...(bill === undefined ? {} : headOf(bill)),
    course: courses.length === 0 ? null : Math.min(...courses),
    rush: wanted.some(({ rush, state }) => rush && state === 'fired'),
    status,
    done_at: isOpen ? null : (row.done_at ?? at),
  };
}

function headOf({ orderId, number, part, tableId }: TicketBill) {
  return { order_id: orderId, number, part, table_id: tableId };
}
