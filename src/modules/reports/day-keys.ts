/** Keys of the rows of reports: the location and its business day, and what the row is about within that day. */
import type { Recorded } from '../../core/recorded-event.ts';
import type { OrderEvent } from '../orders/index.ts';

/** Events that say at which location and on which business day they count. */
export type DatedOrderEvent = Extract<
  Recorded<OrderEvent>,
  { data: { locationId: string; businessDay: string } }
>;

export interface DayPlace {
  readonly locationId: string;
  readonly businessDay: string;
}

/** No id contains a tilde followed by a date, so keys of two days are never alike. */
export function dayKey({ locationId, businessDay }: DayPlace): string {
  return `${locationId}~${businessDay}`;
}

/** The key of a row within a day, such as `LOCATION~2026-11-21~product~ID`. */
export function partKey(place: DayPlace, part: 'product' | 'hour' | 'staff', id: string): string {
  return `${dayKey(place)}~${part}~${id}`;
}
