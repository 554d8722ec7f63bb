/**
 * The floor: one row for each table of which anything was ever said, sat or ordered. Which of these wins:
 *
 *   orders that are open   ordered, or bill once it was asked for    whatever people say
 *   the last one is paid   dirty: guests go, or order again
 *   none is open           what people said last: seated, dirty, free
 *
 * Guests of a reservation who got up leave their table dirty. An order that is moved or merged away leaves its table dirty; one that is cancelled leaves it as people said, and free
 * when only the order had seated somebody. Reservations to come are read from their own days: see routes-floor.ts.
 */
import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import { BOOKING_EVENTS, type BookingEvent } from '../../../reservations/index.ts';
import { billAsked, linesMovedIn, orderMerged, orderMoved } from '../../events-bill.ts';
import { orderCancelled, orderClosed, orderPlaced, type OrderEvent } from '../../events.ts';
import { tableKey } from '../decide.ts';
import { TABLE_EVENTS, type TableEvent } from '../events.ts';

export type FloorState = 'free' | 'seated' | 'ordered' | 'bill' | 'dirty';

export interface OrderAtTable {
  readonly orderId: string;
  readonly number: number;
  readonly part: number;
  readonly billAsked: boolean;
}

export interface FloorRow {
  readonly location_id: string;
  readonly table_id: string;
  readonly state: FloorState;
  /** Of the state. */
  readonly since: string;
  /** Without the orders: by whom it is known that somebody sits there. */
  readonly said: 'free' | 'seated' | 'seated-by-order' | 'dirty';
  readonly party_size: number | null;
  readonly seated_at: string | null;
  readonly customer_id: string | null;
  /** The last one that was seated here: it is not expected any more. */
  readonly reservation_id: string | null;
  readonly orders: readonly OrderAtTable[];
  readonly [column: string]: unknown;
}

type SeatedOrCompleted = Extract<
  BookingEvent,
  { readonly type: 'ReservationSeated' | 'ReservationCompleted' }
>;
type FloorEvent =
  | TableEvent
  | SeatedOrCompleted
  | Extract<
      OrderEvent,
      {
        readonly type:
          | 'OrderPlaced'
          | 'BillAsked'
          | 'OrderMoved'
          | 'LinesMovedIn'
          | 'OrderMerged'
          | 'OrderClosed'
          | 'OrderCancelled';
      }
    >;

export const floorList = defineReadModel<Recorded<FloorEvent>, FloorRow>({
  name: 'orders.floor',
  version: 3,
  columns: {
    location_id: 'text',
    table_id: 'text',
    state: 'text',
    since: 'timestamptz',
    said: 'text',
    party_size: 'integer',
    seated_at: 'timestamptz',
    customer_id: 'text',
    reservation_id: 'text',
    orders: 'jsonb',
  },
  indexes: [['location_id', 'table_id']],
  on: [
    ...TABLE_EVENTS,
    ...BOOKING_EVENTS.filter(
      ({ name }) => name === 'ReservationSeated' || name === 'ReservationCompleted',
    ),
    orderPlaced,
    billAsked,
    orderMoved,
    linesMovedIn,
    orderMerged,
    orderClosed,
    orderCancelled,
  ],
  keys(event) {
    const locationId = locationIn(event);
    if (locationId === undefined) return [];
    const ids = tablesIn(event).filter((tableId) => typeof tableId === 'string');
    return [...new Set(ids)].map((tableId) => tableKey({ locationId, tableId }));
  },
  project(row, event, key) {
    const before = row ?? emptyRow(locationIn(event) ?? '', { key, at: event.at });
    return shown(before, changed(before, event), event.at);
  },
  personal: 'none',
  list: {
    filters: { locationId: 'location_id', tableId: 'table_id', state: 'state' },
    order: [{ column: 'table_id' }],
    location: 'location_id',
  },
});

/** Lines that bring no guests touch nothing. */
function locationIn({ type, data }: FloorEvent): string | undefined {
  if (type !== 'LinesMovedIn') return data.locationId;
  return data.guests === undefined ? undefined : data.bill?.locationId;
}

/** Orders at no table, and history that was taken in, touch nothing. */
function tablesIn({ type, data }: FloorEvent): readonly (string | null | undefined)[] {
  switch (type) {
    case 'OrderMoved':
      return [data.fromTableId, data.toTableId];
    case 'ReservationSeated':
      return data.tableIds;
    case 'ReservationCompleted':
      return data.tableIds ?? [];
    default:
      return [data.tableId];
  }
}

