/** What the screens of the menu read: all of it at once, since a menu is some hundreds of products. */
import { useEffect, useMemo } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { useRead } from '../../api/api.ts';
import { useAsOf } from '../../design/url-state.ts';
import { useLocations } from '../floor/locations.ts';
import type { Language } from '../../words/define-words.ts';
import { useLanguage } from '../../words/language.ts';
import { usePages } from '../lists/use-pages.ts';
import { shaped, type Currency } from '../order/order-types.ts';
import {
  byName,
  type Category,
  type Group,
  type PortionRow,
  type ProductRow,
} from './menu-types.ts';

export interface House {
  readonly locationId: string | null;
  readonly currency: Currency;
  readonly languages: readonly string[];
  readonly stations: readonly { readonly stationId: string; readonly name: string }[];
  readonly taxClasses: readonly string[];
}

export function useHouse(): House {
  const { here } = useLocations();
  const read = useRead(
    'GET /v1/business/locations/{id}',
    { params: { id: here?.id ?? '' } },
    { enabled: here !== null },
  );
  const state = shaped<Partial<LocationState> | undefined>(read.data);
  return {
    locationId: here?.id ?? null,
    currency: here?.currency ?? 'EUR',
    languages: here?.languages ?? ['en'],
    stations: state?.stations ?? [],
    taxClasses: [...new Set((state?.taxes?.rates ?? []).map(({ taxClass }) => taxClass))],
  };
}

interface LocationState {
  readonly stations: House['stations'];
  readonly taxes: { readonly rates: readonly { readonly taxClass: string }[] };
}

/** Reads all pages; `count` at most, so that an import gone wrong does not fill the tab. */
function useAll(list: {
  readonly rows: readonly unknown[];
  readonly loadMore: (() => void) | undefined;
}): void {
  const { loadMore, rows } = list;
  useEffect(() => {
    if (rows.length < PRODUCTS_MAX) loadMore?.();
  }, [loadMore, rows.length]);
}

const PRODUCTS_MAX = 3000;

export interface Catalog {
  readonly products: readonly ProductRow[];
  readonly categories: readonly Category[];
  readonly groups: readonly Group[];
  readonly portions: ReadonlyMap<string, PortionRow>;
  readonly isLoading: boolean;
  readonly error: CallFailed | null;
  readAgain(): void;
}

export function useCatalog(house: House): Catalog {
  const at = useAsOf().at ?? undefined;
  const language = useLanguage();
  const products = usePages<ProductRow>(
    'GET /v1/catalog/products',
    { at },
    { live: 'GET /v1/catalog/products/live' },
  );
  const categories = usePages<Category>('GET /v1/catalog/categories', { at });
  const groups = usePages<Group>('GET /v1/catalog/groups', { at });
  const portions = usePages<PortionRow>(
    'GET /v1/catalog/portions',
    { locationId: house.locationId ?? '', at },
    { enabled: house.locationId !== null, live: 'GET /v1/catalog/portions/live' },
  );
  useAll(products);
  useAll(portions);
  return {
    products: useByName(products.rows, language),
    categories: categories.rows,
    groups: useByName(groups.rows, language),
    portions: new Map(portions.rows.map((row) => [row.productId, row])),
    isLoading: products.isLoading && products.rows.length === 0,
    error: products.error ?? categories.error ?? portions.error,
    readAgain: products.readAgain,
  };
}

/** Sorted again only when what is read or the language changes: a menu may have thousands of rows. */
function useByName<Row extends { readonly name: ProductRow['name'] }>(
  rows: readonly Row[],
  language: Language,
): readonly Row[] {
  return useMemo(() => byName(rows, language), [rows, language]);
}
