/**
 * Whoever locks several rows takes them in one order, which `unnest` and a loop over it keep. What came of requests and what the
 * provider reports of them arrive together: two statements that took the same rows in orders of their own waited for each
 * other, until PostgreSQL ended one of them after a second.
 */
import type { Database, Queryable } from '../../platform/postgres/database.ts';
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
 * Locks the rows of messages, then changes them, given in lock order. In two statements: one that finds rows by their place (ctid)
 * and had to wait for one of them sees the place that it had before, changes nothing there and says nothing.
 */
export async function changeMessages<Item extends { readonly messageId: string }>(
  database: Database,
  {
    place: { bucket, tenant },
    items,
  }: { readonly place: MessagePlace; readonly items: readonly Item[] },
  change: (tx: Queryable, given: readonly Item[]) => Promise<unknown>,
): Promise<void> {
  if (items.length === 0) return;
  const given = inLockOrder(items, ({ messageId }) => messageId);
  await database.transaction(async (tx) => {
    await tx.query({
      text: `select from unnest($3::text[]) as given (message_id)
              cross join lateral (select from messaging_outbox
                                   where bucket = $1 and tenant = $2 and message_id = given.message_id
                                   limit 1 for update) held`,
      values: [bucket, tenant, given.map(({ messageId }) => messageId)],
    });
    await change(tx, given);
  });
}