function emptyRow(
  locationId: string,
  { key, at }: { readonly key: string; readonly at: string },
): FloorRow {
  return {
    location_id: locationId,
    table_id: key.slice(locationId.length + 1),
    state: 'free',
    since: at,
    said: 'free',
    ...NOBODY,
    reservation_id: null,
    orders: [],
  };
}

const NOBODY = { party_size: null, seated_at: null, customer_id: null };

function changed(row: FloorRow, { type, data, at }: Recorded<FloorEvent>): FloorRow {
  switch (type) {
    case 'TableSeated': {
      const { partySize, customerId, reservationId } = data;
      const party = { party_size: partySize, customer_id: customerId, seated_at: at };
      const reservation = reservationId ?? row.reservation_id;
      return { ...row, said: 'seated', ...party, reservation_id: reservation };
    }
    case 'ReservationSeated':
      return {
        ...row,
        said: 'seated',
        ...NOBODY,
        seated_at: at,
        reservation_id: data.reservationId,
      };
    case 'ReservationCompleted':
      return row.said === 'seated' && row.reservation_id === data.reservationId
        ? { ...row, said: 'dirty', ...NOBODY }
        : row;
    case 'TableMarkedDirty':
      return { ...row, said: 'dirty', ...NOBODY };
    case 'TableFreed':
      return { ...row, said: 'free', ...NOBODY };
    case 'OrderPlaced': {
      const { orderId, number, part = 0, guests = null, customerId } = data;
      const order = { orderId, number, part, billAsked: false };
      return arrived(row, order, { at, guests, customerId });
    }
    case 'BillAsked': {
      const asked = (order: OrderAtTable) =>
        order.orderId === data.orderId ? { ...order, billAsked: true } : order;
      return { ...row, orders: row.orders.map(asked) };
    }
    case 'OrderMoved': {
      if (data.toTableId !== row.table_id) return left(row, data.orderId, 'dirty');
      const { orderId, bill, billAsked: isAsked = false } = data;
      const { number = 0, part = 0 } = bill ?? {};
      const order = { orderId, number, part, billAsked: isAsked };
      return arrived(row, order, { at, guests: null, customerId: null });
    }
    case 'LinesMovedIn':
      return joined(row, data.guests ?? 0);
    case 'OrderMerged':
    case 'OrderClosed':
      return left(row, data.orderId, 'dirty');
    case 'OrderCancelled':
      return left(row, data.orderId, row.said === 'seated-by-order' ? 'free' : row.said);
  }
}

interface Guests {
  readonly at: string;
  readonly guests: number | null;
  readonly customerId: string | null;
}

function arrived(row: FloorRow, order: OrderAtTable, { at, guests, customerId }: Guests): FloorRow {
  const others = row.orders.filter(({ orderId }) => orderId !== order.orderId);
  const orders = [...others, order];
  if (row.said === 'seated' || row.said === 'seated-by-order') return { ...row, orders };
  const party = { party_size: guests, seated_at: at, customer_id: customerId };
  return { ...row, said: 'seated-by-order', ...party, orders };
}

/** A merged order at this table has so many guests: never fewer than were known of, who may have another bill. */
function joined(row: FloorRow, guests: number): FloorRow {
  if (row.said !== 'seated' && row.said !== 'seated-by-order') return row;
  return { ...row, party_size: Math.max(row.party_size ?? 0, guests) };
}

function left(row: FloorRow, orderId: string, then: FloorRow['said']): FloorRow {
  const orders = row.orders.filter((order) => order.orderId !== orderId);
  if (orders.length === row.orders.length || orders.length > 0) return { ...row, orders };
  const isSeated = then === 'seated' || then === 'seated-by-order';
  return { ...row, orders, said: then, ...(isSeated ? {} : NOBODY) };
}

function shown(before: FloorRow, row: FloorRow, at: string): FloorRow {
  const state = stateOf(row);
  return { ...row, state, since: state === before.state ? before.since : at };
}

function stateOf({ orders, said }: FloorRow): FloorState {
  if (orders.some((order) => order.billAsked)) return 'bill';
  if (orders.length > 0) return 'ordered';
  return said === 'seated-by-order' ? 'seated' : said;
}
