/** The statements on the table `erased_persons`, the copy of the erasure list in the log's database. */
import type { PersonReference } from '../core/personal-data.ts';
import type { Queryable } from '../platform/postgres/database.ts';

export interface ErasedPlace {
  readonly bucket: number;
  readonly tenant: string;
  readonly reference: PersonReference;
}

/** From here on nothing that was revealed before is written by whoever joins with the table. */
export async function insertErased(database: Queryable, place: ErasedPlace): Promise<void> {
  await database.query({
    text: `insert into erased_persons (bucket, tenant, person) values ($1, $2, $3)
           on conflict (bucket, tenant, person) do nothing`,
    values: [place.bucket, place.tenant, place.reference],
  });
}

export async function markCleaned(database: Queryable, place: ErasedPlace): Promise<void> {
  await database.query({
    text: `update erased_persons set cleaned_at = now()
           where bucket = $1 and tenant = $2 and person = $3 and cleaned_at is null`,
    values: [place.bucket, place.tenant, place.reference],
  });
}

/** Those of which this database was cleared. Crosses buckets: asked once at start, one descent of the key each. */
export async function cleanedAmong(
  database: Queryable,
  places: readonly ErasedPlace[],
): Promise<ReadonlySet<PersonReference>> {
  const { rows } = await database.query<{ person: string }>({
    text: `select e.person from unnest($1::integer[], $2::text[], $3::text[]) as p(bucket, tenant, person)
             join erased_persons e on e.bucket = p.bucket and e.tenant = p.tenant and e.person = p.person
            where e.cleaned_at is not null`,
    values: [
      places.map(({ bucket }) => bucket),
      places.map(({ tenant }) => tenant),
      places.map(({ reference }) => reference),
    ],
  });
  return new Set(rows.map(({ person }) => person));
}
