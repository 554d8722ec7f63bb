import type { Subject } from '../measure.ts';
import { metricValue, readMetrics } from '../metrics.ts';
import { significant } from '../statistics.ts';

/** Gauge of the server: memory of the tables and filters by which it recognises keys. */
const KEY_MEMORY = 'comptoir_log_dedupe_bytes';

const MILLION = 1_000_000;

export interface KeyBytes {
  /** Memory of the server's dedupe tables and filters per million keys it holds. */
  readonly bytesPerMillionKeys: number;
  readonly diskBytesPerMillionKeys: number;
  readonly keysHeld: number;
  readonly keyMemoryMb: number;
}

/** What a key costs in memory and on disk. Fails when the server does not tell. */
export async function keyBytes(subject: Subject, windowSeconds: number): Promise<KeyBytes> {
  const memory = metricValue(await readMetrics(subject.server), KEY_MEMORY);
  if (memory === undefined) throw new Error(`/metrics has no ${KEY_MEMORY}.`);
  const keys = await keysWithin(subject, windowSeconds);
  return {
    bytesPerMillionKeys: significant((memory / keys) * MILLION),
    diskBytesPerMillionKeys: significant((await diskBytesPerKey(subject)) * MILLION),
    keysHeld: keys,
    keyMemoryMb: significant(memory / MILLION),
  };
}

/**
 * Keys that the server can recognise when no key is kept beyond the window: those of runs that reach into the window,
 * whole runs as the server counts them, and those not sealed into a run yet.
 */
async function keysWithin({ database }: Subject, windowSeconds: number): Promise<number> {
  const { rows } = await database.query<{ keys: number }>({
    text: `select coalesce(sum(
              (select coalesce(sum(entry_count), 0) from log_runs r where r.bucket = h.bucket and kind = 'key'
                  and last_recorded_at >= h.recorded_at - $1::bigint * 1000000)
              + h.head - (select coalesce(max(last_position), 0) from log_runs r where r.bucket = h.bucket and kind = 'key')
            ), 0)::float8 as keys
             from log_heads h`,
    values: [windowSeconds],
  });
  return rows[0]?.keys ?? Number.NaN;
}

/** Sealed keys: their blocks and filters, without row headers and free space. */
async function diskBytesPerKey({ database }: Subject): Promise<number> {
  const { rows } = await database.query<{ entries: number; filters: number; keys: number }>({
    text: `select (select coalesce(sum(octet_length(entries)), 0) from log_run_blocks where kind = 'key')::float8 as entries,
                  coalesce(sum(octet_length(key_filter)), 0)::float8 as filters,
                  coalesce(sum(entry_count), 0)::float8 as keys
             from log_runs where kind = 'key'`,
  });
  const row = rows[0];
  if (row === undefined || row.keys === 0) return Number.NaN;
  return (row.entries + row.filters) / row.keys;
}
