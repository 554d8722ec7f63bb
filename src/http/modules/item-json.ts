/** Rows of read models as they go over HTTP. Pure. */
import type { ReadModel } from '../../core/read-model.ts';
import type { ReadRow } from '../../projections/projections.ts';
import { camelOf } from './addresses.ts';

/**
 * Turns a row into an item: `id`, the declared columns in camelCase (null where the row says nothing) and
 * `incomplete: true` while an event that touches it is parked.
 */
export function itemWriter(model: ReadModel): (read: ReadRow) => object {
  const columns = Object.keys(model.columns).map((column) => [column, camelOf(column)] as const);
  return ({ key, row, incomplete }) => {
    const item: Record<string, unknown> = { id: key };
    for (const [column, name] of columns) item[name] = row[column] ?? null;
    if (incomplete) item['incomplete'] = true;
    return item;
  };
}
