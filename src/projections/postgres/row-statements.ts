import type { Queryable } from '../../platform/postgres/database.ts';
import type { Checkpoint, Generation, Place, RowKey, RowWrite } from '../projection-store.ts';
import { isAlreadyThere } from './store-errors.ts';
import { namesOf, quoted, recordOf, rowReader, selectOf } from './row-columns.ts';

/** Statements of a table, made once: text is the same at every chunk. */
interface TableStatements {
  readonly load: string;
  readonly upsert: string;
  readonly remove: string;
  readonly commit: string;
  /** The same of rows that are not there yet. */
  readonly commitNew: string;
  /** The same where rows go too. */
  readonly commitAndRemove: string;
}

const statements = new WeakMap<Generation, TableStatements>();

function statementsOf(generation: Generation): TableStatements {
  const known = statements.get(generation);
  if (known !== undefined) return known;
  const { table, columns } = generation;
  const names = namesOf(columns);
  const sets = ['position', ...Object.keys(columns).map(quoted)]
    .map((name) => `${name} = excluded.${name}`)
    .join(', ');
  const insert = (
    when: string,
  ): string => `insert into ${table} (bucket, tenant, key, position, ${names})
             select $1, tenant, key, position, ${names}
               from jsonb_to_recordset($2) as r(tenant text, key text, position bigint, ${recordOf(columns)})
              where ${when}`;
  const upsert = (when: string): string =>
    `${insert(when)} on conflict (bucket, tenant, key) do update set ${sets}`;
  const remove = (first: number): string => `delete from ${table} t
              using unnest($${first}::text[], $${first + 1}::text[]) as k(tenant, key)
              where t.bucket = $1 and t.tenant = k.tenant and t.key = k.key`;
  const made = {
    load: `select t.tenant, t.key, t.position, ${selectOf(columns)}
             from unnest($2::text[], $3::text[]) as k(tenant, key)
             cross join lateral (
               select r.bucket, r.tenant, r.key, r.position, ${names} from ${table} r
                where (r.bucket, r.tenant, r.key) >= ($1::integer, k.tenant, k.key)
                order by r.bucket, r.tenant, r.key limit 1) t
            where t.bucket = $1 and t.tenant = k.tenant and t.key = k.key`,
    upsert: upsert('true'),
    remove: remove(2),
    commit: commitStatement(upsert, null),
    commitNew: commitStatement(insert, null),
    commitAndRemove: commitStatement(upsert, remove),
  };
  statements.set(generation, made);
  return made;
}

/**
 * A whole chunk in one statement and one round trip, without `begin` and `commit`: 2 ms of waiting where the network or
 * a busy machine makes a round trip one of 0.3. It takes the row lock of the checkpoint, by primary key, if that is
 * where it is expected and nobody holds it; what follows happens only then. The rows were loaded before: as long as
 * position and revision are the same, nobody has changed any of them. A checkpoint that moved since the snapshot was
 * taken is seen as moved, because the lock looks at its newest version. Rows of persons that were erased keep it from
 * happening at all: see commit-chunk.ts.
 *
 * Without rows that go it looks into no table but for primary keys, so the plan that a connection keeps is as good when
 * the table has a million rows as it was when that had none. Joined to rows that go it would not be.
 */
function commitStatement(
  upsert: (when: string) => string,
  remove: ((tenants: number) => string) | null,
): string {
  const when = 'exists (select from moved)';
  return `with held as materialized (
            select set_config('synchronous_commit', 'off', true) as setting
              from projection_checkpoints
             where bucket = $1 and name = $3 and generation = $4 and position = $5 and revision = $6
               and not exists (select from erased_persons e
                                where e.bucket = $1 and ($8::text[] is null or e.person = any($8)))
               for update skip locked),
          moved as (
            update projection_checkpoints c set position = $7, moved_at = now() from held
             where c.bucket = $1 and c.name = $3 and c.generation = $4 and c.position = $5
               and c.revision = $6
            returning held.setting),
          written as (${upsert(when)} returning 1)${
            remove === null
              ? ''
              : `,
          removed as (${remove(9)} and ${when} returning 1)`
          }
          select setting from moved`;
}

