/** The menu as one list with a search over it. */
import type { Menu, MenuProduct, MenuSection } from './order-types.ts';

export interface FlatSection {
  readonly key: string;
  readonly name: string;
  readonly products: readonly MenuProduct[];
}

/** Sections with products of their own, in the menu's order; one within another is named after both. */
export function flatSections({ sections }: Pick<Menu, 'sections'>): readonly FlatSection[] {
  return sections.flatMap((section, at) => flat(section, { path: String(at), above: '' }));
}

function flat(
  section: MenuSection,
  { path, above }: { readonly path: string; readonly above: string },
): readonly FlatSection[] {
  const name = above === '' ? section.name : `${above} · ${section.name}`;
  const own =
    section.products.length === 0 ? [] : [{ key: path, name, products: section.products }];
  const inside = section.sections.flatMap((each, at) =>
    flat(each, { path: `${path}.${at}`, above: name }),
  );
  return [...own, ...inside];
}

export function productsById(menu: Pick<Menu, 'sections'>): ReadonlyMap<string, MenuProduct> {
  const products = flatSections(menu).flatMap((section) => section.products);
  return new Map(products.map((product) => [product.productId, product]));
}

/** Every word of the search begins a word of the name; accents and case do not matter. */
export function found(sections: readonly FlatSection[], search: string): readonly MenuProduct[] {
  const wanted = plain(search).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  return sections
    .flatMap((section) => section.products)
    .filter(({ name }) => {
      const parts = plain(name).split(/[^\p{Letter}\p{Number}]+/u);
      return wanted.every((word) => parts.some((part) => part.startsWith(word)));
    });
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .replaceAll('ł', 'l')
    .toLowerCase();
}
