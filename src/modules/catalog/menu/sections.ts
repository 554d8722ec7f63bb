/** Products in the tree of their categories. */
import type { CategoryFacts } from '../categories/state.ts';
import { textIn } from '../pricing/texts.ts';

export interface Section<Item> {
  /** Null for what stands in no category; that section comes last. */
  readonly categoryId: string | null;
  readonly name: string;
  readonly products: readonly Item[];
  readonly sections: readonly Section<Item>[];
}

interface Named {
  readonly name: string;
}

/**
 * Sections without a product anywhere in them are left out. A category whose parent is gone stands at the top, and so do
 * those of a loop: nothing that can be sold is lost.
 */
export function sectionsOf<Item extends Named>(
  items: readonly { readonly categoryId: string | null; readonly item: Item }[],
  categories: ReadonlyMap<string, CategoryFacts>,
  languages: readonly string[],
): readonly Section<Item>[] {
  const held = new Map<string | null, Item[]>();
  for (const { categoryId, item } of items) {
    const place = categoryId !== null && categories.has(categoryId) ? categoryId : null;
    const there = held.get(place);
    if (there === undefined) held.set(place, [item]);
    else there.push(item);
  }
  for (const there of held.values()) there.sort(byName);
  const children = childrenOf(categories);
  const drawn = new Set<string>();
  const draw = (categoryId: string): readonly Section<Item>[] => {
    const facts = categories.get(categoryId);
    if (facts === undefined || drawn.has(categoryId)) return [];
    drawn.add(categoryId);
    const sections = (children.get(categoryId) ?? []).flatMap(draw);
    const products = held.get(categoryId) ?? [];
    if (products.length === 0 && sections.length === 0) return [];
    return [{ categoryId, name: textIn(facts.name, languages), products, sections }];
  };
  const tops = (children.get(null) ?? []).flatMap(draw);
  const looped = inOrder([...categories].filter(([id]) => !drawn.has(id))).flatMap(draw);
  const loose = held.get(null) ?? [];
  const last = { categoryId: null, name: '', products: loose, sections: [] };
  return [...tops, ...looped, ...(loose.length === 0 ? [] : [last])];
}

function childrenOf(
  categories: ReadonlyMap<string, CategoryFacts>,
): ReadonlyMap<string | null, readonly string[]> {
  const children = new Map<string | null, string[]>();
  for (const id of inOrder([...categories])) {
    const parentId = categories.get(id)?.parentId ?? null;
    const place = parentId !== null && categories.has(parentId) ? parentId : null;
    const there = children.get(place);
    if (there === undefined) children.set(place, [id]);
    else there.push(id);
  }
  return children;
}

/** By position, then by name, then by id, so that every reader sees the same order. */
function inOrder(categories: readonly (readonly [string, CategoryFacts])[]): readonly string[] {
  const title = ({ name }: CategoryFacts): string => Object.values(name)[0] ?? '';
  return categories
    .toSorted(
      ([idA, a], [idB, b]) =>
        a.position - b.position || compare(title(a), title(b)) || compare(idA, idB),
    )
    .map(([id]) => id);
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
const byName = (a: Named, b: Named): number => compare(a.name, b.name);
