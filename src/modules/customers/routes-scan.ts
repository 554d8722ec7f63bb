/** Rows of a list that hold something no index knows of: a bounded look per request, to go on with where it ended. */
import type { ReadRow, RowListQuery, RowReader } from '../../projections/projections.ts';

/** The most that one question of a read model gives. */
const PAGE = 1000;
/** A tenth of a second of work. */
export const SCANNED_ROWS_MAX = 10_000;

export interface Scanned {
  readonly items: readonly ReadRow[];
  readonly next: string;
  /** True also for a look that found nothing and ended early. */
  readonly more: boolean;
}

export async function scanRows(
  reader: Pick<RowReader, 'list'>,
  query: Omit<RowListQuery, 'limit'>,
  wanted: { readonly limit: number; matches(row: ReadRow): boolean },
): Promise<Scanned> {
  const items: ReadRow[] = [];
  let { after } = query;
  for (let scanned = 0; ;) {
    // Where most rows match, the first look finds all that is wanted and ends at the cursor of the last.
    const limit = scanned === 0 ? Math.min(PAGE, wanted.limit) : PAGE;
    const page = await reader.list({ ...query, after, limit });
    scanned += page.items.length;
    for (const [index, row] of page.items.entries()) {
      if (!wanted.matches(row)) continue;
      items.push(row);
      if (items.length < wanted.limit) continue;
      if (index + 1 === page.items.length) return { items, next: page.next, more: page.more };
      // Asked again up to here, for the cursor of this row.
      const here = await reader.list({ ...query, after, limit: index + 1 });
      return { items, next: here.next, more: page.more || index + 1 < page.items.length };
    }
    if (!page.more || scanned >= SCANNED_ROWS_MAX)
      return { items, next: page.next, more: page.more };
    after = page.next;
  }
}
