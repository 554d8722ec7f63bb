import { Failure } from '../../core/errors.ts';
import { DataKind, type StoredEvent } from '../../core/event.ts';
import type {
  FindFilters,
  FindNewestPage,
  FindNewestQuery,
  FindPage,
  FindQuery,
  LogBatch,
  ReadOptions,
} from '../log.ts';
import { headOf, streamOf, type Bucket, type MemoryStorage } from './storage.ts';

/** Whole batches from the one that holds `after + 1`, until `eventsMax` events are reached. */
export function readBatches(bucket: Bucket, after: bigint, options: ReadOptions): LogBatch[] {
  if (after < bucket.lowMark) throw expired(bucket);
  const found: LogBatch[] = [];
  let events = 0;
  for (const { first, last } of bucket.batches) {
    if (last <= after) continue;
    const count = Number(last - first) + 1;
    if (found.length > 0 && events + count > options.eventsMax) break;
    found.push(batchOf(bucket, first, count));
    events += count;
  }
  return found;
}

export function readStream(
  storage: MemoryStorage,
  tenant: string,
  query: { readonly stream: string; readonly fromVersion: bigint; readonly limit: number },
): StoredEvent[] {
  const bucket = storage.bucketAt(storage.bucketOf(tenant));
  const from = Math.max(Number(query.fromVersion) - 1, 0);
  return streamOf(bucket, tenant, query.stream)
    .slice(from, from + query.limit)
    .flatMap((position) => bucket.events[Number(position) - 1] ?? []);
}

/**
 * Looks at events in order until `limit` matches were found or `scanMax` events were looked at. 0n starts at the
 * oldest event held. Errors: CURSOR_EXPIRED when `after` lies below the low mark and is not 0n.
 */
export function find(storage: MemoryStorage, query: FindQuery, scanMax: number): FindPage {
  const bucket = storage.bucketAt(storage.bucketOf(query.tenant));
  if (query.after > 0n && query.after < bucket.lowMark) throw expired(bucket);
  const head = headOf(bucket).position;
  const start = query.after > bucket.lowMark ? query.after : bucket.lowMark;
  const scanned = bucket.events.slice(Number(start), Number(start) + scanMax);
  const events: StoredEvent[] = [];
  let nextAfter = start;
  for (const event of scanned) {
    if (events.length >= query.limit) break;
    nextAfter += 1n;
    if (event !== null && matches(event, query)) events.push(event);
  }
  return { events, nextAfter, more: nextAfter < head };
}

/** The same from `before` down to the oldest event held. */
export function findNewest(
  storage: MemoryStorage,
  query: FindNewestQuery,
  scanMax: number,
): FindNewestPage {
  const bucket = storage.bucketAt(storage.bucketOf(query.tenant));
  const head = headOf(bucket).position;
  const end = query.before > head ? head + 1n : query.before;
  const oldest = bucket.lowMark + 1n;
  const scanned = bucket.events
    .slice(Math.max(Number(oldest) - 1, Number(end) - 1 - scanMax), Math.max(0, Number(end) - 1))
    .reverse();
  const events: StoredEvent[] = [];
  let nextBefore = end;
  for (const event of scanned) {
    if (events.length >= query.limit) break;
    nextBefore -= 1n;
    if (event !== null && matches(event, query)) events.push(event);
  }
  return { events, nextBefore, more: nextBefore > oldest };
}

/** Whether the event is one that the query asks for; paging aside. */
export function matches(event: StoredEvent, query: FindFilters): boolean {
  return (
    event.tenant === query.tenant &&
    (query.type === undefined ||
      ('exact' in query.type
        ? event.type === query.type.exact
        : event.type.startsWith(query.type.prefix))) &&
    (query.source === undefined || event.source === query.source) &&
    (query.subject === undefined || event.subject === query.subject) &&
    (query.id === undefined || event.id === query.id) &&
    (query.stream === undefined || event.stream === query.stream) &&
    (query.fromMicros === undefined || event.recordedAtMicros >= query.fromMicros) &&
    (query.toMicros === undefined || event.recordedAtMicros < query.toMicros)
  );
}

/** A batch as a view: events that retention removes later read as null in it too. */
function batchOf(bucket: Bucket, firstPosition: bigint, count: number): LogBatch {
  const start = Number(firstPosition) - 1;
  const eventAt = (index: number): StoredEvent | null => bucket.events[start + index] ?? null;
  return {
    bucket: bucket.number,
    firstPosition,
    lastPosition: firstPosition + BigInt(count) - 1n,
    count,
    types: null,
    get hasSealed() {
      return bucket.events
        .slice(start, start + count)
        .some((event) => event?.dataKind === DataKind.sealed);
    },
    dataKindAt: (index) => eventAt(index)?.dataKind ?? DataKind.none,
    tenantAt: (index) => eventAt(index)?.tenant ?? '',
    typeAt: (index) => eventAt(index)?.type ?? '',
    sourceAt: (index) => eventAt(index)?.source ?? '',
    recordedAtMicrosAt: (index) => bucket.recordedAtMicros[start + index] ?? 0n,
    eventAt,
  };
}

function expired(bucket: Bucket): Failure {
  return new Failure('CURSOR_EXPIRED', 'The events after this cursor were removed by retention.', {
    extra: { lowMark: bucket.lowMark },
  });
}
