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
}

const COLUMNS = `id, operation, inputs::text[], options, status, progress::double precision, code, results::text[]`;

export async function findJob(database: Queryable, place: Place): Promise<JobRow | null> {
  const { rows } = await database.query<JobRow>({
    text: `select ${COLUMNS} from document_jobs where bucket = $1 and tenant = $2 and id = $3`,
    values: [place.bucket, place.tenant, place.id],
  });
  return rows[0] ?? null;
}

export async function insertJob(
  tx: Queryable,
  { bucket, tenant, id }: Place,
  job: Pick<JobRow, 'operation' | 'inputs' | 'options'> & { readonly createdAtMs: number },
): Promise<void> {
  await tx.query({
    text: `insert into document_jobs (bucket, tenant, id, operation, inputs, options, status, created_at)
           values ($1, $2, $3, $4, $5::uuid[], $6, 'waiting', to_timestamp($7::double precision / 1000))`,
    values: [bucket, tenant, id, job.operation, job.inputs, job.options, job.createdAtMs],
  });
}

/** False when it has ended: cancelled, or done by another process. */
export async function beginJob(tx: Queryable, { bucket, tenant, id }: Place): Promise<boolean> {
  const { rowCount } = await tx.query({
    text: `update document_jobs set status = 'running', progress = 0
            where bucket = $1 and tenant = $2 and id = $3 and status in ('waiting', 'running')`,
    values: [bucket, tenant, id],
  });
  return rowCount === 1;
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
    values: [bucket, tenant],
  });
  return rows[0] ?? { all: 0, tenant: 0 };
}

export function jobViewOf({ id, operation, status, progress, code, results }: JobRow): JobView {
  return { id, operation, status, progress, resultIds: results, code };
}
