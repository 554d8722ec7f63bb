/**
 * Retention: received events of a type that are older than its age lose everything but their position. Decided events
 * are never removed. When every event at the beginning of a bucket is gone, the rows go too and the low mark moves.
 */
import { Failure } from '../../core/errors.ts';
import type { Database, Queryable } from '../../platform/postgres/database.ts';
import { BatchEncoder } from '../codec/batch-encoder.ts';
import { COMPRESSION, packPayload } from '../codec/packed-batch.ts';
import type { StoredBatch } from '../codec/stored-batch.ts';
import type { KeyHasher } from '../dedupe/key-hasher.ts';
import { BATCH_COLUMNS, type BatchRow, decodeRow } from './batch-row.ts';
import { tryBucketLock } from './bucket-lock.ts';
import { statisticsOf } from './prepare-batch.ts';

/** Rows rewritten in one transaction. */
const ROWS_MAX = 50;

const encoder = new BatchEncoder();

export interface RetentionRule {
  readonly tenant: string;
  readonly type: string;
  readonly ageSeconds: number;
}

/** Sets or, with null, lifts the age of a type. Errors: INPUT_INVALID for an age below the dedupe window. */
export async function setRetention(
  on: Queryable,
  bucket: number,
  rule: { tenant: string; type: string; ageSeconds: number | null; windowSeconds: number },
): Promise<void> {
  const { tenant, type, ageSeconds } = rule;
  if (ageSeconds === null) {
    await on.query({
      text: 'delete from log_retention where bucket = $1 and tenant = $2 and type = $3',
      values: [bucket, tenant, type],
    });
    return;
  }
  // A removed event could not be recognised as the original of a duplicate.
  if (!Number.isSafeInteger(ageSeconds) || ageSeconds < Math.max(1, rule.windowSeconds))
    throw new Failure(
      'INPUT_INVALID',
      `The age must be at least the dedupe window of ${rule.windowSeconds} s.`,
      {
        errors: [
          {
            at: '/ageSeconds',
            message: 'must be at least the dedupe window.',
            code: 'TOO_SMALL',
            params: { limit: Math.max(1, rule.windowSeconds) },
          },
        ],
      },
    );
  await on.query({
    text: `insert into log_retention (bucket, tenant, type, age_seconds) values ($1, $2, $3, $4)
           on conflict (bucket, tenant, type) do update set age_seconds = excluded.age_seconds`,
    values: [bucket, tenant, type, ageSeconds],
  });
}

export async function readRetention(on: Queryable, bucket: number): Promise<RetentionRule[]> {
  const { rows } = await on.query<{ tenant: string; type: string; age_seconds: bigint }>({
    text: 'select tenant, type, age_seconds from log_retention where bucket = $1 order by tenant, type',
    values: [bucket],
  });
  return rows.map((row) => ({
    tenant: row.tenant,
    type: row.type,
    ageSeconds: Number(row.age_seconds),
  }));
}

export interface RetentionWork {
  readonly hasher: KeyHasher;
  /**
   * Position up to which a process has applied each rule, by `ruleKey`: recorded times never fall, so what was old
   * enough stays so, and rows that go on matching (another tenant's events of the type) are not read for ever. Kept
   * by the caller from run to run; empty means "from the beginning".
   */
  readonly applied: Map<string, number>;
  /** Position that every projection and subscription has passed: nothing beyond it is removed. Null for no bound. */
  readonly passed?: bigint | null;
}

/** Applies every rule of a bucket once; returns the rules and the events removed. Takes the maintenance lock. */
export async function retainEvents(
  database: Database,
  bucket: number,
  work: RetentionWork,
): Promise<{ rules: number; removed: number }> {
  const rules = await readRetention(database, bucket);
  let removed = 0;
  for (const rule of rules) {
    const key = JSON.stringify([bucket, rule.tenant, rule.type]);
    for (;;) {
      const after = work.applied.get(key) ?? 0;
      const step = await database.transaction((tx) =>
        applyRule(tx, bucket, { rule, hasher: work.hasher, after, passed: work.passed ?? null }),
      );
      removed += step.removed;
      if (step.last !== null) work.applied.set(key, step.last);
      if (step.rows < ROWS_MAX) break;
    }
  }
  if (removed > 0) await database.transaction((tx) => moveLowMark(tx, bucket));
  return { rules: rules.length, removed };
}

