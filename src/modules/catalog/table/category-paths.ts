/** Categories by the names that lead to them. Pure. */
import type { Texts } from '../pricing/texts.ts';

export interface PlacedCategory {
  readonly id: string;
  readonly name: Texts;
  readonly parentId: string | null;
}

/** Names from the top down as one key; names that differ only in case or space are one. */
export function pathKey(names: readonly string[]): string {
  return names.map((name) => name.trim().toLowerCase()).join('\u0000');
}

/** Ids by `pathKey`, in every language a category has; of two with the same path the first one by id. */
export function idsByPath(categories: readonly PlacedCategory[]): Map<string, string> {
  const byId = new Map(categories.map((category) => [category.id, category]));
  const ids = new Map<string, string>();
  for (const category of [...categories].sort((a, b) => (a.id < b.id ? -1 : 1)))
    for (const language of Object.keys(category.name)) {
      const key = pathKey(namesTo(category, byId, language));
      if (!ids.has(key)) ids.set(key, category.id);
    }
  return ids;
}

/** The names from the top down, in a language or what there is instead. */
export function namesTo(
  category: PlacedCategory,
  byId: ReadonlyMap<string, PlacedCategory>,
  language: string,
): readonly string[] {
  const names: string[] = [];
  const passed = new Set<string>();
  let current: PlacedCategory | undefined = category;
  while (current !== undefined && !passed.has(current.id)) {
    passed.add(current.id);
    names.unshift(current.name[language] ?? Object.values(current.name)[0] ?? '');
    current = current.parentId === null ? undefined : byId.get(current.parentId);
  }
  return names;
}
