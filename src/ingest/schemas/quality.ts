/**
 * Data quality by type: how many events passed and failed each check. Counted in memory, added to a table every few
 * seconds and at stop; a process that is killed loses at most the last few seconds of counts, which are statistics and
 * not facts. Only types that have a schema are counted, so the number of rows is bounded by that of schemas.
 */
import { silentLogger, type Logger } from '../../core/logger.ts';
import type { LogReader } from '../../log/log.ts';
import type { Database } from '../../platform/postgres/database.ts';
import { CHECKS, type Check } from './schema-compiler.ts';

export interface CheckCounts {
  readonly check: Check;
  readonly passed: number;
  readonly failed: number;
  /** RFC 3339, or null when none has failed yet. */
  readonly lastFailedAt: string | null;
}

export interface QualityReport {
  /** In order of type. */
  readonly types: readonly { readonly type: string; readonly checks: readonly CheckCounts[] }[];
}

export interface Quality {
  start(): void;
  /** Writes what is left. */
  stop(): Promise<void>;
  count(
    of: { tenant: string; type: string },
    result: { failed: readonly Check[]; hasRules: boolean },
  ): void;
  /** Writes what this process has counted and reads the sums of all processes. */
  report(tenant: string): Promise<QualityReport>;
}

/** Fresh enough for a report, and one small statement in so many seconds. */
const FLUSH_MS = 5_000;

interface Tally {
  readonly tenant: string;
  readonly type: string;
  readonly passed: Map<Check, number>;
  readonly failed: Map<Check, number>;
}

export interface QualityDependencies {
  readonly database: Database;
  readonly log: Pick<LogReader, 'bucketOf'>;
  readonly logger?: Logger;
}

export function createQuality(dependencies: QualityDependencies): Quality {
  const { database, log, logger = silentLogger } = dependencies;
  let tallies = new Map<string, Tally>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function tallyOf(tenant: string, type: string): Tally {
    const key = `${tenant} ${type}`;
    let tally = tallies.get(key);
    if (tally === undefined) {
      tally = { tenant, type, passed: new Map(), failed: new Map() };
      tallies.set(key, tally);
    }
    return tally;
  }

  async function write(): Promise<void> {
    if (tallies.size === 0) return;
    const taken = tallies;
    tallies = new Map();
    try {
      await addCounts(
        database,
        rowsOf(taken.values(), (tenant) => log.bucketOf(tenant)),
      );
    } catch (error) {
      logger.warn('Quality counters could not be written; they are kept.', { error });
      for (const tally of taken.values()) merge(tallyOf(tally.tenant, tally.type), tally);
    }
  }

  function flush(): Promise<void> {
    writing = writing.then(write);
    return writing;
  }

  return {
    start() {
      timer = setInterval(() => void flush(), FLUSH_MS).unref();
    },
    async stop() {
      clearInterval(timer);
      await flush();
    },
    count({ tenant, type }, { failed, hasRules }) {
      const tally = tallyOf(tenant, type);
      for (const check of CHECKS) {
        if (check === 'rules' && !hasRules) continue;
        bump(failed.includes(check) ? tally.failed : tally.passed, check, 1);
      }
    },
    async report(tenant) {
      await flush();
      return readReport(database, log.bucketOf(tenant), tenant);
    },
  };
}

function bump(counts: Map<Check, number>, check: Check, by: number): void {
  counts.set(check, (counts.get(check) ?? 0) + by);
}

function merge(into: Tally, from: Tally): void {
  for (const [check, count] of from.passed) bump(into.passed, check, count);
  for (const [check, count] of from.failed) bump(into.failed, check, count);
}

interface CountRow {
  readonly bucket: number;
  readonly tenant: string;
  readonly type: string;
  readonly check: Check;
  readonly passed: number;
  readonly failed: number;
}

/** In key order, so that two processes that write the same rows lock them in the same order. */
function rowsOf(tallies: Iterable<Tally>, bucketOf: (tenant: string) => number): CountRow[] {
  const rows: CountRow[] = [];
  for (const { tenant, type, passed, failed } of tallies)
    for (const check of CHECKS) {
      const counts = { passed: passed.get(check) ?? 0, failed: failed.get(check) ?? 0 };
      if (counts.passed + counts.failed > 0)
        rows.push({ bucket: bucketOf(tenant), tenant, type, check, ...counts });
    }
  const keyOf = (row: CountRow): string => `${row.bucket} ${row.tenant} ${row.type} ${row.check}`;
  return rows.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Crosses buckets: the counters of every tenant that sent something to this process in the last seconds. */
async function addCounts(database: Database, rows: readonly CountRow[]): Promise<void> {
  await database.query({
    text: `insert into quality_counts as known
             (bucket, tenant, type, check_name, passed, failed, last_failed_at)
           select bucket, tenant, type, check_name, passed, failed, case when failed > 0 then now() end
           from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[])
             as counted (bucket, tenant, type, check_name, passed, failed)
           on conflict (bucket, tenant, type, check_name) do update set
             passed = known.passed + excluded.passed,
             failed = known.failed + excluded.failed,
             last_failed_at = coalesce(excluded.last_failed_at, known.last_failed_at)`,
    values: [
      rows.map((row) => row.bucket),
      rows.map((row) => row.tenant),
      rows.map((row) => row.type),
      rows.map((row) => row.check),
      rows.map((row) => row.passed),
      rows.map((row) => row.failed),
    ],
  });
}

interface StoredCount {
  readonly type: string;
  readonly check_name: Check;
  readonly passed: bigint;
  readonly failed: bigint;
  readonly last_failed_at: string | null;
}

async function readReport(
  database: Database,
  bucket: number,
  tenant: string,
): Promise<QualityReport> {
  const { rows } = await database.query<StoredCount>({
    text: `select type, check_name, passed, failed, last_failed_at from quality_counts
           where bucket = $1 and tenant = $2 order by type, check_name`,
    values: [bucket, tenant],
  });
  const types = new Map<string, CheckCounts[]>();
  for (const row of rows) {
    const checks = types.get(row.type) ?? [];
    types.set(row.type, checks);
    checks.push({
      check: row.check_name,
      passed: Number(row.passed),
      failed: Number(row.failed),
      lastFailedAt: row.last_failed_at === null ? null : new Date(row.last_failed_at).toISOString(),
    });
  }
  return { types: [...types].map(([type, checks]) => ({ type, checks })) };
}
