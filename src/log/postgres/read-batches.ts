import type { Queryable } from '../../platform/postgres/database.ts';
import type { StoredBatch } from '../codec/stored-batch.ts';
import type { LogBatch, ReadOptions } from '../log.ts';
import { BATCH_COLUMNS, type BatchRow, decodeRow, partsOf } from './batch-row.ts';
import type { Direction } from './find-sources.ts';
import { UnreadBatch } from './unread-batch.ts';

/** Rows looked at to fill one page: bounds the work where every batch is one event. */
const ROWS_MAX = 1_000;
/**
 * Bytes of one page, stored and again unpacked, beyond which no further row is read: a thousand rows may hold a
 * mebibyte each, and what compresses well is small only until it is read. One row at least is always taken.
 */
export const READ_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Bytes of the parts of one page's rows, beyond which no further row is read: unpacked they take five times as much, and a
 * thousand merged rows that come unread may consist of four million appends.
 */
export const READ_PARTS_BYTES_MAX = 1024 * 1024;

/** `types`: those of its events, or null when they are not listed; `payload`: null when none of them was asked for. */
type ListedRow = Omit<BatchRow, 'payload'> & {
  readonly payload: Buffer | null;
  readonly types: readonly string[] | null;
};

/**
 * Batches after a position in order: whole rows, at most `eventsMax` events, at least one row. Reads the
 * primary key index forward; the payload is fetched only for rows that made the page.
 *
 * For a reader of a few types rows without any of them come unread, and count neither as events nor as bytes, but for their
 * parts: who fell behind thousands of other events steps over them up to a thousand rows at a time.
 */
export async function readBatchesAfter(
  on: Queryable,
  bucket: number,
  page: ReadOptions & { readonly after: number },
): Promise<LogBatch[]> {
  const { rows } = await on.query<ListedRow>({
    text: `select b.first_position, b.last_position, b.codec, b.checksum, b.recorded_at, b.batch_id, b.parts, b.types,
                  case when p.held then b.payload end as payload
             from (select r.last_position, r.held, r.own,
                          sum(r.own) over (order by r.last_position) as events,
                          sum(r.stored) over (order by r.last_position) - r.stored as stored_before,
                          sum(r.part_bytes) over (order by r.last_position) - r.part_bytes as parts_before
                     from (select last_position, held,
                                  case when held then last_position - first_position + 1 else 0 end as own,
                                  case when held then stored else 0 end as stored, part_bytes
                             from (select last_position, first_position, octet_length(payload) as stored,
                                          coalesce(octet_length(parts), 0) as part_bytes,
                                          $6::text[] is null or types is null or types && $6 as held
                                     from log_batches where bucket = $1 and last_position > $2
                                    order by last_position limit $4) l) r) p
             join log_batches b on b.bucket = $1 and b.last_position = p.last_position
            where (p.events <= $3 or p.events = p.own) and p.stored_before < $5 and p.parts_before < $7
            order by b.last_position`,
    values: [
      bucket,
      page.after,
      page.eventsMax,
      Math.min(ROWS_MAX, page.eventsMax),
      READ_BYTES_MAX,
      page.types === undefined ? null : [...page.types],
      READ_PARTS_BYTES_MAX,
    ],
  });
  return decodeWithin(rows, (row) => batchOf(bucket, row));
}

function batchOf(bucket: number, row: ListedRow): LogBatch & { readonly rawBytes?: number } {
  const { payload, types } = row;
  if (payload !== null) return decodeRow(bucket, { ...row, payload });
  const first = Number(row.first_position);
  const last = Number(row.last_position);
  return new UnreadBatch({ bucket, first, last, types: types ?? [], parts: partsOf(row) });
}

/** The first rows unpacked, until they take READ_BYTES_MAX. */
function decodeWithin<Row, Batch extends { readonly rawBytes?: number }>(
  rows: readonly Row[],
  decode: (row: Row) => Batch,
): Batch[] {
  const batches: Batch[] = [];
  let bytes = 0;
  for (const row of rows) {
    if (bytes >= READ_BYTES_MAX) break;
    const batch = decode(row);
    bytes += batch.rawBytes ?? 0;
    batches.push(batch);
  }
  return batches;
}

/** Positions closer than this are asked for as one range: what repeats, repeats neighbours. */
const RANGE_GAP = 1_000;

/**
 * The batches that hold the given positions, which stand in the order of `direction`; each row once, in that order. One
 * descent of the primary key a cluster of neighbouring positions and the rows between them, in one round trip. It ends with
 * the row that takes READ_BYTES_MAX, stored or unpacked: `readThrough` says so, and what is behind is to be asked for again.
 */
export async function readBatchesHolding(
  on: Queryable,
  bucket: number,
  wanted: { readonly positions: readonly number[]; readonly direction: Direction },
): Promise<StoredBatch[]> {
  const { positions, direction } = wanted;
  if (positions.length === 0) return [];
  const isUp = direction === 'oldest-first';
  const clusters = clustersOf(isUp ? positions : positions.toReversed());
  const order = isUp ? 'order by last_position' : 'order by last_position desc';
  const { rows } = await on.query<BatchRow>({
    text: `select * from (
           select ${BATCH_COLUMNS},
                  sum(octet_length(b.payload)) over (${isUp ? 'order by b.last_position' : 'order by b.last_position desc'})
                    - octet_length(b.payload) as stored_before
             from (select distinct f.last_position
                     from unnest($2::bigint[], $3::bigint[]) as c(low, high)
                     cross join lateral (
                       select r.last_position from log_batches r
                        where r.bucket = $1 and r.last_position >= c.low and r.last_position < c.high
                       union all
                       (select r.last_position from log_batches r
                         where r.bucket = $1 and r.last_position >= c.high
                         order by r.last_position limit 1)) f) d
             join log_batches b on b.bucket = $1 and b.last_position = d.last_position) r
            where stored_before < $4 ${order}`,
    values: [
      bucket,
      clusters.map(([low]) => low),
      clusters.map(([, high]) => high),
      READ_BYTES_MAX,
    ],
  });
  return decodeWithin(rows, (row) => decodeRow(bucket, row));
}

/**
 * Up to which position, or down to which, an answer of `readBatchesHolding` is whole. Whether it was cut is seen from
 * its size; half of the limit leaves room for what compression may add.
 */
export function readThrough(read: readonly StoredBatch[], direction: Direction): number {
  const bytes = read.reduce((sum, { rawBytes }) => sum + rawBytes, 0);
  const last = bytes < READ_BYTES_MAX / 2 ? undefined : read.at(-1);
  if (direction === 'oldest-first') return last?.last ?? Infinity;
  return last?.first ?? -Infinity;
}

function clustersOf(positions: readonly number[]): (readonly [number, number])[] {
  const clusters: (readonly [number, number])[] = [];
  for (const position of positions) {
    const last = clusters.at(-1);
    if (last && position - last[1] <= RANGE_GAP)
      clusters[clusters.length - 1] = [last[0], position];
    else clusters.push([position, position]);
  }
  return clusters;
}
