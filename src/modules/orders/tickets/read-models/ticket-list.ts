/** The board: one row for each ticket and station. */
import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import {
  lineChanged,
  linesMovedIn,
  linesMovedOut,
  linesVoided,
  orderMoved,
} from '../../events-bill.ts';
import { KITCHEN_EVENTS } from '../../events-kitchen.ts';
import { linesAdded, orderCancelled, orderPlaced } from '../../events.ts';
import type { OrderLine } from '../../shapes.ts';
import { TICKET_EVENTS, type TicketEvent } from '../events.ts';
import {
  movedOut,
  stopped,
  withHeading,
  withLines,
  withoutStopped,
  type EventNamed,
} from '../ticket-changes.ts';
import {
  begun,
  ofTicket,
  settled,
  ticketKeyOf,
  type TicketPlace,
  type TicketRow,
} from '../ticket-row.ts';

type BoardEvent =
  | TicketEvent
  | EventNamed<
      | 'OrderPlaced'
      | 'LinesAdded'
      | 'LinesFired'
      | 'LinesHeld'
      | 'LinesRushed'
      | 'LinesBumped'
      | 'LinesRecalled'
      | 'LinesVoided'
      | 'LineChanged'
      | 'LinesMovedOut'
      | 'LinesMovedIn'
      | 'OrderMoved'
      | 'OrderCancelled'
    >;

export const ticketList = defineReadModel<Recorded<BoardEvent>, TicketRow>({
  name: 'orders.tickets',
  version: 1,
  columns: {
    ticket_id: 'text',
    station_id: 'text',
    order_id: 'text',
    number: 'integer',
    part: 'integer',
    location_id: 'text',
    business_day: 'date',
    channel: 'text',
    table_id: 'text',
    course: 'integer',
    rush: 'boolean',
    status: 'text',
    lines: 'jsonb',
    bills: 'jsonb',
    fired_at: 'timestamptz',
    done_at: 'timestamptz',
  },
  // A board is of one location and day; where nobody bumps, tickets of other days stay open and must not be read.
  indexes: [
    ['location_id', 'business_day', 'status', 'fired_at'],
    ['order_id', 'fired_at'],
    ['fired_at'],
  ],
  on: [
    orderPlaced,
    linesAdded,
    ...KITCHEN_EVENTS,
    linesVoided,
    lineChanged,
    linesMovedOut,
    linesMovedIn,
    orderMoved,
    orderCancelled,
    ...TICKET_EVENTS,
  ],
  keys(event) {
    const keys = placesIn(event).map(ticketKeyOf);
    return [...new Set(keys.filter((key) => key !== null))];
  },
  begins: ({ type }) => type === 'OrderPlaced',
  project(row, event, key) {
    const after = row === null ? first(event, key) : changed(row, event, key);
    return after === null ? null : settled(after, event.at);
  },
  personal: 'none',
  list: {
    filters: {
      locationId: 'location_id',
      businessDay: 'business_day',
      stationId: 'station_id',
      status: 'status',
      orderId: 'order_id',
      tableId: 'table_id',
    },
    order: [{ column: 'fired_at' }],
    range: { column: 'fired_at' },
    location: 'location_id',
  },
});

/** Which tickets an event may concern. */
function placesIn(event: Recorded<BoardEvent>): readonly TicketPlace[] {
  switch (event.type) {
    case 'OrderPlaced':
      return event.data.imported ? [] : sentAtOnce(event.data.lines);
    case 'LinesAdded':
      return sentAtOnce(event.data.lines);
    case 'LinesMovedIn':
      return event.data.lines.map(({ line }) => line);
    case 'OrderMoved':
      return event.data.tickets ?? [];
    case 'OrderCancelled':
      return event.data.fired ?? [];
    case 'LineChanged':
    case 'StopsAcknowledged':
      return [event.data];
    default:
      return event.data.lines;
  }
}

function sentAtOnce(lines: readonly OrderLine[]): readonly OrderLine[] {
  return lines.filter(({ kitchen = 'fired' }) => kitchen === 'fired');
}

/** A ticket begins with what sends it; everything else is about one that is not on the board any more. */
function first({ type, data, at }: Recorded<BoardEvent>, key: string): TicketRow | null {
  switch (type) {
    case 'OrderPlaced': {
      const lines = ofTicket(sentAtOnce(data.lines), key);
      return begun({ orderId: data.orderId, lines, bill: { part: 0, ...data }, rush: false, at });
    }
    case 'LinesAdded': {
      const { orderId, bill } = data;
      const lines = ofTicket(sentAtOnce(data.lines), key);
      return bill === undefined ? null : begun({ orderId, lines, bill, rush: false, at });
    }
    case 'LinesFired': {
      const { orderId, bill, rush } = data;
      const lines = ofTicket(data.lines, key);
      return bill === undefined ? null : begun({ orderId, lines, bill, rush, at });
    }
    default:
      return null;
  }
}

function changed(
  row: TicketRow,
  { type, data }: Recorded<BoardEvent>,
  key: string,
): TicketRow | null {
  switch (type) {
    case 'OrderPlaced':
    case 'LinesAdded':
    case 'LinesFired':
      // Every one of them has a ticket of its own.
      return row;
    case 'LinesHeld':
      return withLines(row, data.orderId, { lineIds: idsOf(data.lines, key), change: () => null });
    case 'LinesRushed':
      return told(row, data, { key, change: { rush: true } });
    case 'LinesBumped':
      return withoutStopped(told(row, data, { key, change: { state: data.to } }));
    case 'LinesRecalled':
      return told(row, data, { key, change: { state: 'fired' } });
    case 'LinesVoided':
      return stopped(row, data.orderId, ofTicket(data.lines, key));
    case 'OrderCancelled':
      return stopped(row, data.orderId, ofTicket(data.fired ?? [], key));
    case 'StopsAcknowledged':
      // Said with an order of another place, it is about nothing here.
      return data.locationId === row.location_id ? withoutStopped(row) : row;
    case 'LineChanged': {
      const { orderId, lineId, note, course, seat } = data;
      const fresh = {
        ...(note === undefined ? {} : { note }),
        ...(course === undefined ? {} : { course }),
        ...(seat === undefined ? {} : { seat }),
      };
      const change = (line: TicketRow['lines'][number]) => ({ ...line, ...fresh });
      return withLines(row, orderId, { lineIds: [lineId], change });
    }
    case 'LinesMovedOut':
      return movedOut(row, data, key);
    case 'LinesMovedIn':
    case 'OrderMoved': {
      const { orderId, bill } = data;
      if (bill === undefined) return row;
      const { number, part, tableId } = bill;
      return withHeading(row, { orderId, number, part, tableId });
    }
  }
}

function told(
  row: TicketRow,
  { orderId, lines }: EventNamed<'LinesRushed'>['data'],
  { key, change }: { readonly key: string; readonly change: Partial<TicketRow['lines'][number]> },
): TicketRow {
  return withLines(row, orderId, {
    lineIds: idsOf(lines, key),
    change: (line) => ({ ...line, ...change }),
  });
}

function idsOf(
  lines: readonly (TicketPlace & { readonly lineId: string })[],
  key: string,
): readonly string[] {
  return ofTicket(lines, key).map(({ lineId }) => lineId);
}
