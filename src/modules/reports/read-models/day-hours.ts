import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { orderClosed, type OrderEvent } from '../../orders/index.ts';
import { dayKey, partKey } from '../day-keys.ts';

/** Bills closed within one hour of one business day; what was imported has no hour. */
export interface DayHourRow {
  readonly day_key: string;
  /** Its beginning in UTC: which hour of the clock that is depends on the location. */
  readonly hour: string;
  readonly orders: number;
  readonly guests: number;
  readonly gross: number;
  readonly [column: string]: unknown;
}

export const dayHours = defineReadModel<
  Recorded<Extract<OrderEvent, { type: 'OrderClosed' }>>,
  DayHourRow
>({
  name: 'reports.day-hours',
  version: 1,
  columns: {
    day_key: 'text',
    hour: 'timestamptz',
    orders: 'integer',
    guests: 'integer',
    gross: 'bigint',
  },
  indexes: [['day_key', 'hour']],
  on: [orderClosed],
  keys: ({ data, at }) => (data.imported ? [] : [partKey(data, 'hour', hourOf(at))]),
  project(row, { data, at }) {
    const before = row ?? { orders: 0, guests: 0, gross: 0 };
    return {
      day_key: dayKey(data),
      hour: hourOf(at),
      orders: before.orders + 1,
      guests: before.guests + (data.guests ?? 0),
      gross: before.gross + data.gross,
    };
  },
  personal: 'none',
  list: { filters: { dayKey: 'day_key' }, order: [{ column: 'hour' }] },
});

/** The beginning of the hour in UTC, RFC 3339. */
function hourOf(at: string): string {
  return `${new Date(at).toISOString().slice(0, 13)}:00:00.000Z`;
}
