/** All products and categories of a tenant, from the lists. */
import type { ReadModel } from '../../core/read-model.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import type { ReadRow } from '../../projections/projections.ts';
import { categoryList } from './categories/read-models/category-list.ts';
import type { Texts } from './pricing/texts.ts';
import { productList } from './products/read-models/product-list.ts';
import type { PlacedCategory } from './table/category-paths.ts';

/** The most that one question of a read model gives. */
const PAGE = 1000;

type Reading = Pick<ModuleRouteDependencies, 'projections'>;

export async function* rowsOf(
  { projections }: Reading,
  model: ReadModel,
  tenant: string,
): AsyncGenerator<ReadRow> {
  const reader = projections.reader(model);
  let after: string | undefined;
  for (;;) {
    const page = await reader.list({ tenant, filters: {}, limit: PAGE, after });
    yield* page.items;
    if (!page.more) return;
    after = page.next;
  }
}

export async function allCategories(
  deps: Reading,
  tenant: string,
): Promise<readonly PlacedCategory[]> {
  const categories: PlacedCategory[] = [];
  for await (const { key, row } of rowsOf(deps, categoryList, tenant)) {
    // safe because the read model wrote these columns so
    const { name, parent_id: parentId } = row as { name: Texts; parent_id: string | null };
    categories.push({ id: key, name, parentId });
  }
  return categories;
}

export interface NamedProduct {
  readonly id: string;
  readonly name: Texts;
}

export async function allProducts(deps: Reading, tenant: string): Promise<readonly NamedProduct[]> {
  const products: NamedProduct[] = [];
  for await (const { key, row } of rowsOf(deps, productList, tenant)) {
    // safe because the read model wrote this column so
    const { name } = row as { name: Texts };
    products.push({ id: key, name });
  }
  return products;
}
