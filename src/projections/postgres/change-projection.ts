/** One change of a projection's generations: tables, checkpoints and states in one transaction. */
import type { ReadModel } from '../../core/read-model.ts';
import type { Database, Queryable } from '../../platform/postgres/database.ts';
import type { Change, Generation, ProjectionRecord } from '../projection-store.ts';
import { tableName } from '../table-name.ts';
import { readRecords } from './read-records.ts';
import { definitionsOf, quoted } from './row-columns.ts';

/** Building indexes over millions of rows, or waiting for the readers of a table that is dropped. */
const DDL_TIMEOUT_MS = 600_000;

/** Rows are updated again and again: a fifth of each page is kept for their new versions (heap-only updates). */
const FILL_FACTOR = 80;

export interface ChangeWork {
  readonly model: ReadModel;
  readonly bucketCount: number;
  readonly decide: (record: ProjectionRecord | null) => Change | null;
}

/**
 * The row of the projection is locked first, made when it is missing, so changes of one projection come one after the
 * other and `decide` sees what is. Readers take no such lock.
 */
export async function changeProjection(
  database: Database,
  work: ChangeWork,
): Promise<ProjectionRecord | null> {
  const { model, decide } = work;
  return database.transaction(async (tx) => {
    const made = await tx.query({
      text: `insert into projections (name, newest_version, next_generation) values ($1, $2, 1)
             on conflict (name) do nothing`,
      values: [model.name, model.version],
    });
    await tx.query({
      text: 'select name from projections where name = $1 for update',
      values: [model.name],
      timeoutMs: DDL_TIMEOUT_MS,
    });
    const record = (await readRecords(tx, model.name))[0] ?? null;
    const change = decide(made.rowCount === 1 ? null : record);
    if (change === null) return record;
    await applyChange(tx, { work, record, change });
    return (await readRecords(tx, model.name))[0] ?? null;
  });
}

async function applyChange(
  tx: Queryable,
  parts: {
    readonly work: ChangeWork;
    readonly record: ProjectionRecord | null;
    readonly change: Change;
  },
): Promise<void> {
  const { work, record, change } = parts;
  const { model } = work;
  const known = (number: number): Generation | undefined =>
    record?.generations.find(({ generation }) => generation === number);
  for (const dropped of (change.drop ?? []).map(known)) if (dropped) await drop(tx, dropped);
  for (const { generation, state } of change.states ?? [])
    await tx.query({
      text: `update projection_generations set state = $3, changed_at = now()
              where name = $1 and generation = $2`,
      values: [model.name, generation, state],
    });
  if (change.index !== undefined) await makeIndexes(tx, known(change.index), model);
  if (change.ready !== undefined)
    await tx.query({
      text: 'update projection_generations set ready = true where name = $1 and generation = $2',
      values: [model.name, change.ready],
    });
  if (change.begin !== undefined) await begin(tx, work, change.begin);
  if (change.stoppedBy !== undefined || change.newestVersion !== undefined)
    await tx.query({
      text: `update projections
                set stopped_by = case when $2 then $3 else stopped_by end,
                    newest_version = coalesce($4, newest_version)
              where name = $1`,
      values: [
        model.name,
        change.stoppedBy !== undefined,
        change.stoppedBy ?? null,
        change.newestVersion ?? null,
      ],
    });
}

/**
 * Checkpoints are locked and removed before the table: a worker holds its checkpoint while it uses the table, so the
 * other order could deadlock with it.
 */
async function drop(tx: Queryable, { name, generation, table }: Generation): Promise<void> {
  const values = [name, generation];
  for (const text of [
    'delete from projection_checkpoints where name = $1 and generation = $2',
    'delete from projection_parked where name = $1 and generation = $2',
    'delete from projection_generations where name = $1 and generation = $2',
  ])
    await tx.query({ text, values, timeoutMs: DDL_TIMEOUT_MS });
  await tx.query({ text: `drop table if exists ${table}`, timeoutMs: DDL_TIMEOUT_MS });
}

async function begin(
  tx: Queryable,
  { model, bucketCount }: ChangeWork,
  wanted: NonNullable<Change['begin']>,
): Promise<void> {
  const { name, version, columns, indexes, personal, fillFactor = FILL_FACTOR } = model;
  const { rows } = await tx.query<{ generation: number }>({
    text: `update projections set next_generation = next_generation + 1 where name = $1
           returning next_generation - 1 as generation`,
    values: [name],
  });
  const generation = rows[0]?.generation ?? 1;
  const table = tableName(name, generation);
  // Distribution key: bucket.
  await tx.query({
    text: `create table ${table} (
             bucket integer not null, tenant text collate "C" not null, key text collate "C" not null,
             position bigint not null, ${definitionsOf(columns)},
             primary key (bucket, tenant, key)) with (fillfactor = ${fillFactor})`,
  });
  await tx.query({ text: `comment on table ${table} is 'Distribution key: bucket. Disposable.'` });
  await tx.query({
    text: `insert into projection_generations
             (name, generation, version, state, as_of_micros, table_name, columns, indexes, personal, used_by, indexed)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, false)`,
    values: [
      name,
      generation,
      version,
      wanted.state,
      wanted.asOfMicros,
      table,
      JSON.stringify(columns),
      JSON.stringify(indexes),
      personal === 'none' ? null : JSON.stringify(personal),
      wanted.usedBy ?? null,
    ],
  });
  await tx.query({
    text: `insert into projection_checkpoints (bucket, name, generation)
           select bucket, $1, $2 from generate_series(0, $3::integer - 1) as bucket`,
    values: [name, generation, bucketCount],
  });
  if (wanted.indexed) await makeIndexes(tx, { name, generation, table }, model);
}

/** Locks the table against writing meanwhile; its workers wait. */
async function makeIndexes(
  tx: Queryable,
  of: Pick<Generation, 'name' | 'generation' | 'table'> | undefined,
  { indexes }: ReadModel,
): Promise<void> {
  if (of === undefined) return;
  for (const [number, columns] of indexes.entries())
    await tx.query({
      text: `create index if not exists ${of.table}_i${number} on ${of.table}
               (bucket, tenant, ${columns.map(quoted).join(', ')})`,
      timeoutMs: DDL_TIMEOUT_MS,
    });
  await tx.query({
    text: 'update projection_generations set indexed = true where name = $1 and generation = $2',
    values: [of.name, of.generation],
  });
}
