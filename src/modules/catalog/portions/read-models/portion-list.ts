import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import { PORTION_EVENTS, type PortionEvent } from '../events.ts';

/** A row of what is sold out or counted; a product that is simply available has none. */
interface PortionRow {
  readonly location_id: string;
  readonly product_id: string;
  readonly sold_out: boolean;
  /** Null where nobody counts. */
  readonly remaining: number | null;
  readonly reason: string | null;
  readonly changed_at: string;
  readonly [column: string]: unknown;
}

export const portionList = defineReadModel<Recorded<PortionEvent>, PortionRow>({
  name: 'catalog.portions',
  version: 1,
  columns: {
    location_id: 'text',
    product_id: 'text',
    sold_out: 'boolean',
    remaining: 'integer',
    reason: 'text',
    changed_at: 'timestamptz',
  },
  indexes: [['changed_at'], ['location_id', 'changed_at']],
  on: PORTION_EVENTS,
  keys: (event) => [event.id],
  project(_row, event) {
    if (event.type === 'ProductAvailable') return null;
    const { locationId, productId } = event.data;
    const counted = event.type !== 'ProductSoldOut';
    const remaining = counted ? event.data.remaining : null;
    return {
      location_id: locationId,
      product_id: productId,
      sold_out: !counted || event.data.remaining <= 0,
      remaining,
      reason: counted ? null : event.data.reason,
      changed_at: event.at,
    };
  },
  personal: 'none',
  list: {
    filters: { locationId: 'location_id', productId: 'product_id' },
    order: [{ column: 'changed_at', descending: true }],
    location: 'location_id',
  },
});
