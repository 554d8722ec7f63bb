import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import { PRODUCT_EVENTS, type ProductEvent } from '../events.ts';
import type { ProductFacts } from '../state.ts';

/** A row of the list of products. */
interface ProductRow {
  /** The first text of the name: what the list is ordered by. */
  readonly title: string;
  readonly name: ProductFacts['name'];
  readonly description: ProductFacts['name'] | null;
  readonly category_id: string | null;
  readonly price: number;
  readonly variants: ProductFacts['variants'];
  readonly group_ids: readonly string[];
  readonly tax_class: string;
  readonly station_id: string | null;
  readonly ingredients: readonly string[];
  readonly allergens: readonly string[];
  readonly windows: ProductFacts['windows'];
  readonly status: string;
  readonly added_at: string;
  readonly [column: string]: unknown;
}

export const productList = defineReadModel<Recorded<ProductEvent>, ProductRow>({
  name: 'catalog.products',
  version: 1,
  columns: {
    title: 'text',
    name: 'jsonb',
    description: 'jsonb',
    category_id: 'text',
    price: 'bigint',
    variants: 'jsonb',
    group_ids: 'jsonb',
    tax_class: 'text',
    station_id: 'text',
    ingredients: 'jsonb',
    allergens: 'jsonb',
    windows: 'jsonb',
    status: 'text',
    added_at: 'timestamptz',
  },
  indexes: [['title'], ['category_id', 'title'], ['status', 'title']],
  on: PRODUCT_EVENTS,
  keys: (event) => [event.data.productId],
  project(row, event) {
    switch (event.type) {
      case 'ProductAdded':
        return { ...columnsOf(event.data.product), status: 'active', added_at: event.at };
      case 'ProductChanged':
        return row === null ? null : { ...row, ...columnsOf(event.data.product) };
      case 'ProductRetired':
        return row === null ? null : { ...row, status: 'retired' };
      case 'ProductBroughtBack':
        return row === null ? null : { ...row, status: 'active' };
    }
  },
  personal: 'none',
  list: {
    filters: { categoryId: 'category_id', status: 'status' },
    order: [{ column: 'title' }],
  },
});

function columnsOf(product: ProductFacts) {
  const { name, description = null, categoryId, price, variants } = product;
  const { groupIds, taxClass, stationId, ingredients, allergens, windows } = product;
  return {
    title: Object.values(name)[0] ?? '',
    name,
    description,
    category_id: categoryId,
    price,
    variants,
    group_ids: groupIds,
    tax_class: taxClass,
    station_id: stationId,
    ingredients,
    allergens,
    windows,
  };
}
