/** The fold of events into rows, written again without any of the machinery that is under test. */
import type { ReadModel, Row } from '../../../src/core/read-model.ts';
import type { RecordedEvent } from '../../../src/core/recorded-event.ts';

/** Rows by `tenant key`. */
export function foldRows(
  model: ReadModel,
  events: readonly RecordedEvent[],
): ReadonlyMap<string, Row> {
  const rows = new Map<string, Row>();
  const wanted = new Set(model.on.map(({ name }) => name));
  for (const event of events) {
    if (!event.decided || !wanted.has(event.type)) continue;
    for (const key of new Set(model.keys(event))) {
      const id = `${event.tenant} ${key}`;
      const row = model.project(rows.get(id) ?? null, event, key);
      if (row === null) rows.delete(id);
      else rows.set(id, row);
    }
  }
  return rows;
}

/** As text with the columns in their order; `without` are not compared. */
export function rowText(row: Row | undefined, without: readonly string[] = []): string {
  if (row === undefined) return 'no row';
  const columns = Object.keys(row).filter((column) => !without.includes(column));
  return JSON.stringify(columns.sort().map((column) => [column, row[column] ?? null]));
}
