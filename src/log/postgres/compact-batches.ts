/**
 * Compaction: merges neighbouring small batches into one row with the same events, positions, recorded times and batch
 * ids. It compares the merged row with its originals event by event before it deletes them, never takes the head
 * lock, and leaves the newest rows alone, which other writers may be reading to catch up.
 */
import { releaseBytes } from '../../platform/memory/release-bytes.ts';
import type { Database, Queryable } from '../../platform/postgres/database.ts';
import { BatchDecoder } from '../codec/batch-decoder.ts';
import { BatchEncoder } from '../codec/batch-encoder.ts';
import { COMPRESSION, packPayload, unpackPayload } from '../codec/packed-batch.ts';
import { encodeParts } from '../codec/parts.ts';
import type { StoredBatch } from '../codec/stored-batch.ts';
import type { KeyHasher } from '../dedupe/key-hasher.ts';
import { BATCH_COLUMNS, type BatchRow, decodeRow } from './batch-row.ts';
import { tryBucketLock } from './bucket-lock.ts';
import { statisticsOf } from './prepare-batch.ts';

/** A row with fewer events is small; a merged one aims at this many. */
const EVENTS_AIM = 4_096;
/**
 * A row of at least this many is left as it is: batches of 100 pack to 79 B an event, of 1,000 to 71, of 4,000 to 67,
 * and moving an event costs about 2 us.
 */
const EVENTS_SMALL = 256;
/** Raw bytes of a merged row, and stored bytes of a group: events of a mebibyte each are not merged by the thousand. */
const RAW_BYTES_MAX = 4 * 1024 * 1024;
/** Rows looked at in one step. */
const ROWS_MAX = 2_000;

const encoder = new BatchEncoder();

export interface CompactOptions {
  /** Rows up to this position were looked at before. */
  readonly from: number;
  readonly hasher: KeyHasher;
  /** Rows younger than this many seconds are left alone; 0 takes all but the newest row. */
  readonly ageSeconds: number;
}

interface RangeRow {
  readonly first_position: bigint;
  readonly last_position: bigint;
  /** Its hashes are in runs already; sealed and unsealed rows are not merged with each other. */
  readonly sealed: boolean;
  readonly stored_bytes: number;
}

/**
 * Merges the first group of neighbours. `merged` events were moved; `next` is where the following step begins,
 * null when the settled end of the bucket was reached.
 */
export async function compactStep(
  database: Database,
  bucket: number,
  options: CompactOptions,
): Promise<{ merged: number; next: number | null }> {
  return database.transaction(async (tx) => {
    if (!(await tryBucketLock(tx, bucket))) return { merged: 0, next: null };
    const rows = await settledRows(tx, bucket, options);
    const group = firstGroup(rows);
    if (group === null) return { merged: 0, next: rows.length < ROWS_MAX ? null : lastOf(rows) };
    return mergeGroup(tx, bucket, { group, hasher: options.hasher });
  });
}

/** Rows behind `from` that are old enough, never the newest row. */
async function settledRows(
  tx: Queryable,
  bucket: number,
  range: { from: number; ageSeconds: number },
): Promise<RangeRow[]> {
  const { rows } = await tx.query<RangeRow>({
    text: `select first_position, last_position, key_hashes is null as sealed,
                  octet_length(payload) as stored_bytes
             from log_batches
            where bucket = $1 and last_position > $2
              and last_position < (select head from log_heads where bucket = $1)
              and recorded_at <= (extract(epoch from clock_timestamp()) * 1000000)::bigint - $3 * 1000000::bigint
            order by last_position limit $4`,
    values: [bucket, range.from, range.ageSeconds, ROWS_MAX],
  });
  return rows;
}

interface Group {
  readonly first: number;
  readonly last: number;
}

/**
 * The first two or more neighbours of which each is small. Rows grow by merging, so an event is moved a few times in
 * its life: a group is merged when it is full, or when at least EVENTS_SMALL events or as many rows wait.
 */
function firstGroup(rows: readonly RangeRow[]): Group | null {
  let first = 0;
  let last = 0;
  let count = 0;
  let events = 0;
  let bytes = 0;
  let sealed = false;
  for (const row of rows) {
    const own = Number(row.last_position - row.first_position) + 1;
    const neighbour = Number(row.first_position) === last + 1 && row.sealed === sealed;
    const full = events + own > EVENTS_AIM || bytes + row.stored_bytes > RAW_BYTES_MAX;
    if (count > 0 && (!neighbour || full || own >= EVENTS_SMALL)) {
      if (count > 1) return { first, last };
      count = 0;
      events = 0;
      bytes = 0;
    }
    if (own >= EVENTS_SMALL) continue;
    if (count === 0) first = Number(row.first_position);
    last = Number(row.last_position);
    sealed = row.sealed;
    count++;
    events += own;
    bytes += row.stored_bytes;
  }
  return count > 1 && (events >= EVENTS_SMALL || count >= GROUP_ROWS_MIN) ? { first, last } : null;
}

/** So many rows are worth merging however few events they have. */
const GROUP_ROWS_MIN = 32;

function lastOf(rows: readonly RangeRow[]): number | null {
  const last = rows.at(-1);
  return last ? Number(last.last_position) : null;
}

interface FullRow extends BatchRow {
  readonly key_hashes: Buffer | null;
  readonly subject_hashes: Buffer | null;
  readonly first_recorded_at: bigint;
}

