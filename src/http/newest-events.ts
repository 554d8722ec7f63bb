/** Pages of events newest first: of a tenant, and of one stream. */
import { decodeCursor, encodeCursor } from '../core/cursor.ts';
import { Failure } from '../core/errors.ts';
import type { StoredEvent } from '../core/event.ts';
import type { FindFilters, LogReader } from '../log/log.ts';
import type { PageRest } from './event-page.ts';

/** Events of a page and what stands behind as many of them as fit. */
export interface ListedEvents {
  readonly events: readonly StoredEvent[];
  readonly rest: (count: number) => PageRest;
}

/** Errors: CURSOR_INVALID, CURSOR_FOREIGN. What retention removed since a cursor was given out is passed over. */
export async function newestEvents(
  log: LogReader,
  asked: FindFilters,
  cursor: string | undefined,
): Promise<ListedEvents> {
  const { incarnation } = log;
  const bucket = log.bucketOf(asked.tenant);
  const before = await placeBefore(log, bucket, cursor);
  const { events, nextBefore, more } = await log.findNewest({ ...asked, before });
  const next = (position: bigint): string =>
    encodeCursor({ incarnation, bucket, position, order: 'newest' });
  const newer = encodeCursor({ incarnation, bucket, position: before > 0n ? before - 1n : 0n });
  const rest = (count: number): PageRest => {
    const last = count < events.length ? events[count - 1] : undefined;
    if (last !== undefined) return { next: next(last.position), more: true, newer };
    return { next: next(nextBefore), more, newer };
  };
  return { events, rest };
}

/** The place behind the head without a cursor; a cursor beyond it was not issued by this log. */
async function placeBefore(
  log: LogReader,
  bucket: number,
  cursor: string | undefined,
): Promise<bigint> {
  const expected = { incarnation: log.incarnation, bucket, order: 'newest' } as const;
  const before = cursor === undefined ? null : decodeCursor(cursor, expected).position;
  const { position } = await log.head(bucket);
  if (before === null) return position + 1n;
  if (before > position + 1n)
    throw new Failure('CURSOR_INVALID', 'The cursor lies beyond the end of the log.');
  return before;
}

export interface StreamPlace {
  readonly tenant: string;
  readonly stream: string;
  readonly limit: number;
  /** What comes behind this version in the order of the listing; null for all. */
  readonly after: bigint | null;
}

/** Versions are dense, so the newest are read forward from where they begin. Errors: NOT_FOUND. */
export async function newestOfStream(
  log: LogReader,
  { tenant, stream, limit, after }: StreamPlace,
): Promise<ListedEvents> {
  const [version = 0n] = await log.streamVersions(tenant, [stream]);
  if (version === 0n) throw new Failure('NOT_FOUND', 'There is no stream of this name.');
  const before = after === null || after > version ? version + 1n : after;
  const fromVersion = before > BigInt(limit) ? before - BigInt(limit) : 1n;
  const count = Number(before - fromVersion);
  const read = count < 1 ? [] : await log.readStream(tenant, stream, { fromVersion, limit: count });
  const events = read.toReversed();
  const rest = (shown: number): PageRest => {
    const next = events[shown - 1]?.streamVersion ?? before;
    return { next: next.toString(), more: next > 1n };
  };
  return { events, rest };
}
