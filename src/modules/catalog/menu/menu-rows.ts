/**
 * Everything a menu is made of, in one read model: what is written in one transaction can be read as one. The row
 * `version` counts the changes, so a reader that saw the same count before and after has read a menu of one moment, and
 * may keep it for as long as the count stays.
 */
import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { CATEGORY_EVENTS, type CategoryEvent } from '../categories/events.ts';
import { GROUP_EVENTS, type GroupEvent } from '../groups/events.ts';
import { PORTION_EVENTS, type PortionEvent } from '../portions/events.ts';
import { PRICE_LIST_EVENTS, type PriceListEvent } from '../price-lists/events.ts';
import { evolve, initialState, type PriceListsState } from '../price-lists/state.ts';
import { PRICE_LISTS_ID } from '../price-lists/stream.ts';
import { PRODUCT_EVENTS, type ProductEvent } from '../products/events.ts';

type MenuEvent = ProductEvent | CategoryEvent | GroupEvent | PriceListEvent | PortionEvent;

export const VERSION_KEY = 'version';

/** `data` is that of the kind: facts of a product, category or group, the state of the price lists, a place. */
export interface MenuRow {
  readonly kind: 'product' | 'category' | 'group' | 'price-lists' | 'sold-out' | 'version';
  readonly data: unknown;
  /** Of the row `version`: how many changes there were; 0 elsewhere. */
  readonly changes: number;
  /** False for a product or group that was retired: it comes back as it was. */
  readonly offered: boolean;
  readonly [column: string]: unknown;
}

export const menuRows = defineReadModel<Recorded<MenuEvent>, MenuRow>({
  name: 'catalog.menu',
  version: 1,
  columns: { kind: 'text', data: 'jsonb', changes: 'bigint', offered: 'boolean' },
  indexes: [['kind']],
  on: [
    ...PRODUCT_EVENTS,
    ...CATEGORY_EVENTS,
    ...GROUP_EVENTS,
    ...PRICE_LIST_EVENTS,
    ...PORTION_EVENTS,
  ],
  keys(event) {
    const key = keyOf(event);
    return key === null ? [] : [key, VERSION_KEY];
  },
  project(row, event, key) {
    if (key !== VERSION_KEY) return projectPart(row, event);
    return { kind: 'version', data: null, changes: (row?.changes ?? 0) + 1, offered: false };
  },
  personal: 'none',
  list: { filters: {}, order: [{ column: 'kind' }] },
});

/** Null for what no menu shows. */
function keyOf(event: Recorded<MenuEvent>): string | null {
  switch (event.type) {
    case 'ProductAdded':
    case 'ProductChanged':
    case 'ProductRetired':
    case 'ProductBroughtBack':
      return `product:${event.data.productId}`;
    case 'CategoryAdded':
    case 'CategoryChanged':
    case 'CategoryRemoved':
      return `category:${event.data.categoryId}`;
    case 'GroupAdded':
    case 'GroupChanged':
    case 'GroupRetired':
      return `group:${event.data.groupId}`;
    case 'PriceListSet':
    case 'PriceListRemoved':
      return event.id === PRICE_LISTS_ID ? 'price-lists' : null;
    case 'ProductSoldOut':
    case 'RemainingSet':
    case 'ProductAvailable':
    case 'PortionsAdded':
    case 'PortionsTaken':
    case 'PortionsGivenBack':
      return turns(event) ? `sold-out:${event.data.locationId}~${event.data.productId}` : null;
  }
}

/** A menu says only whether there is any left, so of the portions that orders take only the last one changes it. */
function turns(event: PortionEvent): boolean {
  switch (event.type) {
    case 'PortionsTaken':
      return event.data.remaining <= 0;
    case 'PortionsAdded':
    case 'PortionsGivenBack':
      return event.data.remaining - event.data.quantity <= 0;
    case 'ProductSoldOut':
    case 'RemainingSet':
    case 'ProductAvailable':
      return true;
  }
}

function projectPart(row: MenuRow | null, event: Recorded<MenuEvent>): MenuRow | null {
  const part = (kind: MenuRow['kind'], data: unknown, offered = true): MenuRow => ({
    kind,
    data,
    changes: 0,
    offered,
  });
  switch (event.type) {
    case 'ProductAdded':
      return part('product', event.data.product);
    case 'ProductChanged':
      return row === null ? null : part('product', event.data.product, row.offered);
    case 'CategoryAdded':
    case 'CategoryChanged':
      return part('category', event.data.category);
    case 'GroupAdded':
    case 'GroupChanged':
      return part('group', event.data.group, row?.offered ?? true);
    case 'ProductRetired':
    case 'GroupRetired':
      return row === null ? null : { ...row, offered: false };
    case 'ProductBroughtBack':
      return row === null ? null : { ...row, offered: true };
    case 'CategoryRemoved':
      return null;
    case 'PriceListSet':
    case 'PriceListRemoved': {
      // safe because rows of this kind hold nothing else
      const before = (row?.data ?? initialState) as PriceListsState;
      return part('price-lists', evolve(before, event));
    }
    case 'ProductSoldOut':
    case 'RemainingSet':
    case 'ProductAvailable':
    case 'PortionsAdded':
    case 'PortionsTaken':
    case 'PortionsGivenBack':
      return isOut(event) ? part('sold-out', placeOf(event)) : null;
  }
}

function isOut(event: PortionEvent): boolean {
  if (event.type === 'ProductAvailable') return false;
  return event.type === 'ProductSoldOut' || event.data.remaining <= 0;
}

function placeOf({ data: { locationId, productId } }: PortionEvent) {
  return { locationId, productId };
}
