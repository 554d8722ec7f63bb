/** The rows of operations. Every statement names one bucket, but the count of all that waits and the sweep. */
import type { Queryable } from '../platform/postgres/database.ts';
import type { Place } from './document-rows.ts';
import type { JobView } from './documents.ts';
import type { Requested } from './operations.ts';

export interface JobRow {
  readonly id: string;
  readonly operation: Requested['operation'];
  readonly inputs: readonly string[];
  readonly options: Buffer | null;
  readonly status: JobView['status'];
  readonly progress: number;
  readonly code: string | null;
  readonly results: readonly string[];
  readonly createdAtMs: number;
  readonly endedAtMs: number | null;
}

const COLUMNS = `id, operation, inputs::text[], options, status, progress::double precision, code, results::text[],
  (extract(epoch from created_at) * 1000)::double precision as "createdAtMs",
  (extract(epoch from ended_at) * 1000)::double precision as "endedAtMs"`;

export async function findJob(database: Queryable, place: Place): Promise<JobRow | null> {
  const { rows } = await database.query<JobRow>({
    text: `select ${COLUMNS} from document_jobs where bucket = $1 and tenant = $2 and id = $3`,
    prepared: true,
    values: [place.bucket, place.tenant, place.id],
  });
  return rows[0] ?? null;
}

/** Newest first, by the primary key backwards. */
export async function listJobs(
  database: Queryable,
  { bucket, tenant }: Omit<Place, 'id'>,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly JobRow[]> {
  const { rows } = await database.query<JobRow>({
    text: `select ${COLUMNS} from document_jobs
            where bucket = $1 and tenant = $2 and ($3::uuid is null or id < $3::uuid)
            order by id desc limit $4`,
    values: [bucket, tenant, page.after, page.limit],
  });
  return rows;
}

export async function insertJob(
  tx: Queryable,
  { bucket, tenant, id }: Place,
  job: Pick<JobRow, 'operation' | 'inputs' | 'options' | 'createdAtMs'>,
): Promise<void> {
  await tx.query({
    text: `insert into document_jobs (bucket, tenant, id, operation, inputs, options, status, created_at)
           values ($1, $2, $3, $4, $5::uuid[], $6, 'waiting', to_timestamp($7::double precision / 1000))`,
    prepared: true,
    values: [bucket, tenant, id, job.operation, job.inputs, job.options, job.createdAtMs],
  });
}

/** The job, running; null when it has ended: cancelled, or done by another process. */
export async function beginJob(
  tx: Queryable,
  { bucket, tenant, id }: Place,
): Promise<JobRow | null> {
  const { rows } = await tx.query<JobRow>({
    text: `update document_jobs set status = 'running', progress = 0
            where bucket = $1 and tenant = $2 and id = $3 and status in ('waiting', 'running')
           returning ${COLUMNS}`,
    prepared: true,
    values: [bucket, tenant, id],
  });
  return rows[0] ?? null;
}

/** False when it does not run any more. */
export async function noteProgress(
  database: Queryable,
  { bucket, tenant, id }: Place,
  progress: number,
): Promise<boolean> {
  const { rowCount } = await database.query({
    text: `update document_jobs set progress = greatest(progress, $4::real)
            where bucket = $1 and tenant = $2 and id = $3 and status = 'running'`,
    values: [bucket, tenant, id, progress],
  });
  return rowCount === 1;
}

export interface JobEnd {
  readonly status: 'done' | 'failed' | 'cancelled';
  readonly code: string | null;
  readonly results: readonly string[];
  readonly endedAtMs: number;
}

/** False when it had ended before. */
export async function endJob(
  tx: Queryable,
  { bucket, tenant, id }: Place,
  { status, code, results, endedAtMs }: JobEnd,
): Promise<boolean> {
  const { rowCount } = await tx.query({
    text: `update document_jobs
              set status = $4, code = $5, results = $6::uuid[], options = null,
                  progress = case when $4 = 'done' then 1 else progress end,
                  ended_at = to_timestamp($7::double precision / 1000)
            where bucket = $1 and tenant = $2 and id = $3 and status in ('waiting', 'running')`,
    prepared: true,
    values: [bucket, tenant, id, status, code, results, endedAtMs],
  });
  return rowCount === 1;
}

/** Crosses buckets, index document_jobs_ended. */
export async function deleteEndedJobs(database: Queryable, beforeMs: number): Promise<void> {
  await database.query({
    text: `delete from document_jobs where ended_at < to_timestamp($1::double precision / 1000)`,
    values: [beforeMs],
  });
}

export interface OpenCounts {
  readonly all: number;
  readonly tenant: number;
}

/**
 * Verdicts and operations that wait or run. Crosses buckets; the indexes documents_judging and document_jobs_open hold
 * nothing else, so it reads as many entries as there is work: below a millisecond for three thousand.
 */
export async function countOpen(
  database: Queryable,
  { bucket, tenant }: Omit<Place, 'id'>,
): Promise<OpenCounts> {
  const { rows } = await database.query<OpenCounts>({
    text: `select count(*)::integer as all,
                  (count(*) filter (where bucket = $1 and tenant = $2))::integer as tenant
             from (select bucket, tenant from documents where status = 'judging'
                   union all
                   select bucket, tenant from document_jobs where status in ('waiting', 'running')) as open`,
    prepared: true,
    values: [bucket, tenant],
  });
  return rows[0] ?? { all: 0, tenant: 0 };
}

export function jobViewOf(row: JobRow): JobView {
  const { id, operation, inputs, status, progress, code, results, createdAtMs, endedAtMs } = row;
  return {
    id,
    operation,
    inputs,
    status,
    progress,
    resultIds: results,
    code,
    createdAt: new Date(createdAtMs).toISOString(),
    endedAt: endedAtMs === null ? null : new Date(endedAtMs).toISOString(),
  };
}
