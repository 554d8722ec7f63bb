import { randomBytes, randomUUID } from 'node:crypto';
import type { Database } from '../../platform/postgres/database.ts';

/** The log's own row: made at first open, the same for every process after. */
export interface LogInfo {
  readonly incarnation: string;
  readonly bucketCount: number;
  readonly hashSecret: Buffer;
}

interface Row {
  readonly incarnation: string;
  readonly bucket_count: number;
  readonly hash_secret: Buffer;
}

/**
 * Creates the log's row and its heads unless they exist. Any number of processes may call it at once. In transactions,
 * because those are read committed whatever a server or a pooler has as its default: two that begin together would
 * otherwise fail to serialise.
 */
export async function openInfo(database: Database, bucketCount: number): Promise<LogInfo> {
  await database.transaction((tx) =>
    tx.query({
      text: `insert into log_info (incarnation, bucket_count, hash_secret) values ($1, $2, $3)
             on conflict (one) do nothing`,
      values: [newIncarnation(), bucketCount, randomBytes(32)],
    }),
  );
  const { rows } = await database.query<Row>({
    text: 'select incarnation, bucket_count, hash_secret from log_info',
  });
  const [row] = rows;
  if (!row) throw new Error('the log has no row in log_info');
  await database.transaction((tx) =>
    tx.query({
      text: `insert into log_heads (bucket) select generate_series(0, $1 - 1)
             on conflict (bucket) do nothing`,
      values: [row.bucket_count],
    }),
  );
  return {
    incarnation: row.incarnation,
    bucketCount: row.bucket_count,
    hashSecret: row.hash_secret,
  };
}

/** Gives the log a new incarnation: after a restore, cursors issued before it must not be believed. */
export async function renewIncarnation(database: Database): Promise<string> {
  const incarnation = newIncarnation();
  await database.query({ text: 'update log_info set incarnation = $1', values: [incarnation] });
  return incarnation;
}

function newIncarnation(): string {
  return randomUUID().replaceAll('-', '').slice(0, 16);
}
