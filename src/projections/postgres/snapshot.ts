import type { Database } from '../../platform/postgres/database.ts';
import type { Place, RowWrite, Snapshot } from '../projection-store.ts';
import { readLeftOut } from './parked-statements.ts';
import { readCheckpoint } from './read-records.ts';
import { rowReader, selectOf } from './row-columns.ts';
import { isTableGone } from './store-errors.ts';

/** Rows of one page: bounds memory here. */
const PAGE_ROWS = 5_000;

/** Every row of a table in one bucket, by primary key, with checkpoint and parked events in the same snapshot. */
export async function snapshotOf(
  database: Database,
  place: Place,
  onRows: (rows: readonly RowWrite[]) => void,
): Promise<Snapshot | null> {
  try {
    return await snapshotIn(database, place, onRows);
  } catch (error) {
    // Dropped since the checkpoint was read: the catalogue of tables is no part of the snapshot.
    if (isTableGone(error)) return null;
    throw error;
  }
}

function snapshotIn(
  database: Database,
  place: Place,
  onRows: (rows: readonly RowWrite[]) => void,
): Promise<Snapshot | null> {
  const { generation, bucket } = place;
  const read = rowReader(generation.columns);
  return database.transaction(async (tx) => {
    await tx.query({ text: 'set transaction isolation level repeatable read, read only' });
    const checkpoint = await readCheckpoint(tx, place);
    if (checkpoint === null) return null;
    let after = { tenant: '', key: '' };
    for (;;) {
      const { rows } = await tx.query<{ tenant: string; key: string; position: bigint }>({
        text: `select t.tenant, t.key, t.position, ${selectOf(generation.columns)}
                 from ${generation.table} t
                where t.bucket = $1 and (t.tenant, t.key) > ($2, $3)
                order by t.tenant, t.key limit $4`,
        values: [bucket, after.tenant, after.key, PAGE_ROWS],
      });
      onRows(
        rows.map((found) => {
          const { tenant, key, position } = found;
          return { tenant, key, position, row: read({ ...found }) };
        }),
      );
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE_ROWS) break;
      after = { tenant: last.tenant, key: last.key };
    }
    return { position: checkpoint.position, leftOut: await readLeftOut(tx, place) };
  });
}
