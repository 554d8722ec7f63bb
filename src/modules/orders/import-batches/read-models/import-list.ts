import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import { IMPORT_EVENTS, type ImportEvent } from '../events.ts';

/** A row of the list of imports: when, where, how many orders. */
interface ImportRow {
  readonly location_id: string;
  readonly created: number;
  readonly unchanged: number;
  readonly imported_at: string;
  readonly [column: string]: unknown;
}

export const importList = defineReadModel<Recorded<ImportEvent>, ImportRow>({
  name: 'orders.import-batches',
  version: 1,
  columns: {
    location_id: 'text',
    created: 'integer',
    unchanged: 'integer',
    imported_at: 'timestamptz',
  },
  indexes: [['imported_at']],
  on: IMPORT_EVENTS,
  keys: (event) => [event.id],
  project(_row, { data, at }) {
    const { locationId, orderIds, unchanged } = data;
    return { location_id: locationId, created: orderIds.length, unchanged, imported_at: at };
  },
  personal: 'none',
  list: {
    filters: { locationId: 'location_id' },
    order: [{ column: 'imported_at', descending: true }],
    location: 'location_id',
  },
});
