import type { StreamReference } from '../../../core/aggregate.ts';

export const PRICE_LISTS_CATEGORY = 'catalog.price-lists';

/** The one book of price lists of a tenant, which every sale reads. */
export const PRICE_LISTS_ID = 'main';

export const PRICE_LISTS_STREAM: StreamReference = {
  category: PRICE_LISTS_CATEGORY,
  id: PRICE_LISTS_ID,
};
