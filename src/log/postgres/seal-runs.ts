import { setTimeout as delay } from 'node:timers/promises';
import { releaseBytes } from '../../platform/memory/release-bytes.ts';
import type { Database, Queryable } from '../../platform/postgres/database.ts';
import { SEGMENT_KEYS_MAX } from '../dedupe/bucket-keys.ts';
import { buildRunFilter } from '../dedupe/build-run-filter.ts';
import {
  releaseEntries,
  type RunEntries,
  type RunKind,
  sortEntries,
  toBlocks,
} from '../dedupe/run-format.ts';
import { tryBucketLock } from './bucket-lock.ts';
import { createGentlePace } from './gentle-pace.ts';

/** Rows of blocks written in one statement. */
const BLOCKS_AT_ONCE = 128;
/** Positions whose rows lose their hashes in one statement: at most so many rows. */
const STRIPPED_AT_ONCE = 50_000;
/** Entries for which room is made at first, beyond those that wait: a run ends with a whole row. */
const COLLECTED_SPARE = 4_096;
/** Rows of hashes read at once while a run is collected. */
const ROWS_AT_ONCE = 250;
/** Between two statements that read or write many rows: each takes some milliseconds of the driver. */
const STATEMENT_PAUSE_MS = 10;

interface HashRow {
  readonly first_position: bigint;
  readonly last_position: bigint;
  readonly recorded_at: bigint;
  readonly key_hashes: Buffer;
  readonly subject_hashes: Buffer | null;
}

interface Collected {
  readonly keys: RunEntries;
  readonly subjects: RunEntries;
  readonly first: number;
  readonly last: number;
  readonly recordedAt: number;
}

/**
 * Seals the oldest unsealed keys of a bucket into one key run and one subject run, if at least `keysMin` wait. One
 * transaction under the bucket's maintenance lock; the head is not locked. Returns the number of keys sealed, 0 when
 * there is nothing to do or another process does it.
 */
export async function sealRuns(
  database: Database,
  bucket: number,
  keysMin: number,
): Promise<number> {
  return database.transaction(async (tx) => {
    if (!(await tryBucketLock(tx, bucket))) return 0;
    const sealed = await sealedThrough(tx, bucket);
    const waiting = await waitingKeys(tx, bucket, sealed);
    if (waiting < Math.max(1, keysMin)) return 0;
    const collected = await collect(tx, bucket, { sealed, waiting });
    if (collected.keys.count === 0) return 0;
    await writeRun(tx, bucket, { kind: 'key', entries: collected.keys, collected });
    await writeRun(tx, bucket, { kind: 'subject', entries: collected.subjects, collected });
    await stripHashes(tx, bucket, { after: sealed, through: collected.last });
    return collected.keys.count;
  });
}

/** In steps, so that no statement runs long where every batch is one event. */
async function stripHashes(
  tx: Queryable,
  bucket: number,
  range: { after: number; through: number },
): Promise<void> {
  for (let after = range.after; after < range.through; after += STRIPPED_AT_ONCE)
    await tx.query({
      text: `update log_batches set key_hashes = null, subject_hashes = null
              where bucket = $1 and last_position > $2 and last_position <= $3`,
      values: [bucket, after, Math.min(range.through, after + STRIPPED_AT_ONCE)],
    });
}

async function sealedThrough(tx: Queryable, bucket: number): Promise<number> {
  const { rows } = await tx.query<{ last: bigint | null }>({
    text: `select max(last_position) as last from log_runs where bucket = $1 and kind = 'key'`,
    values: [bucket],
  });
  return Number(rows[0]?.last ?? 0);
}

async function waitingKeys(tx: Queryable, bucket: number, sealed: number): Promise<number> {
  const { rows } = await tx.query<{ head: bigint; low_mark: bigint }>({
    text: 'select head, low_mark from log_heads where bucket = $1',
    values: [bucket],
  });
  return Number(rows[0]?.head ?? 0) - Math.max(sealed, Number(rows[0]?.low_mark ?? 0));
}

