/**
 * Erasure of received events whose personal data was not sealed, because their type had no schema that marks it: in
 * place of what such an event said stands a tombstone. Position, id, source, type, time and recorded time stay, so that
 * readers step over nothing and a repetition is still a duplicate; subject, extensions and data go. With retention this
 * is the only exception to L12.
 */
import { Failure } from '../../core/errors.ts';
import { DataKind, draftOf, type EventDraft } from '../../core/event.ts';
import type { Database, Queryable } from '../../platform/postgres/database.ts';
import { BatchEncoder } from '../codec/batch-encoder.ts';
import { COMPRESSION, packPayload } from '../codec/packed-batch.ts';
import type { StoredBatch } from '../codec/stored-batch.ts';
import type { KeyHasher } from '../dedupe/key-hasher.ts';
import { BATCH_COLUMNS, type BatchRow, decodeRow } from './batch-row.ts';
import { tryBucketLock } from './bucket-lock.ts';
import { statisticsOf } from './prepare-batch.ts';

/** Maintenance of a bucket holds its lock for some hundred milliseconds at a time. */
const LOCK_ATTEMPTS_MAX = 600;
const LOCK_PAUSE_MS = 50;

const encoder = new BatchEncoder();

export interface ErasingWork {
  readonly tenant: string;
  /** Of received events of the tenant; others are left alone. */
  readonly positions: readonly number[];
  readonly hasher: KeyHasher;
}

/**
 * Replaces the events by tombstones, a batch in a transaction; answers with how many were replaced now. Repeating it is
 * harmless. Errors: UNAVAILABLE when maintenance does not let go of the bucket.
 */
export async function eraseEvents(
  database: Database,
  bucket: number,
  work: ErasingWork,
): Promise<number> {
  let erased = 0;
  let rest = [...work.positions].sort((a, b) => a - b);
  for (let attempt = 0; rest.length > 0;) {
    const [position = 0] = rest;
    const step = await database.transaction((tx) =>
      eraseInBatch(tx, bucket, { ...work, position }),
    );
    if (step === 'locked') {
      if (++attempt === LOCK_ATTEMPTS_MAX) throw busy();
      await new Promise((resolve) => setTimeout(resolve, LOCK_PAUSE_MS));
      continue;
    }
    erased += step.erased;
    rest = rest.filter((other) => other > step.last);
  }
  return erased;
}

type Step = 'locked' | { readonly erased: number; readonly last: number };

interface FullRow extends BatchRow {
  readonly subject_hashes: Buffer | null;
}

/** The batch that holds the position; under the maintenance lock, so that nobody merges it meanwhile. */
async function eraseInBatch(
  tx: Queryable,
  bucket: number,
  work: ErasingWork & { readonly position: number },
): Promise<Step> {
  if (!(await tryBucketLock(tx, bucket))) return 'locked';
  const { rows } = await tx.query<FullRow>({
    text: `select ${BATCH_COLUMNS}, b.subject_hashes from log_batches b
            where b.bucket = $1 and b.last_position >= $2 order by b.last_position limit 1`,
    values: [bucket, work.position],
  });
  const [row] = rows;
  if (row === undefined) return { erased: 0, last: Number.MAX_SAFE_INTEGER };
  const batch = decodeRow(bucket, row);
  const indexes = erasable(batch, work);
  if (indexes.size > 0) await rewrite(tx, bucket, { row, batch, indexes, hasher: work.hasher });
  return { erased: indexes.size, last: batch.last };
}

function erasable(batch: StoredBatch, { positions, tenant }: ErasingWork): ReadonlySet<number> {
  const { decoder } = batch;
  const indexes = positions
    .filter((position) => batch.first <= position && position <= batch.last)
    .map((position) => position - batch.first)
    .filter(
      (index) =>
        !decoder.removedAt(index) &&
        !decoder.decidedAt(index) &&
        decoder.dataKindAt(index) !== DataKind.erased &&
        decoder.tenantAt(index) === tenant,
    );
  return new Set(indexes);
}

async function rewrite(
  tx: Queryable,
  bucket: number,
  change: {
    readonly row: FullRow;
    readonly batch: StoredBatch;
    readonly indexes: ReadonlySet<number>;
    readonly hasher: KeyHasher;
  },
): Promise<void> {
  const { row, batch, indexes, hasher } = change;
  const { decoder } = batch;
  encoder.begin();
  for (let index = 0; index < decoder.count; index++)
    if (decoder.removedAt(index)) encoder.addRemoved(decoder.tenantAt(index));
    else
      encoder.add(
        indexes.has(index) ? tombstoneOf(batch, index) : decoder.draftAt(index),
        decoder.placeAt(index),
      );
  const packed = packPayload(encoder.finish(), COMPRESSION.compaction);
  const statistics = statisticsOf(encoder.values(), hasher);
  await tx.query({
    text: `update log_batches
              set codec = $3, checksum = $4, payload = $5, subject_hashes = $6, tenants = $7, sources = $8, types = $9
            where bucket = $1 and last_position = $2`,
    values: [
      bucket,
      row.last_position,
      packed.codec,
      packed.checksum,
      packed.payload,
      withoutSubjects(row.subject_hashes, indexes),
      statistics.tenants,
      statistics.sources,
      statistics.types,
    ],
  });
}

function tombstoneOf({ decoder }: StoredBatch, index: number): EventDraft {
  return draftOf(
    {
      id: decoder.idAt(index),
      source: decoder.sourceAt(index),
      type: decoder.typeAt(index),
      time: decoder.timeAt(index) ?? undefined,
      extensions: { erased: true },
    },
    { kind: DataKind.erased, bytes: new Uint8Array(0) },
  );
}

/** 4 bytes an event; 0 means that it has no subject. */
function withoutSubjects(hashes: Buffer | null, indexes: ReadonlySet<number>): Buffer | null {
  if (hashes === null) return null;
  const copy = Buffer.from(hashes);
  for (const index of indexes) copy.writeUInt32LE(0, index * 4);
  return copy;
}

function busy(): Failure {
  return new Failure('UNAVAILABLE', 'The bucket is being maintained; the erasure goes on later.', {
    retryAfterSeconds: 5,
  });
}
