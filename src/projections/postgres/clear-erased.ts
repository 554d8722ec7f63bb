import type { PersonReference } from '../../core/personal-data.ts';
import type { Row } from '../../core/read-model.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import type { Generation, Place, RowWrite } from '../projection-store.ts';

export type ReferenceOf = (tenant: string, personId: string) => PersonReference;

/**
 * Rows without the personal columns of persons that were erased. Whoever folded them may have read the events before
 * the erasure; the erasure is recorded before it takes the checkpoint to clear what is stored, and we hold that, so
 * either it is seen here or it clears after us.
 */
export async function clearErased(
  tx: Queryable,
  { generation, bucket }: Place,
  work: { readonly rows: readonly RowWrite[]; readonly referenceOf: ReferenceOf },
): Promise<readonly RowWrite[]> {
  const persons = work.rows.map((write) => personOf(generation, write));
  const references = work.rows.map(({ tenant }, index) => {
    const person = persons[index] ?? null;
    return person === null ? null : work.referenceOf(tenant, person);
  });
  const asked = references.filter((reference) => reference !== null);
  if (asked.length === 0) return work.rows;
  const { rows } = await tx.query<{ tenant: string; person: string }>({
    text: 'select tenant, person from erased_persons where bucket = $1 and person = any($2::text[])',
    values: [bucket, asked],
  });
  if (rows.length === 0) return work.rows;
  const erased = new Set(rows.map(({ tenant, person }) => `${tenant} ${person}`));
  return work.rows.map((write, index) =>
    erased.has(`${write.tenant} ${references[index]}`) && write.row !== null
      ? { ...write, row: cleared(generation, write.row) }
      : write,
  );
}

/** References of the persons of rows that hold something personal; empty when there are none. */
export function referencesOf(
  { personal, ...generation }: Generation,
  rows: readonly RowWrite[],
  referenceOf: ReferenceOf | undefined,
): readonly string[] {
  if (personal === 'none' || referenceOf === undefined) return [];
  const found = new Set<string>();
  for (const write of rows) {
    if (personal.columns.every((column) => (write.row?.[column] ?? null) === null)) continue;
    const person = personOf({ personal, ...generation }, write);
    if (person !== null) found.add(referenceOf(write.tenant, person));
  }
  return [...found];
}

function personOf({ personal }: Generation, { key, row }: RowWrite): string | null {
  if (personal === 'none' || row === null) return null;
  const person = personal.person === 'key' ? key : row[personal.person];
  return typeof person === 'string' ? person : null;
}

function cleared({ personal }: Generation, row: Row): Row {
  if (personal === 'none') return row;
  return { ...row, ...Object.fromEntries(personal.columns.map((column) => [column, null])) };
}
