import type { RowKey } from './projection-store.ts';
import type { PreparedEvent } from './read-chunk.ts';
import type { RowSet } from './row-set.ts';

/** Keys that the events touch and that are not held, each once. */
export function keysToLoad(rows: RowSet, events: readonly PreparedEvent[]): readonly RowKey[] {
  const tenants = new Map<string, Set<string>>();
  const found: RowKey[] = [];
  for (const { tenant, keys } of events) {
    if (keys === null) continue;
    let known = tenants.get(tenant);
    if (known === undefined) tenants.set(tenant, (known = new Set()));
    for (const key of keys) {
      if (known.has(key)) continue;
      known.add(key);
      if (rows.get(tenant, key) === undefined) found.push({ tenant, key });
    }
  }
  return found;
}
