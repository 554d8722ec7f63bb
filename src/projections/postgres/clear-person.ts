import type { Database } from '../../platform/postgres/database.ts';
import type { Place } from '../projection-store.ts';
import { raiseRevision, waitForCheckpoint } from './commit-chunk.ts';
import { quoted } from './row-columns.ts';

/** Clears what a table holds of a person; the number of rows. Waits for the chunk under way. */
export async function clearPerson(
  database: Database,
  place: Place,
  person: { readonly tenant: string; readonly personId: string },
): Promise<number> {
  const { generation, bucket } = place;
  const { personal, table } = generation;
  if (personal === 'none' || personal.columns.length === 0) return 0;
  const sets = personal.columns.map((column) => `${quoted(column)} = null`).join(', ');
  const named = personal.person === 'key' ? 'key' : quoted(personal.person);
  return database.transaction(async (tx) => {
    if ((await waitForCheckpoint(tx, place)) === null) return 0;
    // By primary key when the key names the person, else over the rows of the tenant: erasures are rare.
    const { rowCount } = await tx.query({
      text: `update ${table} set ${sets} where bucket = $1 and tenant = $2 and ${named} = $3`,
      values: [bucket, person.tenant, person.personId],
    });
    await raiseRevision(tx, place);
    return rowCount;
  });
}
