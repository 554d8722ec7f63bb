/**
 * Whoever locks several rows takes them in one order, which `unnest` and a loop over it keep. What came of requests and what the
 * provider reports of them arrive together: two statements that took the same rows in orders of their own waited for each
 * other, until PostgreSQL ended one of them after a second.
 */
import type { Queryable } from '../../platform/postgres/database.ts';
import type { MessagePlace } from './outbox-row.ts';

export function inLockOrder<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
): readonly Item[] {
  return items.toSorted((one, other) => {
    const [a, b] = [idOf(one), idOf(other)];
    return a < b ? -1 : a > b ? 1 : 0;
  });
}

/**
 * Locks messages until the end of the transaction; `ids` in lock order. What changes them by their place (ctid) is a statement
 * of its own: one that had to wait for a row sees the place it had before, changes nothing there and says nothing.
 */
export async function lockMessages(
  tx: Queryable,
  { bucket, tenant }: MessagePlace,
  ids: readonly string[],
): Promise<void> {
  await tx.query({
    text: `select from unnest($3::text[]) as given (message_id)
            cross join lateral (select from messaging_outbox
                                 where bucket = $1 and tenant = $2 and message_id = given.message_id
                                 limit 1 for update) held`,
    values: [bucket, tenant, ids],
  });
}
