import type { Queryable } from '../../platform/postgres/database.ts';
import type { PackedPayload } from '../codec/packed-batch.ts';

/** Everything one append sends, ready to be repeated unchanged until its outcome is known. */
export interface PreparedBatch {
  readonly bucket: number;
  readonly expectedHead: number;
  readonly batchId: string;
  readonly count: number;
  readonly packed: PackedPayload;
  readonly keyHashes: Buffer;
  /** Null when no event has a subject. */
  readonly subjectHashes: Buffer | null;
  readonly tenants: readonly number[] | null;
  readonly sources: readonly number[] | null;
  readonly types: readonly string[] | null;
  readonly streams: PreparedStreams | null;
}

export interface PreparedStreams {
  /** Rows to insert (with `size`) and versions to verify (with `expected`), see log_append_batch. */
  readonly rows: readonly StreamRow[];
  readonly bytes: Buffer;
}

export interface StreamRow {
  readonly tenant: string;
  readonly stream: string;
  /** Version the stream must have; on the first row of each stream only. */
  readonly expected?: number;
  readonly version?: number;
  /** Index of the event within the batch. */
  readonly index?: number;
  readonly start?: number;
  readonly size?: number;
}

export interface AppendAnswer {
  readonly appended: boolean;
  /** The head after the append, or the true head when overtaken. */
  readonly head: number;
  readonly recordedAt: number;
}

interface Row {
  readonly appended: boolean;
  readonly head: bigint;
  readonly recorded_at: bigint;
}

/**
 * Compare-and-append in one round trip. Locks the bucket's head row; needs its primary key. Measured with 1,000 events
 * of 300 B a call on two cores: 0.35 to 0.55 us of PostgreSQL CPU an event. Errors: DatabaseError; after kinds `lost`
 * and `timeout` the outcome is unknown and the same batch is to be sent again.
 */
export async function appendBatch(on: Queryable, batch: PreparedBatch): Promise<AppendAnswer> {
  const { rows } = await on.query<Row>({
    text: 'select appended, head, recorded_at from log_append_batch($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)',
    values: [
      batch.bucket,
      batch.expectedHead,
      batch.batchId,
      batch.count,
      batch.packed.codec,
      batch.packed.checksum,
      batch.packed.payload,
      batch.keyHashes,
      batch.subjectHashes,
      batch.tenants,
      batch.sources,
      batch.types,
      batch.streams === null ? null : JSON.stringify(batch.streams.rows),
      batch.streams?.bytes ?? null,
    ],
  });
  const [row] = rows;
  if (!row) throw new Error('log_append_batch answered nothing');
  return { appended: row.appended, head: Number(row.head), recordedAt: Number(row.recorded_at) };
}
