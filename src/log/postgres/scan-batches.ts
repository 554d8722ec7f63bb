import type { StoredEvent } from '../../core/event.ts';
import type { StoredBatch } from '../codec/stored-batch.ts';
import type { FindPage, FindQuery } from '../log.ts';
import { BATCH_COLUMNS, type BatchRow, decodeRow } from './batch-row.ts';
import {
  MAY_MATCH,
  mayMatchTypes,
  mayMatchValues,
  passes,
  ROWS_AT_ONCE,
} from './batch-statistics.ts';
import { READ_BYTES_MAX } from './read-batches.ts';
import { type FindSources, matches, SCAN_EVENTS_MAX } from './find-sources.ts';
import { type TimeBounds, timeBounds } from './time-bounds.ts';

/** Listing in order of position; statistics decide which rows are read at all. */
export async function scanBatches(
  query: FindQuery,
  sources: FindSources & { readonly head: number },
): Promise<FindPage> {
  const bounds = await timeBounds(query, sources);
  const events: StoredEvent[] = [];
  let after = Number(query.after);
  let scanned = 0;
  let heldBytes = 0;
  while (after < sources.head && scanned < SCAN_EVENTS_MAX && heldBytes < READ_BYTES_MAX) {
    const batches = await nextBatches(query, sources, { after, bounds });
    if (batches.length === 0) return { events, nextAfter: BigInt(sources.head), more: false };
    for (const batch of batches) {
      scanned += batch.count;
      const taken = events.length;
      const full = collect(batch, after, { query, events });
      if (full !== null) return { events, nextAfter: BigInt(full), more: full < sources.head };
      after = batch.last;
      // Events keep their batch in memory while the page is held.
      if (events.length > taken) heldBytes += batch.rawBytes;
    }
  }
  return { events, nextAfter: BigInt(after), more: after < sources.head };
}

/** Adds the matching events behind a position; the position of the last one when the page became full, else null. */
function collect(
  batch: StoredBatch,
  after: number,
  page: { readonly query: FindQuery; readonly events: StoredEvent[] },
): number | null {
  const { query, events } = page;
  for (let index = Math.max(0, after + 1 - batch.first); index < batch.count; index++) {
    if (!passes(batch, index, query)) continue;
    const event = batch.eventAt(index);
    if (!event || !matches(event, query)) continue;
    events.push(event);
    if (events.length === query.limit) return batch.first + index;
  }
  return null;
}

/**
 * The next rows that may match. The newest batches come from memory when the query starts there. In the database the
 * primary key gives the order.
 */
async function nextBatches(
  query: FindQuery,
  sources: FindSources & { readonly head: number },
  range: { readonly after: number; readonly bounds: TimeBounds },
): Promise<StoredBatch[]> {
  const { bounds } = range;
  const { on, bucket, hasher, head } = sources;
  let { after } = range;
  for (let listed = sources.listed(after + 1); listed; listed = sources.listed(after + 1)) {
    const cached = mayMatchTypes(listed, query) ? sources.cached(after + 1) : undefined;
    if (cached) return [cached];
    after = listed.last;
    if (after >= head) return [];
  }
  const { rows } = await on.query<BatchRow>({
    text: `select ${BATCH_COLUMNS} from log_batches b
            where b.bucket = $1 and b.last_position > $2 and b.last_position <= $3
              and ${MAY_MATCH}
            order by b.last_position limit $4`,
    values: [
      bucket,
      Math.max(after, bounds.after),
      Math.min(head, bounds.last),
      ROWS_AT_ONCE,
      ...mayMatchValues(query, hasher),
    ],
  });
  return rows.map((row) => decodeRow(bucket, row));
}