/** Hashes of whole rows behind the sealed position until a segment is full. */
async function collect(
  tx: Queryable,
  bucket: number,
  { sealed, waiting }: { sealed: number; waiting: number },
): Promise<Collected> {
  const expected = Math.min(waiting, SEGMENT_KEYS_MAX) + COLLECTED_SPARE;
  const keys = new EntryCollector(expected);
  const subjects = new EntryCollector(expected);
  let first = 0;
  let last = sealed;
  let recordedAt = 0;
  while (keys.count < SEGMENT_KEYS_MAX) {
    const { rows } = await tx.query<HashRow>({
      text: `select first_position, last_position, recorded_at, key_hashes, subject_hashes from log_batches
              where bucket = $1 and last_position > $2 and key_hashes is not null
              order by last_position limit $3`,
      values: [bucket, last, ROWS_AT_ONCE],
    });
    if (rows.length === 0) break;
    for (const row of rows) {
      if (keys.count >= SEGMENT_KEYS_MAX) break;
      if (first === 0) first = Number(row.first_position);
      const offset = Number(row.first_position) - first;
      addRow(row, offset, { keys, subjects });
      last = Number(row.last_position);
      recordedAt = Number(row.recorded_at);
    }
    if (rows.length === ROWS_AT_ONCE) await delay(STATEMENT_PAUSE_MS);
  }
  return { keys: keys.entries(), subjects: subjects.entries(), first, last, recordedAt };
}

function addRow(
  row: HashRow,
  offset: number,
  to: { keys: EntryCollector; subjects: EntryCollector },
): void {
  const keys = viewOf(row.key_hashes);
  for (let at = 0, index = offset; at < keys.byteLength; at += 8, index++)
    to.keys.add(keys.getInt32(at), keys.getInt32(at + 4), index);
  if (row.subject_hashes === null) return;
  const subjects = viewOf(row.subject_hashes);
  for (let at = 0, index = offset; at < subjects.byteLength; at += 4, index++) {
    const hash = subjects.getInt32(at);
    if (hash !== 0) to.subjects.add(hash, 0, index);
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Typed arrays that grow. */
class EntryCollector {
  #high: Int32Array<ArrayBuffer>;
  #low: Int32Array<ArrayBuffer>;
  #offset: Int32Array<ArrayBuffer>;
  count = 0;

  constructor(expected: number) {
    this.#high = new Int32Array(expected);
    this.#low = new Int32Array(expected);
    this.#offset = new Int32Array(expected);
  }

  add(high: number, low: number, offset: number): void {
    if (this.count === this.#high.length) {
      this.#high = grown(this.#high);
      this.#low = grown(this.#low);
      this.#offset = grown(this.#offset);
    }
    this.#high[this.count] = high;
    this.#low[this.count] = low;
    this.#offset[this.count] = offset;
    this.count++;
  }

  entries(): RunEntries {
    return {
      count: this.count,
      high: this.#high.subarray(0, this.count),
      low: this.#low.subarray(0, this.count),
      offset: this.#offset.subarray(0, this.count),
    };
  }
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const next = new Int32Array(array.length * 2);
  next.set(array);
  return next;
}

async function writeRun(
  tx: Queryable,
  bucket: number,
  run: { kind: RunKind; entries: RunEntries; collected: Collected },
): Promise<void> {
  const { kind, collected } = run;
  const pace = createGentlePace();
  const sorted = await sortEntries(run.entries, kind, () => pace.breathe());
  const filter = kind === 'key' ? await buildRunFilter(sorted, () => pace.breathe()) : null;
  await tx.query({
    text: `insert into log_runs (bucket, kind, first_position, last_position, last_recorded_at, entry_count, key_filter)
           values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      bucket,
      kind,
      collected.first,
      collected.last,
      collected.recordedAt,
      sorted.count,
      filter?.toBytes() ?? null,
    ],
  });
  pace.begin();
  const { bytes, blocks } = toBlocks(sorted, kind);
  for (const used of [run.entries, sorted]) releaseEntries(used);
  await pace.breathe();
  for (let start = 0; start < blocks.length; start += BLOCKS_AT_ONCE) {
    const some = blocks.slice(start, start + BLOCKS_AT_ONCE);
    const from = some[0]?.start ?? 0;
    await tx.query({
      text: `insert into log_run_blocks (bucket, kind, last_position, first_hash, first_offset, entries)
             select $1, $2, $3, b.hash, b.first_offset, substring($7::bytea from b.start + 1 for b.size)
               from unnest($4::bigint[], $5::bigint[], $6::integer[], $8::integer[])
                    as b(hash, first_offset, start, size)`,
      values: [
        bucket,
        kind,
        collected.last,
        some.map(({ firstHash }) => firstHash),
        some.map(({ firstOffset }) => firstOffset),
        some.map((block) => block.start - from),
        bytes.subarray(from, some.at(-1)?.end),
        some.map((block) => block.end - block.start),
      ],
    });
    if (some.length === BLOCKS_AT_ONCE) await delay(STATEMENT_PAUSE_MS);
  }
  releaseBytes(bytes);
}
