/** The timelines of several customers as one, newest first. The cursor holds that of each. */
import { Failure } from '../../core/errors.ts';
import type { ReadRow, RowListQuery, RowPage, RowReader } from '../../projections/projections.ts';

type Reader = Pick<RowReader, 'list'>;
type Query = Omit<RowListQuery, 'limit' | 'filters' | 'after'>;

interface Asked {
  /** The customer first. */
  readonly ids: readonly string[];
  readonly limit: number;
  readonly after: string | undefined;
}

/** Errors: CURSOR_INVALID. */
export async function readTogether(reader: Reader, query: Query, asked: Asked): Promise<RowPage> {
  const { ids, limit } = asked;
  const places = asked.after === undefined ? {} : placesOf(asked.after);
  const list = (customerId: string, most: number): Promise<RowPage> => {
    const after = places[customerId];
    return reader.list({ ...query, filters: { customerId }, limit: most, after });
  };
  const pages = await Promise.all(ids.map(async (id) => ({ id, page: await list(id, limit) })));
  const all = pages.flatMap(({ id, page }) => page.items.map((item) => ({ id, item })));
  const shown = all.sort((a, b) => newestFirst(a.item, b.item)).slice(0, limit);
  const next: Record<string, string> = { ...places };
  for (const { id, page } of pages) {
    const count = shown.filter((each) => each.id === id).length;
    if (count === 0) continue;
    // Asked again for those that are shown, whose last one the next page begins after.
    next[id] = count === page.items.length ? page.next : (await list(id, count)).next;
  }
  const more = all.length > shown.length || pages.some(({ page }) => page.more);
  return { items: shown.map(({ item }) => item), next: cursorOf(next), more };
}

function newestFirst(a: ReadRow, b: ReadRow): number {
  const [left, right] = [String(a.row['at']), String(b.row['at'])];
  // Entries of one moment stay as their own list has them, which its cursor counts on.
  return left === right ? 0 : left < right ? 1 : -1;
}

function cursorOf(places: Readonly<Record<string, string>>): string {
  // Ids and cursors are ASCII.
  return btoa(JSON.stringify(places)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function placesOf(text: string): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      if (Object.values(value).every((each) => typeof each === 'string'))
        // safe because all of its members were found to be texts
        return value as Record<string, string>;
  } catch {
    // Answered below: it is no cursor of ours.
  }
  throw new Failure('CURSOR_INVALID', 'The cursor cannot be read.');
}
