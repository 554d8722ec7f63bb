import type { RowKey } from './projection-store.ts';
import type { PreparedEvent } from './read-chunk.ts';
import type { RowSet } from './row-set.ts';

/** Keys that the events touch and that are not held, each once; what an event begins is not there to be loaded. */
export function keysToLoad(rows: RowSet, events: readonly PreparedEvent[]): readonly RowKey[] {
  const tenants = new Map<string, Set<string>>();
  const found: RowKey[] = [];
  for (const { tenant, keys, begins } of events) {
    if (keys === null) continue;
    let known = tenants.get(tenant);
    if (known === undefined) tenants.set(tenant, (known = new Set()));
    for (const key of keys) {
      if (known.has(key)) continue;
      known.add(key);
      if (!begins && rows.get(tenant, key) === undefined) found.push({ tenant, key });
    }
  }
  return found;
}
