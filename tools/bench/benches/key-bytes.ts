import type { Subject } from '../measure.ts';
import { metricValue, readMetrics } from '../metrics.ts';
import { significant } from '../statistics.ts';

/** Gauges of the server: keys it can recognise and the memory of the tables and filters it does so with. */
const KEYS_HELD = 'comptoir_log_keys';
const KEY_MEMORY = 'comptoir_log_key_memory_bytes';

const MILLION = 1_000_000;

export interface KeyBytes {
  /** Memory of the server's dedupe tables and filters per million keys it holds. */
  readonly bytesPerMillionKeys: number;
  readonly diskBytesPerMillionKeys: number;
  readonly keysHeld: number;
  readonly keyMemoryMb: number;
}

/** What a key costs in memory and on disk. Fails when the server does not tell. */
export async function keyBytes(subject: Subject): Promise<KeyBytes> {
  const text = await readMetrics(subject.server);
  const keys = metricValue(text, KEYS_HELD);
  const memory = metricValue(text, KEY_MEMORY);
  if (keys === undefined || memory === undefined)
    throw new Error(`/metrics has no ${KEYS_HELD} or no ${KEY_MEMORY}.`);
  return {
    bytesPerMillionKeys: significant((memory / keys) * MILLION),
    diskBytesPerMillionKeys: significant((await diskBytesPerKey(subject)) * MILLION),
    keysHeld: keys,
    keyMemoryMb: significant(memory / MILLION),
  };
}

/** Sealed keys: their blocks and filters, without row headers and free space. */
async function diskBytesPerKey({ database }: Subject): Promise<number> {
  const { rows } = await database.query<{ entries: number; filters: number; keys: number }>({
    text: `select (select coalesce(sum(octet_length(entries)), 0) from log_run_blocks where kind = 'key')::float8 as entries,
                  coalesce(sum(octet_length(filter)), 0)::float8 as filters,
                  coalesce(sum(entry_count), 0)::float8 as keys
             from log_runs where kind = 'key'`,
  });
  const row = rows[0];
  if (row === undefined || row.keys === 0) return Number.NaN;
  return (row.entries + row.filters) / row.keys;
}