async function applyRule(
  tx: Queryable,
  bucket: number,
  work: { rule: RetentionRule; hasher: KeyHasher; after: number; passed: bigint | null },
): Promise<{ rows: number; removed: number; last: number | null }> {
  const { rule, hasher } = work;
  if (!(await tryBucketLock(tx, bucket))) return { rows: 0, removed: 0, last: null };
  const { rows } = await tx.query<BatchRow>({
    text: `select ${BATCH_COLUMNS}
             from log_batches b,
                  (select (extract(epoch from clock_timestamp()) * 1000000)::bigint - $2 * 1000000::bigint as cut_off) c
            where b.bucket = $1 and b.recorded_at < c.cut_off
              and b.last_position > $6
              and ($7::bigint is null or b.last_position <= $7)
              and (b.types is null or b.types @> array[$3::text])
              and (b.tenants is null or b.tenants @> array[$4::integer])
            order by b.last_position limit $5`,
    values: [
      bucket,
      rule.ageSeconds,
      rule.type,
      hasher.statistic('tenant', rule.tenant),
      ROWS_MAX,
      work.after,
      work.passed,
    ],
  });
  let removed = 0;
  for (const row of rows) {
    const batch = decodeRow(bucket, row);
    const count = encodeWithout(batch, rule);
    removed += count;
    if (count > 0) await rewrite(tx, bucket, { row, hasher });
  }
  const last = rows.at(-1);
  return { rows: rows.length, removed, last: last ? Number(last.last_position) : null };
}

/** Leaves the batch without the rule's events in the encoder; returns how many were removed. */
function encodeWithout(batch: StoredBatch, rule: RetentionRule): number {
  const { decoder } = batch;
  let removed = 0;
  encoder.begin();
  for (let index = 0; index < decoder.count; index++) {
    const goes =
      !decoder.removedAt(index) &&
      !decoder.decidedAt(index) &&
      decoder.typeAt(index) === rule.type &&
      decoder.tenantAt(index) === rule.tenant;
    if (goes) removed++;
    if (goes || decoder.removedAt(index)) encoder.addRemoved(decoder.tenantAt(index));
    else encoder.add(decoder.draftAt(index), decoder.placeAt(index));
  }
  return removed;
}

async function rewrite(
  tx: Queryable,
  bucket: number,
  to: { row: BatchRow; hasher: KeyHasher },
): Promise<void> {
  const packed = packPayload(encoder.finish(), COMPRESSION.compaction);
  const statistics = statisticsOf(encoder.values(), to.hasher);
  await tx.query({
    text: `update log_batches set codec = $3, checksum = $4, payload = $5, tenants = $6, sources = $7, types = $8
            where bucket = $1 and last_position = $2`,
    values: [
      bucket,
      to.row.last_position,
      packed.codec,
      packed.checksum,
      packed.payload,
      statistics.tenants,
      statistics.sources,
      statistics.types,
    ],
  });
}

/** Deletes the rows at the beginning whose events are all removed, up to what is sealed, never the newest row. */
async function moveLowMark(tx: Queryable, bucket: number): Promise<void> {
  if (!(await tryBucketLock(tx, bucket))) return;
  const { rows } = await tx.query<{ last: bigint | null }>({
    text: `select max(last_position) as last from log_batches
            where bucket = $1 and cardinality(types) = 0 and key_hashes is null
              and last_position < (
                select coalesce(
                         min(last_position) filter (
                           where types is null or cardinality(types) > 0 or key_hashes is not null),
                         max(last_position))
                  from log_batches where bucket = $1)`,
    values: [bucket],
  });
  const last = rows[0]?.last;
  if (last === null || last === undefined) return;
  await tx.query({
    text: 'delete from log_batches where bucket = $1 and last_position <= $2',
    values: [bucket, last],
  });
  await tx.query({
    text: 'update log_heads set low_mark = greatest(low_mark, $2) where bucket = $1',
    values: [bucket, last],
  });
  await dropRuns(tx, bucket);
}

/** Runs of removed positions answer nothing any more; the newest of each kind stays, as it says how far keys are sealed. */
async function dropRuns(tx: Queryable, bucket: number): Promise<void> {
  for (const table of ['log_run_blocks', 'log_runs'])
    await tx.query({
      text: `delete from ${table} t using log_heads h
              where t.bucket = $1 and h.bucket = $1 and t.last_position <= h.low_mark
                and t.last_position < (select max(r.last_position) from log_runs r
                                        where r.bucket = $1 and r.kind = t.kind)`,
      values: [bucket],
    });
}
