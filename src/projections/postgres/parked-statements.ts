/** Events that were parked, and what becomes of them. */
import type { Queryable } from '../../platform/postgres/database.ts';
import type {
  Generation,
  ParkedCount,
  ParkedDraft,
  ParkedRecord,
  Place,
  Settled,
} from '../projection-store.ts';

interface ParkedRow {
  readonly bucket: number;
  readonly position: bigint;
  readonly tenant: string;
  readonly stream: string;
  readonly type: string;
  readonly reason: string;
  readonly attempts: number;
  readonly keys: readonly string[];
  readonly parked_at_ms: bigint;
}

const COLUMNS = `bucket, position, tenant, stream, type, reason, attempts, keys,
  (extract(epoch from parked_at) * 1000)::bigint as parked_at_ms`;

function recordOf({ parked_at_ms: parkedAt, ...row }: ParkedRow): ParkedRecord {
  return { ...row, parkedAtMs: Number(parkedAt) };
}

export async function parkEvents(
  tx: Queryable,
  { generation, bucket }: Place,
  drafts: readonly ParkedDraft[],
): Promise<void> {
  if (drafts.length === 0) return;
  const rows = drafts.map((draft) => ({ ...draft, position: Number(draft.position) }));
  await tx.query({
    text: `insert into projection_parked
             (bucket, name, generation, position, tenant, stream, type, state, reason, attempts, keys)
           select $1, $2, $3, position, tenant, stream, type, 'parked', reason, attempts, keys
             from jsonb_to_recordset($4) as r(position bigint, tenant text, stream text, type text,
                                              reason text, attempts integer, keys text[])`,
    values: [bucket, generation.name, generation.generation, JSON.stringify(rows)],
  });
}

export async function settleEvents(
  tx: Queryable,
  { generation, bucket }: Place,
  settled: readonly Settled[],
): Promise<void> {
  const place = [bucket, generation.name, generation.generation];
  const handled = settled.filter(({ outcome }) => outcome === 'handled');
  if (handled.length > 0)
    await tx.query({
      text: `delete from projection_parked
              where bucket = $1 and name = $2 and generation = $3 and position = any($4::bigint[])`,
      values: [...place, handled.map(({ position }) => position)],
    });
  for (const each of settled) {
    if (each.outcome === 'handled') continue;
    const failed = each.outcome === 'failed';
    await tx.query({
      text: `update projection_parked
                set state = $5, reason = coalesce($6, reason), keys = coalesce($7, keys),
                    attempts = attempts + $8
              where bucket = $1 and name = $2 and generation = $3 and position = $4`,
      values: [
        ...place,
        each.position,
        failed ? 'parked' : 'skipped',
        failed ? each.reason : null,
        failed ? each.keys : null,
        failed ? 1 : 0,
      ],
    });
  }
}

export async function readParkedOf(
  on: Queryable,
  { generation, bucket }: Place,
  of: { readonly tenant: string; readonly stream: string },
): Promise<readonly ParkedRecord[]> {
  const { rows } = await on.query<ParkedRow>({
    text: `select ${COLUMNS} from projection_parked
            where bucket = $1 and name = $2 and generation = $3 and tenant = $4 and stream = $5
              and state = 'parked'
            order by position`,
    values: [bucket, generation.name, generation.generation, of.tenant, of.stream],
  });
  return rows.map(recordOf);
}

/** Crosses buckets; at most about PARKED_MAX rows for each generation. */
export async function readParked(
  on: Queryable,
  generation: Generation,
  limit: number,
): Promise<readonly ParkedRecord[]> {
  const { rows } = await on.query<ParkedRow>({
    text: `select ${COLUMNS} from projection_parked
            where name = $1 and generation = $2 and state = 'parked'
            order by bucket, position limit $3`,
    values: [generation.name, generation.generation, limit],
  });
  return rows.map(recordOf);
}

/** Crosses buckets. */
export async function countParked(on: Queryable, generation: Generation): Promise<number> {
  const { rows } = await on.query<{ count: bigint }>({
    text: `select count(*) as count from projection_parked
            where name = $1 and generation = $2 and state = 'parked'`,
    values: [generation.name, generation.generation],
  });
  return Number(rows[0]?.count ?? 0n);
}

/** Crosses buckets: once a second for each process; mostly the table is empty. */
export async function countAllParked(on: Queryable): Promise<readonly ParkedCount[]> {
  const { rows } = await on.query<{ name: string; generation: number; count: bigint }>({
    text: `select name, generation, count(*) as count from projection_parked
            where state = 'parked' group by name, generation`,
  });
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** Parked and given up: what a replay of the log has to leave out to come to the same rows. */
export async function readLeftOut(
  on: Queryable,
  { generation, bucket }: Place,
): Promise<readonly bigint[]> {
  const { rows } = await on.query<{ position: bigint }>({
    text: `select position from projection_parked
            where bucket = $1 and name = $2 and generation = $3 order by position`,
    values: [bucket, generation.name, generation.generation],
  });
  return rows.map(({ position }) => position);
}
