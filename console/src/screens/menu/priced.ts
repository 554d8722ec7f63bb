/** Everything that has a price: products, or their sizes, in the order of the menu. Pure. */
import { inOrder, textIn, type ProductRow } from './menu-types.ts';
import { priceKey } from './price-list-value.ts';
import type { Catalog } from './use-catalog.ts';

export interface Priced {
  readonly key: string;
  readonly id: string;
  readonly variantId: string | null;
  readonly categoryId: string | null;
  /** "Beer", or "Beer · small". */
  readonly name: string;
  readonly section: string;
  /** Minor units. */
  readonly price: number;
}

export function pricedOf(
  { products, categories }: Pick<Catalog, 'products' | 'categories'>,
  language: string,
): readonly Priced[] {
  const sections = inOrder(categories);
  const placeOf = (id: string | null): number => {
    const place = sections.findIndex((each) => each.id === id);
    return place < 0 ? sections.length : place;
  };
  const nameOf = (id: string | null): string =>
    textIn(sections.find((each) => each.id === id)?.name, language);
  return products
    .filter(({ status }) => status === 'active')
    .toSorted((a, b) => placeOf(a.categoryId) - placeOf(b.categoryId))
    .flatMap((product) => sizesOf(product, language, nameOf(product.categoryId)));
}

function sizesOf(product: ProductRow, language: string, section: string): readonly Priced[] {
  const { id, categoryId, variants } = product;
  const name = textIn(product.name, language);
  const of = { id, categoryId, section };
  if (variants.length === 0)
    return [{ ...of, key: priceKey(id, null), variantId: null, name, price: product.price ?? 0 }];
  return variants.map(({ variantId, name: size, price }) => ({
    ...of,
    key: priceKey(id, variantId),
    variantId,
    name: `${name} · ${textIn(size, language)}`,
    price,
  }));
}
