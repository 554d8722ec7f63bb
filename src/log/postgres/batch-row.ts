import { BatchDecoder } from '../codec/batch-decoder.ts';
import { CorruptBatchError, unpackPayload } from '../codec/packed-batch.ts';
import { type BatchPart, decodeParts } from '../codec/parts.ts';
import { StoredBatch } from '../codec/stored-batch.ts';

/** The columns of log_batches that a reader needs, and how they become a StoredBatch. */
export interface BatchRow {
  readonly first_position: bigint;
  readonly last_position: bigint;
  readonly codec: number;
  readonly checksum: bigint;
  readonly recorded_at: bigint;
  readonly batch_id: string;
  readonly parts: Buffer | null;
  readonly payload: Buffer;
}

export const BATCH_COLUMNS =
  'b.first_position, b.last_position, b.codec, b.checksum, b.recorded_at, b.batch_id, b.parts, b.payload';

/** Verifies the checksum and the count, then decodes. Errors: CorruptBatchError, named by bucket and position. */
export function decodeRow(bucket: number, row: BatchRow): StoredBatch {
  const first = Number(row.first_position);
  const last = Number(row.last_position);
  try {
    const raw = unpackPayload({
      codec: row.codec,
      checksum: Number(row.checksum),
      payload: row.payload,
    });
    const decoder = new BatchDecoder(raw);
    if (decoder.count !== last - first + 1)
      throw new CorruptBatchError(`holds ${decoder.count} events instead of ${last - first + 1}`);
    return new StoredBatch({ bucket, first, parts: partsOf(row), decoder, rawBytes: raw.length });
  } catch (cause) {
    throw new CorruptBatchError(
      `bucket ${bucket}, positions ${first} to ${last}: ${String(cause)}`,
      {
        cause,
      },
    );
  }
}

export function partsOf(
  row: Pick<BatchRow, 'parts' | 'batch_id' | 'last_position' | 'recorded_at'>,
): BatchPart[] {
  if (row.parts) return decodeParts(row.parts);
  return [
    {
      batchId: row.batch_id,
      lastPosition: Number(row.last_position),
      recordedAt: Number(row.recorded_at),
    },
  ];
}
