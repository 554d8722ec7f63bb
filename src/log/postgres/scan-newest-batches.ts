import type { StoredEvent } from '../../core/event.ts';
import type { StoredBatch } from '../codec/stored-batch.ts';
import type { FindNewestPage, FindNewestQuery } from '../log.ts';
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
import { timeBounds } from './time-bounds.ts';

/** Listing against the order of position down to `oldest`; statistics decide which rows are read at all. */
export async function scanNewestBatches(
  query: FindNewestQuery,
  sources: FindSources & { readonly oldest: number },
): Promise<FindNewestPage> {
  const bounds = await timeBounds(query, sources);
  const lowest = Math.max(sources.oldest, bounds.after + 1);
  const events: StoredEvent[] = [];
  let before = Math.min(Number(query.before), bounds.last + 1);
  let scanned = 0;
  let heldBytes = 0;
  while (before > lowest && scanned < SCAN_EVENTS_MAX && heldBytes < READ_BYTES_MAX) {
    const batches = await batchesBelow(query, sources, { before, after: lowest - 1 });
    if (batches.length === 0) return pageOf(events, lowest, false);
    for (const batch of batches) {
      scanned += batch.count;
      const taken = events.length;
      const full = collect(batch, before, { query, events });
      if (full !== null) return pageOf(events, full, full > lowest);
      before = batch.first;
      // Events keep their batch in memory while the page is held.
      if (events.length > taken) heldBytes += batch.rawBytes;
    }
  }
  return pageOf(events, before, before > lowest);
}

function pageOf(events: readonly StoredEvent[], nextBefore: number, more: boolean): FindNewestPage {
  return { events, nextBefore: BigInt(nextBefore), more };
}

/** Adds the matching events below a position; the position of the last one when the page became full, else null. */
function collect(
  batch: StoredBatch,
  before: number,
  page: { readonly query: FindNewestQuery; readonly events: StoredEvent[] },
): number | null {
  const { query, events } = page;
  for (let index = Math.min(batch.count, before - batch.first) - 1; index >= 0; index--) {
    if (!passes(batch, index, query)) continue;
    const event = batch.eventAt(index);
    if (!event || !matches(event, query)) continue;
    events.push(event);
    if (events.length === query.limit) return batch.first + index;
  }
  return null;
}

/**
 * The next rows down that may match, newest first, from memory as far as they are there. In the database the primary key
 * is read backward from the row that holds the position before `before`, which one descent finds.
 */
async function batchesBelow(
  query: FindNewestQuery,
  sources: FindSources,
  range: { readonly before: number; readonly after: number },
): Promise<StoredBatch[]> {
  const { after } = range;
  let { before } = range;
  for (let listed = sources.listed(before - 1); listed; listed = sources.listed(before - 1)) {
    const cached = mayMatchTypes(listed, query) ? sources.cached(before - 1) : undefined;
    if (cached) return [cached];
    before = listed.first;
    if (before <= after + 1) return [];
  }
  const { on, bucket, hasher } = sources;
  const { rows } = await on.query<BatchRow>({
    text: `select ${BATCH_COLUMNS} from log_batches b
            where b.bucket = $1 and b.last_position > $2
              and b.last_position <= (select r.last_position from log_batches r
                                       where r.bucket = $1 and r.last_position >= $3
                                       order by r.last_position limit 1)
              and ${MAY_MATCH}
            order by b.last_position desc limit $4`,
    values: [bucket, after, before - 1, ROWS_AT_ONCE, ...mayMatchValues(query, hasher)],
  });
  return rows.map((row) => decodeRow(bucket, row));
}
