import type { Queryable } from '../../platform/postgres/database.ts';
import type { StoredBatch } from '../codec/stored-batch.ts';
import { BATCH_COLUMNS, type BatchRow, decodeRow } from './batch-row.ts';

/** Rows looked at to fill one page: bounds the work where every batch is one event. */
const ROWS_MAX = 1_000;

/**
 * Batches after a position in order: whole rows, at most `eventsMax` events, at least one row. Reads the
 * primary key index forward; the payload is fetched only for rows that made the page.
 */
export async function readBatchesAfter(
  on: Queryable,
  bucket: number,
  page: { after: number; eventsMax: number },
): Promise<StoredBatch[]> {
  const { rows } = await on.query<BatchRow>({
    text: `select ${BATCH_COLUMNS}
             from (select r.last_position,
                          sum(r.last_position - r.first_position + 1) over (order by r.last_position) as events,
                          r.last_position - r.first_position + 1 as own
                     from (select last_position, first_position from log_batches
                            where bucket = $1 and last_position > $2
                            order by last_position limit $4) r) p
             join log_batches b on b.bucket = $1 and b.last_position = p.last_position
            where p.events <= $3 or p.events = p.own
            order by b.last_position`,
    values: [bucket, page.after, page.eventsMax, Math.min(ROWS_MAX, page.eventsMax)],
  });
  return rows.map((row) => decodeRow(bucket, row));
}

/** Positions closer than this are asked for as one range: what repeats, repeats neighbours. */
const RANGE_GAP = 1_000;

/**
 * The batches that hold the given positions (ascending); each row once. One descent of the primary key a cluster of
 * neighbouring positions and the rows between them, in one round trip.
 */
export async function readBatchesHolding(
  on: Queryable,
  bucket: number,
  positions: readonly number[],
): Promise<StoredBatch[]> {
  if (positions.length === 0) return [];
  const clusters = clustersOf(positions);
  const { rows } = await on.query<BatchRow>({
    text: `select ${BATCH_COLUMNS}
             from (select distinct f.last_position
                     from unnest($2::bigint[], $3::bigint[]) as c(low, high)
                     cross join lateral (
                       select r.last_position from log_batches r
                        where r.bucket = $1 and r.last_position >= c.low and r.last_position < c.high
                       union all
                       (select r.last_position from log_batches r
                         where r.bucket = $1 and r.last_position >= c.high
                         order by r.last_position limit 1)) f) d
             join log_batches b on b.bucket = $1 and b.last_position = d.last_position
            order by b.last_position`,
    values: [bucket, clusters.map(([low]) => low), clusters.map(([, high]) => high)],
  });
  return rows.map((row) => decodeRow(bucket, row));
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
