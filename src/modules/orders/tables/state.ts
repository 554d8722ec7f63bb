import type { EventMoment } from '../../../core/aggregate.ts';
import type { TableEvent } from './events.ts';

/** What people last said of a table. */
export type TableState =
  | { readonly status: 'unsaid' }
  | { readonly status: 'free' | 'dirty'; readonly locationId: string; readonly tableId: string }
  | {
      readonly status: 'seated';
      readonly locationId: string;
      readonly tableId: string;
      readonly partySize: number | null;
      readonly reservationId: string | null;
      readonly customerId: string | null;
      readonly since: string;
    };

export const initialState: TableState = { status: 'unsaid' };

export function evolve(
  _state: TableState,
  { type, data }: TableEvent,
  { at }: EventMoment,
): TableState {
  const { locationId, tableId } = data;
  switch (type) {
    case 'TableSeated': {
      const { partySize, reservationId, customerId } = data;
      const party = { partySize, reservationId, customerId };
      return { status: 'seated', locationId, tableId, ...party, since: at };
    }
    case 'TableMarkedDirty':
      return { status: 'dirty', locationId, tableId };
    case 'TableFreed':
      return { status: 'free', locationId, tableId };
  }
}
