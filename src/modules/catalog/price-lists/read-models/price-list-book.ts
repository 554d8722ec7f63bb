import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import { PRICE_LIST_EVENTS, type PriceListEvent } from '../events.ts';
import { evolve, initialState, type PriceList } from '../state.ts';

/** One row, as there is one stream: the book with all price lists. */
interface BookRow {
  readonly lists: readonly PriceList[];
  readonly changed_at: string;
  readonly [column: string]: unknown;
}

export const priceListBook = defineReadModel<Recorded<PriceListEvent>, BookRow>({
  name: 'catalog.price-lists',
  version: 1,
  columns: { lists: 'jsonb', changed_at: 'timestamptz' },
  on: PRICE_LIST_EVENTS,
  keys: (event) => [event.id],
  project(row, event) {
    const { lists } = evolve({ lists: row?.lists ?? initialState.lists }, event);
    return { lists, changed_at: event.at };
  },
  personal: 'none',
  list: { filters: {}, order: [] },
});
