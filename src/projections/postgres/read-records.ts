/** Projections with their generations and checkpoints, as they are recorded. */
import type { ReadModel } from '../../core/read-model.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import type {
  Checkpoint,
  Claim,
  CheckpointRecord,
  Generation,
  Place,
  ProjectionRecord,
  RecordedState,
  StoppedBy,
} from '../projection-store.ts';

interface RecordRow {
  readonly name: string;
  readonly stopped_by: StoppedBy | null;
  readonly newest_version: number;
  readonly generation: number | null;
  readonly version: number;
  readonly state: RecordedState;
  readonly as_of_micros: bigint | null;
  readonly table_name: string;
  readonly columns: Generation['columns'];
  readonly personal: Exclude<ReadModel['personal'], 'none'> | null;
  readonly indexed: boolean;
  readonly ready: boolean;
  readonly started_at_ms: bigint;
  readonly changed_at_ms: bigint;
  readonly used_at_ms: bigint;
  readonly used_by: string | null;
}

/** Crosses buckets: two small reference tables, read once a second by each process. */
export async function readRecords(
  on: Queryable,
  name: string | null = null,
): Promise<readonly ProjectionRecord[]> {
  const { rows } = await on.query<RecordRow>({
    text: `select p.name, p.stopped_by, p.newest_version, g.generation, g.version, g.state, g.as_of_micros,
                  g.table_name, g.columns, g.personal, g.indexed, g.ready,
                  (extract(epoch from g.started_at) * 1000)::bigint as started_at_ms,
                  (extract(epoch from g.changed_at) * 1000)::bigint as changed_at_ms,
                  (extract(epoch from g.used_at) * 1000)::bigint as used_at_ms, g.used_by
             from projections p left join projection_generations g on g.name = p.name
            where $1::text is null or p.name = $1
            order by p.name, g.generation`,
    values: [name],
  });
  const records = new Map<string, ProjectionRecord & { generations: Generation[] }>();
  for (const row of rows) {
    let record = records.get(row.name);
    if (record === undefined) {
      const { stopped_by: stoppedBy, newest_version: newestVersion } = row;
      record = { name: row.name, stoppedBy, newestVersion, generations: [] };
      records.set(row.name, record);
    }
    if (row.generation !== null) record.generations.push(generationOf(row, row.generation));
  }
  return [...records.values()];
}

function generationOf(row: RecordRow, generation: number): Generation {
  return {
    name: row.name,
    generation,
    version: row.version,
    state: row.state,
    asOfMicros: row.as_of_micros,
    table: row.table_name,
    columns: row.columns,
    personal: row.personal ?? 'none',
    indexed: row.indexed,
    ready: row.ready,
    startedAtMs: Number(row.started_at_ms),
    changedAtMs: Number(row.changed_at_ms),
    usedAtMs: Number(row.used_at_ms),
    usedBy: row.used_by,
  };
}

/** One row by primary key. Others that note the same wait for each other for the length of a commit. */
export async function noteUsed(
  on: Queryable,
  { name, generation }: Generation,
  by: string | null,
): Promise<void> {
  await on.query({
    text: `update projection_generations set used_at = now(), used_by = coalesce($3, used_by)
            where name = $1 and generation = $2`,
    values: [name, generation, by],
  });
}

/** Of every bucket: crosses buckets, for status and the 7 days of `limits.ts`. */
export async function readCheckpoints(
  on: Queryable,
  name: string,
): Promise<readonly CheckpointRecord[]> {
  const { rows } = await on.query<
    Checkpoint & {
      readonly generation: number;
      readonly bucket: number;
      readonly moved_at_ms: bigint;
    }
  >({
    text: `select generation, bucket, position, revision, sealed,
                  (extract(epoch from moved_at) * 1000)::bigint as moved_at_ms
             from projection_checkpoints where name = $1 order by generation, bucket`,
    values: [name],
  });
  return rows.map(({ moved_at_ms: movedAt, ...rest }) => ({
    ...rest,
    movedAtMs: Number(movedAt),
  }));
}

export async function readCheckpoint(
  on: Queryable,
  { generation, bucket }: Place,
): Promise<Checkpoint | null> {
  const { rows } = await on.query<Checkpoint>({
    text: `select position, revision, sealed from projection_checkpoints
            where bucket = $1 and name = $2 and generation = $3`,
    values: [bucket, generation.name, generation.generation],
  });
  return rows[0] ?? null;
}

/** Crosses buckets: a row for each generation, every few seconds. */
export async function readPositions(
  on: Queryable,
): Promise<ReadonlyMap<string, readonly bigint[]>> {
  const { rows } = await on.query<{
    readonly name: string;
    readonly generation: number;
    readonly positions: readonly number[];
  }>({
    text: `select name, generation, jsonb_agg(position order by bucket) as positions
             from projection_checkpoints group by name, generation`,
  });
  return new Map(
    rows.map(({ name, generation, positions }) => [`${name} ${generation}`, positions.map(BigInt)]),
  );
}

interface ClaimRow extends Checkpoint {
  readonly bucket: number;
  readonly tenant: string | null;
  readonly stream: string | null;
}

/**
 * Of every bucket, or of one. All lanes of a process begin together, forty read models in 16 buckets each: a statement for
 * each of them kept a starting server busy for a second.
 */
export async function readClaims(
  on: Queryable,
  generation: Generation,
  bucket: number | null = null,
): Promise<ReadonlyMap<number, Claim>> {
  const { rows } = await on.query<ClaimRow>({
    text: `select c.bucket, c.position, c.revision, c.sealed, p.tenant, p.stream
             from projection_checkpoints c
             left join (select distinct bucket, tenant, stream from projection_parked
                         where name = $1 and generation = $2 and state = 'parked' and stream <> ''
                           and ($3::integer is null or bucket = $3)) p on p.bucket = c.bucket
            where c.name = $1 and c.generation = $2 and ($3::integer is null or c.bucket = $3)`,
    values: [generation.name, generation.generation, bucket],
  });
  const claims = new Map<
    number,
    Claim & { readonly parked: { tenant: string; stream: string }[] }
  >();
  for (const { bucket: at, position, revision, sealed, tenant, stream } of rows) {
    const claim = claims.get(at) ?? { checkpoint: { position, revision, sealed }, parked: [] };
    claims.set(at, claim);
    if (tenant !== null && stream !== null) claim.parked.push({ tenant, stream });
  }
  return claims;
}

export async function readActivePosition(
  on: Queryable,
  name: string,
  bucket: number,
): Promise<bigint | null> {
  const { rows } = await on.query<{ position: bigint }>({
    text: `select c.position
             from projection_generations g
             join projection_checkpoints c
               on c.bucket = $2 and c.name = g.name and c.generation = g.generation
            where g.name = $1 and g.state = 'active'`,
    values: [name, bucket],
  });
  return rows[0]?.position ?? null;
}
