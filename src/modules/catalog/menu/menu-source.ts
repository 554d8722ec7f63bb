/** Rows of `catalog.menu` as what they are. Rows come from the module's own read model, so they are taken as they are. */
import type { CategoryFacts } from '../categories/state.ts';
import type { GroupFacts } from '../groups/state.ts';
import type { PriceListsState } from '../price-lists/state.ts';
import type { ProductFacts } from '../products/state.ts';
import type { MenuImage, MenuRow } from './menu-rows.ts';

export interface MenuSource {
  /** Changes that went into it: higher is newer. */
  readonly version: number;
  readonly products: ReadonlyMap<string, ProductFacts>;
  readonly categories: ReadonlyMap<string, CategoryFacts>;
  readonly groups: ReadonlyMap<string, GroupFacts>;
  readonly priceLists: PriceListsState;
  /** Those that are published, by id. */
  readonly images: ReadonlyMap<string, MenuImage>;
  /** Ids of pictures by product, in order. */
  readonly pictures: ReadonlyMap<string, readonly string[]>;
  /** `location~product`. */
  readonly soldOut: ReadonlySet<string>;
}

export interface KeyedMenuRow {
  readonly key: string;
  readonly row: Readonly<Record<string, unknown>>;
}

export function menuSourceOf(rows: Iterable<KeyedMenuRow>, version: number): MenuSource {
  const products = new Map<string, ProductFacts>();
  const categories = new Map<string, CategoryFacts>();
  const groups = new Map<string, GroupFacts>();
  const images = new Map<string, MenuImage>();
  const pictures = new Map<string, readonly string[]>();
  const soldOut = new Set<string>();
  let priceLists: PriceListsState = { lists: [] };
  for (const { key, row } of rows) {
    // safe because these are rows that the read model wrote
    const { kind, data, offered } = row as unknown as MenuRow;
    if (!offered) continue;
    const id = key.slice(kind.length + 1);
    // safe because the kind says what the data are
    if (kind === 'product') products.set(id, data as ProductFacts);
    // safe because the kind says what the data are
    else if (kind === 'category') categories.set(id, data as CategoryFacts);
    // safe because the kind says what the data are
    else if (kind === 'group') groups.set(id, data as GroupFacts);
    // safe because the kind says what the data are
    else if (kind === 'image') images.set(id, data as MenuImage);
    // safe because the kind says what the data are
    else if (kind === 'pictures') pictures.set(id, data as readonly string[]);
    else if (kind === 'sold-out') soldOut.add(id);
    // safe because the kind says what the data are
    else if (kind === 'price-lists') priceLists = data as PriceListsState;
  }
  return { version, products, categories, groups, priceLists, images, pictures, soldOut };
}
