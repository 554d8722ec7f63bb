import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { orderCancelled, orderClosed, type OrderEvent } from '../../orders/index.ts';
import { dayKey, partKey } from '../day-keys.ts';

/** What was sold within one hour of one business day; what was imported has no hour. */
export interface DayHourRow {
  readonly day_key: string;
  /** Its beginning in UTC: which hour of the clock that is depends on the location. */
  readonly hour: string;
  readonly orders: number;
  readonly guests: number;
  readonly gross: number;
  readonly [column: string]: unknown;
}

type Sold = Recorded<Extract<OrderEvent, { type: 'OrderClosed' | 'OrderCancelled' }>>;

export const dayHours = defineReadModel<Sold, DayHourRow>({
  name: 'reports.day-hours',
  version: 3,
  columns: {
    day_key: 'text',
    hour: 'timestamptz',
    orders: 'integer',
    guests: 'integer',
    gross: 'bigint',
  },
  // A few rows a day that every bill of the day writes again.
  fillFactor: 20,
  indexes: [['day_key', 'hour']],
  on: [orderClosed, orderCancelled],
  keys(event) {
    const { type, data } = event;
    const isSale = type === 'OrderClosed' ? !data.imported : data.taken !== undefined;
    return isSale ? [partKey(data, 'hour', hourOf(event))] : [];
  },
  project(row, event) {
    const { type, data } = event;
    const before = row ?? { orders: 0, guests: 0, gross: 0 };
    const place = { day_key: dayKey(data), hour: hourOf(event) };
    if (type === 'OrderCancelled')
      return { ...before, ...place, gross: before.gross + (data.taken?.gross ?? 0) };
    return {
      ...place,
      orders: before.orders + 1,
      guests: before.guests + (data.guests ?? 0),
      gross: before.gross + data.gross,
    };
  },
  personal: 'none',
  list: { filters: { dayKey: 'day_key' }, order: [{ column: 'hour' }] },
});

/** The beginning of the hour in UTC, RFC 3339: of a sale that an offline till handed in later, of when it was made. */
function hourOf({ type, data, at }: Sold): string {
  const { takenAt = at } = type === 'OrderClosed' ? data : {};
  return `${new Date(takenAt).toISOString().slice(0, 13)}:00:00.000Z`;
}
