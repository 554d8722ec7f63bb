import type { StoredEvent } from '../../core/event.ts';
import type { StoredBatch } from '../codec/stored-batch.ts';
import type { FindPage, FindQuery } from '../log.ts';
import { BATCH_COLUMNS, type BatchRow, decodeRow } from './batch-row.ts';
import { READ_BYTES_MAX } from './read-batches.ts';
import { type FindSources, matches, SCAN_EVENTS_MAX } from './find-sources.ts';

/** Rows fetched at once; a page of 1,000 mostly needs one or two. */
const ROWS_AT_ONCE = 8;

/** Listing in order of position; statistics decide which rows are read at all. */
export async function scanBatches(
  query: FindQuery,
  sources: FindSources & { readonly head: number },
): Promise<FindPage> {
  const events: StoredEvent[] = [];
  let after = Number(query.after);
  let scanned = 0;
  let heldBytes = 0;
  while (after < sources.head && scanned < SCAN_EVENTS_MAX && heldBytes < READ_BYTES_MAX) {
    const batches = await nextBatches(query, sources, after);
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

/** The cheap columns first, before an event object is made. */
function passes(batch: StoredBatch, index: number, query: FindQuery): boolean {
  if (batch.tenantAt(index) !== query.tenant) return false;
  if (!query.type) return true;
  const type = batch.typeAt(index);
  return 'exact' in query.type ? type === query.type.exact : type.startsWith(query.type.prefix);
}

/**
 * The next rows that may match. The newest batches come from memory when the query starts there. In the database the
 * primary key gives the order; recorded times bound the range, since they never fall along it; a row without a
 * statistic may match.
 */
async function nextBatches(
  query: FindQuery,
  sources: FindSources & { readonly head: number },
  after: number,
): Promise<StoredBatch[]> {
  const cached = sources.cached(after + 1);
  if (cached) return [cached];
  const { on, bucket, hasher } = sources;
  const exact = query.type && 'exact' in query.type ? query.type.exact : null;
  const prefix = query.type && 'prefix' in query.type ? query.type.prefix : null;
  const { rows } = await on.query<BatchRow>({
    text: `select ${BATCH_COLUMNS} from log_batches b
            where b.bucket = $1 and b.last_position > $2 and b.last_position <= $10
              and ($3::bigint is null or b.recorded_at >= $3)
              and ($4::bigint is null or b.first_recorded_at < $4)
              and (b.tenants is null or b.tenants @> array[$5::integer])
              and ($6::integer is null or b.sources is null or b.sources @> array[$6::integer])
              and ($7::text is null or b.types is null or b.types @> array[$7::text])
              and ($8::text is null or b.types is null
                   or exists (select from unnest(b.types) t where starts_with(t, $8)))
            order by b.last_position limit $9`,
    values: [
      bucket,
      await startOf(query, sources, after),
      query.fromMicros ?? null,
      query.toMicros ?? null,
      hasher.statistic('tenant', query.tenant),
      query.source === undefined ? null : hasher.statistic('source', query.source),
      exact,
      prefix,
      ROWS_AT_ONCE,
      await endOf(query, sources),
    ],
  });
  return rows.map((row) => decodeRow(bucket, row));
}

/** Position before the first row that can hold `from`: one descent of the index on recorded time. */
async function startOf(
  query: FindQuery,
  { on, bucket }: FindSources,
  after: number,
): Promise<number> {
  if (query.fromMicros === undefined) return after;
  const { rows } = await on.query<{ first_position: bigint }>({
    text: `select first_position from log_batches where bucket = $1 and recorded_at >= $2
            order by recorded_at, last_position limit 1`,
    values: [bucket, query.fromMicros],
  });
  const first = rows[0]?.first_position;
  return first === undefined ? Number.MAX_SAFE_INTEGER : Math.max(after, Number(first) - 1);
}

/** Last position that a row reaching before `to` can have. */
async function endOf(
  query: FindQuery,
  { on, bucket, head }: FindSources & { readonly head: number },
): Promise<number> {
  if (query.toMicros === undefined) return head;
  const { rows } = await on.query<{ last_position: bigint }>({
    text: `select last_position from log_batches where bucket = $1 and recorded_at >= $2
            order by recorded_at, last_position limit 1`,
    values: [bucket, query.toMicros],
  });
  const last = rows[0]?.last_position;
  return last === undefined ? head : Math.min(head, Number(last));
}
