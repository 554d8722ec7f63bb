import type { StoredEvent } from '../../core/event.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import type { StoredBatch } from '../codec/stored-batch.ts';
import type { KeyHasher } from '../dedupe/key-hasher.ts';
import type { FindFilters } from '../log.ts';

/** Events unpacked for one page of a listing by statistics: about 100 ms. */
export const SCAN_EVENTS_MAX = 100_000;

/** What is known of a batch in memory before it is unpacked. */
export interface ListedBatch {
  readonly first: number;
  readonly last: number;
  /** Null for too many to list. */
  readonly types: readonly string[] | null;
}

export interface FindSources {
  readonly on: Queryable;
  readonly bucket: number;
  readonly hasher: KeyHasher;
  /** Batches in memory, if they hold the position. */
  cached(position: number): StoredBatch | undefined;
  /** The same before it is unpacked. */
  listed(position: number): ListedBatch | undefined;
}

/** Which way a listing goes through the positions. */
export type Direction = 'oldest-first' | 'newest-first';

/** Candidate positions in the order of the listing; `complete` when none follow. */
export interface Candidates {
  readonly positions: readonly number[];
  readonly complete: boolean;
}

/** Whether an event passes every filter of a query; where the page begins is the caller's business. */
export function matches(event: StoredEvent, query: FindFilters): boolean {
  if (event.tenant !== query.tenant) return false;
  if (query.type && 'exact' in query.type && event.type !== query.type.exact) return false;
  if (query.type && 'prefix' in query.type && !event.type.startsWith(query.type.prefix))
    return false;
  if (query.source !== undefined && event.source !== query.source) return false;
  if (query.fromMicros !== undefined && event.recordedAtMicros < query.fromMicros) return false;
  if (query.toMicros !== undefined && event.recordedAtMicros >= query.toMicros) return false;
  if (query.id !== undefined && event.id !== query.id) return false;
  if (query.subject !== undefined && event.subject !== query.subject) return false;
  return query.stream === undefined || event.stream === query.stream;
}
