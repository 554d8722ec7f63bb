import { money, type Currency, type Money } from '../../../core/money.ts';
import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { changesTotal } from '../bill-totals.ts';
import { ORDER_EVENTS, type OrderEvent } from '../events.ts';

/** A row of the list of orders. */
export interface OrderRow {
  readonly number: number;
  /** Which bill of the number; 0 for the first. */
  readonly part: number;
  readonly location_id: string;
  readonly business_day: string;
  readonly channel: string;
  readonly table_id: string | null;
  readonly customer_id: string | null;
  readonly guests: number | null;
  readonly status: string;
  readonly items: number;
  readonly total: Money;
  readonly due: Money;
  readonly refunded: Money;
  readonly tips: Money;
  readonly bill_asked: boolean;
  readonly imported: boolean;
  readonly placed_at: string;
  readonly closed_at: string | null;
  readonly [column: string]: unknown;
}

export const orderList = defineReadModel<Recorded<OrderEvent>, OrderRow>({
  name: 'orders.list',
  version: 2,
  columns: {
    number: 'integer',
    part: 'integer',
    location_id: 'text',
    business_day: 'date',
    channel: 'text',
    table_id: 'text',
    customer_id: 'text',
    guests: 'integer',
    status: 'text',
    items: 'integer',
    total: 'jsonb',
    due: 'jsonb',
    refunded: 'jsonb',
    tips: 'jsonb',
    bill_asked: 'boolean',
    imported: 'boolean',
    placed_at: 'timestamptz',
    closed_at: 'timestamptz',
  },
  // A table's orders of the moment are found by their status: there are few.
  indexes: [
    ['placed_at'],
    ['status', 'placed_at'],
    ['location_id', 'placed_at'],
    ['customer_id', 'placed_at'],
    ['business_day', 'placed_at'],
  ],
  on: ORDER_EVENTS,
  keys: (event) => [event.data.orderId],
  begins: ({ type }) => type === 'OrderPlaced',
  project(row, event) {
    if (event.type === 'OrderPlaced') return placed(event);
    if (row === null) return null;
    return withGuests(withStatus(withAmounts(row, event), event), event);
  },
  personal: 'none',
  list: {
    filters: {
      status: 'status',
      locationId: 'location_id',
      tableId: 'table_id',
      customerId: 'customer_id',
      businessDay: 'business_day',
    },
    order: [{ column: 'placed_at', descending: true }],
    range: { column: 'placed_at' },
    location: 'location_id',
  },
});

type Placed = Extract<Recorded<OrderEvent>, { readonly type: 'OrderPlaced' }>;

function placed({ data, at }: Placed): OrderRow {
  const { number, part = 0, locationId, businessDay, channel, tableId, customerId } = data;
  const { currency, guests = null, imported, lines, total = 0 } = data;
  const nothing = money(0, currency);
  const place = { location_id: locationId, business_day: businessDay, channel };
  return {
    number,
    part,
    ...place,
    table_id: tableId,
    customer_id: customerId,
    guests,
    status: 'open',
    items: quantityOf(lines),
    bill_asked: false,
    imported,
    total: money(total, currency),
    due: money(total, currency),
    refunded: nothing,
    tips: nothing,
    placed_at: data.takenAt ?? at,
    closed_at: null,
  };
}

function quantityOf(lines: readonly { readonly quantity: number }[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

function withAmounts(row: OrderRow, event: Recorded<OrderEvent>): OrderRow {
  const items = row.items + itemsOf(event);
  const { total, due, refunded, tips } = row;
  if (changesTotal(event)) {
    const after = event.data.total ?? total.amount;
    const stillDue = due.amount + after - total.amount;
    return { ...row, items, total: of(total, after), due: of(total, stillDue) };
  }
  switch (event.type) {
    case 'OrderPaymentTaken': {
      const tipped = of(tips, tips.amount + event.data.tip);
      return { ...row, due: of(due, event.data.due), tips: tipped };
    }
    case 'OrderRefunded': {
      const { amount, tip } = event.data;
      const back = of(refunded, refunded.amount + amount - tip);
      return { ...row, refunded: back, tips: of(tips, tips.amount - tip) };
    }
    default:
      return row;
  }
}

/** Pieces that an event puts on the bill or takes off it. */
function itemsOf(event: Recorded<OrderEvent>): number {
  switch (event.type) {
    case 'LinesAdded':
      return quantityOf(event.data.lines);
    case 'LinesMovedIn':
      return quantityOf(event.data.lines.map(({ line }) => line));
    case 'LinesVoided':
    case 'LinesMovedOut':
      return -quantityOf(event.data.lines);
    default:
      return 0;
  }
}

function of({ currency }: { readonly currency: Currency }, amount: number): Money {
  return money(amount, currency);
}

function withStatus(row: OrderRow, event: Recorded<OrderEvent>): OrderRow {
  switch (event.type) {
    case 'OrderClosed':
      return { ...row, status: 'closed', closed_at: event.data.takenAt ?? event.at };
    case 'OrderCancelled':
      return { ...row, status: 'cancelled', due: of(row.due, 0), closed_at: event.at };
    case 'OrderMerged':
      return { ...row, status: 'merged', closed_at: event.at };
    case 'OrderMoved':
      return { ...row, table_id: event.data.toTableId };
    case 'OrderCustomerSet':
      return { ...row, customer_id: event.data.customerId };
    case 'BillAsked':
      return { ...row, bill_asked: true };
    default:
      return row;
  }
}

function withGuests(row: OrderRow, event: Recorded<OrderEvent>): OrderRow {
  if (event.type !== 'LinesMovedIn') return row;
  const { guests = row.guests } = event.data;
  return { ...row, guests };
}