/**
 * One descent of the primary key a row: 6 us of PostgreSQL and 5 us here for rows of 7 columns, 10,000 at once. Only the
 * primary key has the order that is asked for. With three equalities instead, and no statistics yet, any other index that
 * begins with bucket and tenant looked as good: at 7,000 rows each chunk then read all of them, 4 ms a key.
 */
export async function loadRows(
  tx: Queryable,
  { generation, bucket }: Place,
  keys: readonly RowKey[],
): Promise<readonly RowWrite[]> {
  if (keys.length === 0) return [];
  const { rows } = await tx.query<{ tenant: string; key: string; position: bigint }>({
    text: statementsOf(generation).load,
    prepared: true,
    values: [bucket, keys.map(({ tenant }) => tenant), keys.map(({ key }) => key)],
  });
  const read = rowReader(generation.columns);
  return rows.map((found) => {
    const { tenant, key, position } = found;
    return { tenant, key, position, row: read({ ...found }) };
  });
}

/**
 * One statement for what stays and one for what goes. As one JSON parameter: with 7 columns and 10,000 rows inserting
 * took 12 us of PostgreSQL and 1.4 us here a row, updating 18 + 2; with an array for each column (unnest) 16 + 5.5 and
 * 18 + 5, since the driver writes arrays item by item. Rows come in order of key, which saves a fifth.
 */
export async function writeRows(
  tx: Queryable,
  { generation, bucket }: Place,
  rows: readonly RowWrite[],
): Promise<void> {
  const { kept, gone } = sorted(rows);
  const { upsert, remove } = statementsOf(generation);
  if (kept.length > 0)
    await tx.query({
      text: upsert,
      prepared: true,
      values: [bucket, JSON.stringify(kept)],
      timeoutMs: WRITE_TIMEOUT_MS,
    });
  if (gone.length > 0)
    await tx.query({
      text: remove,
      values: [bucket, gone.map(({ tenant }) => tenant), gone.map(({ key }) => key)],
    });
}

/** A chunk of 20,000 rows takes half a second; a busy disk many times that. */
const WRITE_TIMEOUT_MS = 60_000;

function sorted(rows: readonly RowWrite[]): {
  readonly kept: readonly object[];
  readonly gone: readonly RowKey[];
} {
  const kept: object[] = [];
  const gone: RowKey[] = [];
  for (const { tenant, key, row, position } of rows)
    if (row === null) gone.push({ tenant, key });
    else kept.push({ ...row, tenant, key, position: Number(position) });
  return { kept, gone };
}

/**
 * True when the checkpoint was held and moved, and so everything is written. Rows that are all new are inserted without
 * looking for what they might meet: 18 us of PostgreSQL a row of 13 columns and two indexes instead of 23. Where one is
 * there after all nothing is written, and the answer is false.
 */
export async function commitAtOnce(
  on: Queryable,
  { generation, bucket }: Place,
  work: {
    readonly rows: readonly RowWrite[];
    readonly allNew: boolean;
    readonly expected: Checkpoint;
    readonly position: bigint;
    /** Persons of the rows; null stands for everybody. */
    readonly references: readonly string[] | null;
  },
): Promise<boolean> {
  const { kept, gone } = sorted(work.rows);
  const { commit, commitNew, commitAndRemove } = statementsOf(generation);
  const removes = gone.length > 0;
  const values = [
    bucket,
    JSON.stringify(kept),
    generation.name,
    generation.generation,
    work.expected.position,
    work.expected.revision,
    work.position,
    work.references,
    ...(removes ? [gone.map(({ tenant }) => tenant), gone.map(({ key }) => key)] : []),
  ];
  try {
    const { rows } = await on.query({
      text: removes ? commitAndRemove : work.allNew ? commitNew : commit,
      prepared: !removes,
      values,
      timeoutMs: WRITE_TIMEOUT_MS,
    });
    return rows.length === 1;
  } catch (error) {
    if (work.allNew && isAlreadyThere(error)) return false;
    throw error;
  }
}