/** Merges as many rows of a group as stay below RAW_BYTES_MAX unpacked; one alone is left as it is. */
async function mergeGroup(
  tx: Queryable,
  bucket: number,
  work: { group: Group; hasher: KeyHasher },
): Promise<{ merged: number; next: number }> {
  const { rows } = await tx.query<FullRow>({
    text: `select ${BATCH_COLUMNS}, b.key_hashes, b.subject_hashes, b.first_recorded_at from log_batches b
            where b.bucket = $1 and b.last_position between $2 and $3 order by b.last_position`,
    values: [bucket, work.group.first, work.group.last],
  });
  const taken: { row: FullRow; batch: StoredBatch }[] = [];
  let rawBytes = 0;
  for (const row of rows) {
    const batch = decodeRow(bucket, row);
    rawBytes += batch.rawBytes;
    if (taken.length > 0 && rawBytes > RAW_BYTES_MAX) break;
    taken.push({ row, batch });
  }
  const batches = taken.map(({ batch }) => batch);
  const next = batches.at(-1)?.last ?? work.group.last;
  if (batches.length < 2) return { merged: 0, next };
  const packed = mergedPayload(batches, work.hasher);
  for (const { decoder } of batches) decoder.release();
  await replaceRows(tx, bucket, { rows: taken.map(({ row }) => row), batches, packed });
  releaseBytes(packed.payload);
  return { merged: packed.count, next };
}

interface MergedPayload extends ReturnType<typeof packPayload>, ReturnType<typeof statisticsOf> {
  readonly count: number;
}

function mergedPayload(batches: readonly StoredBatch[], hasher: KeyHasher): MergedPayload {
  encoder.begin();
  for (const { decoder } of batches)
    for (let index = 0; index < decoder.count; index++)
      if (decoder.removedAt(index)) encoder.addRemoved(decoder.tenantAt(index));
      else encoder.add(decoder.draftAt(index), decoder.placeAt(index));
  const packed = packPayload(encoder.finish(), COMPRESSION.compaction);
  const merged = new BatchDecoder(unpackPayload(packed));
  assertSameEvents(merged, batches);
  merged.release();
  return { ...packed, ...statisticsOf(encoder.values(), hasher), count: encoder.count };
}

/** Throws unless the merged batch holds exactly the originals' events in order. */
export function assertSameEvents(merged: BatchDecoder, originals: readonly StoredBatch[]): void {
  let at = 0;
  for (const { decoder } of originals)
    for (let index = 0; index < decoder.count; index++, at++)
      if (!sameEvent(merged, at, { decoder, index }))
        throw new Error(`compaction would change the event at index ${at}; nothing was replaced`);
  if (at !== merged.count) throw new Error('compaction would change the number of events');
}

function sameEvent(
  merged: BatchDecoder,
  at: number,
  original: { decoder: BatchDecoder; index: number },
): boolean {
  const { decoder, index } = original;
  return (
    merged.flagsAt(at) === decoder.flagsAt(index) &&
    merged.dataKindAt(at) === decoder.dataKindAt(index) &&
    merged.tenantAt(at) === decoder.tenantAt(index) &&
    merged.sourceAt(at) === decoder.sourceAt(index) &&
    merged.typeAt(at) === decoder.typeAt(index) &&
    merged.contentTypeAt(at) === decoder.contentTypeAt(index) &&
    merged.schemaAt(at) === decoder.schemaAt(index) &&
    merged.idAt(at) === decoder.idAt(index) &&
    merged.subjectAt(at) === decoder.subjectAt(index) &&
    merged.timeAt(at) === decoder.timeAt(index) &&
    merged.extensionsAt(at) === decoder.extensionsAt(index) &&
    merged.streamAt(at) === decoder.streamAt(index) &&
    merged.streamVersionAt(at) === decoder.streamVersionAt(index) &&
    merged.dataAt(at).equals(decoder.dataAt(index))
  );
}

async function replaceRows(
  tx: Queryable,
  bucket: number,
  merge: { rows: readonly FullRow[]; batches: readonly StoredBatch[]; packed: MergedPayload },
): Promise<void> {
  const { rows, batches, packed } = merge;
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) return;
  await tx.query({
    text: 'delete from log_batches where bucket = $1 and last_position between $2 and $3',
    values: [bucket, first.last_position, last.last_position],
  });
  const parts = batches.flatMap((batch) => batch.parts);
  await tx.query({
    text: `insert into log_batches (
             bucket, last_position, first_position, codec, checksum, recorded_at, first_recorded_at, batch_id,
             parts, key_hashes, subject_hashes, tenants, sources, types, payload)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    values: [
      bucket,
      last.last_position,
      first.first_position,
      packed.codec,
      packed.checksum,
      last.recorded_at,
      first.first_recorded_at,
      last.batch_id,
      encodeParts(parts),
      joined(rows.map((row) => row.key_hashes)),
      joinedSubjects(rows, batches),
      packed.tenants,
      packed.sources,
      packed.types,
      packed.payload,
    ],
  });
}

/** Either all rows of a group are sealed or none is. */
function joined(hashes: readonly (Buffer | null)[]): Buffer | null {
  if (hashes.every((part) => part === null)) return null;
  return Buffer.concat(hashes.map((part) => part ?? Buffer.alloc(0)));
}

function joinedSubjects(rows: readonly FullRow[], batches: readonly StoredBatch[]): Buffer | null {
  if (rows.every((row) => row.subject_hashes === null)) return null;
  return Buffer.concat(
    rows.map((row, index) => row.subject_hashes ?? Buffer.alloc((batches[index]?.count ?? 0) * 4)),
  );
}
