/**
 * The port of the log. Two implementations: `memory/` (the model) and `postgres/`. Both pass `contract.ts`.
 * The guarantees L1 to L14 stand in SPEC.md beside this file.
 */
import type { EventDraft, StoredEvent } from '../core/event.ts';

/** What became of one received event. Positions are those of the stored original for duplicates. */
export type ReceivedOutcome =
  | { readonly status: 'created'; readonly position: bigint }
  | { readonly status: 'duplicate'; readonly position: bigint }
  /** Same key, other content: nothing stored. */
  | { readonly status: 'conflict'; readonly position: bigint }
  /** The commit's outcome could not be learnt in time: repeat with the same id. */
  | { readonly status: 'unknown' };

/** Events that one command decided for one stream. */
export interface StreamAppend {
  /** `category/id`, for example `orders/01J9...`. */
  readonly stream: string;
  /** The version the events were decided on; 0n for a new stream. */
  readonly expectedVersion: bigint;
  /** At least one event unless only the version is to be checked. */
  readonly events: readonly EventDraft[];
}

/** One command's events: appended all or none, every version checked in the same append (L4, L6). */
export interface DecidedAppend {
  readonly tenant: string;
  /** 1 to STREAMS_PER_UNIT_MAX streams, each named once. */
  readonly streams: readonly StreamAppend[];
}

export type DecidedOutcome =
  | { readonly status: 'appended'; readonly position: bigint; readonly versions: readonly bigint[] }
  /** A stream was not at its expected version; `actual` is the version it was at. Nothing stored. */
  | { readonly status: 'version-conflict'; readonly stream: string; readonly actual: bigint }
  | { readonly status: 'unknown' };

export const STREAMS_PER_UNIT_MAX = 8;

export interface LogHead {
  /** Position of the newest event, 0n when the bucket is empty. */
  readonly position: bigint;
  /** Recorded time of the newest event in microseconds since the epoch, 0n when empty. */
  readonly recordedAtMicros: bigint;
  /** Everything up to here was removed by retention; a cursor below it has expired. */
  readonly lowMark: bigint;
}

/** A decoded batch. `index` runs from 0 to `count - 1`; events removed by retention read as null. */
export interface LogBatch {
  readonly bucket: number;
  readonly firstPosition: bigint;
  readonly lastPosition: bigint;
  readonly count: number;
  /** Cheap per-event columns for filters: no event object is made. */
  tenantAt(index: number): string;
  typeAt(index: number): string;
  sourceAt(index: number): string;
  recordedAtMicrosAt(index: number): bigint;
  eventAt(index: number): StoredEvent | null;
}

export type TypeFilter = { readonly exact: string } | { readonly prefix: string };

export interface FindQuery {
  readonly tenant: string;
  /** Exclusive; 0n from the beginning. */
  readonly after: bigint;
  readonly limit: number;
  readonly type?: TypeFilter | undefined;
  readonly source?: string | undefined;
  readonly subject?: string | undefined;
  readonly id?: string | undefined;
  readonly stream?: string | undefined;
  /** Recorded time, inclusive, microseconds since the epoch. */
  readonly fromMicros?: bigint | undefined;
  /** Recorded time, exclusive. */
  readonly toMicros?: bigint | undefined;
}

export interface FindPage {
  readonly events: readonly StoredEvent[];
  /** Where to go on: everything up to here was looked at. */
  readonly nextAfter: bigint;
  /** False when the head was reached. A page may be empty while this is true. */
  readonly more: boolean;
}

export interface ReadOptions {
  /** Most events to return; at least one whole batch is returned. */
  readonly eventsMax: number;
}

export interface LogReader {
  /** Changes when the log is created anew or restored from a backup. */
  readonly incarnation: string;
  readonly bucketCount: number;
  bucketOf(tenant: string): number;
  head(bucket: number): Promise<LogHead>;
  /**
   * Batches in order, the first of which holds position `after + 1`. Empty when `after` is the head. The caller skips
   * events at or below `after` in the first batch. Errors: CURSOR_EXPIRED below the low mark.
   */
  readBatches(bucket: number, after: bigint, options: ReadOptions): Promise<readonly LogBatch[]>;
  /** Events of one stream in order of version, from `fromVersion` (1n is the first). */
  readStream(
    tenant: string,
    stream: string,
    options: { fromVersion: bigint; limit: number },
  ): Promise<readonly StoredEvent[]>;
  find(query: FindQuery): Promise<FindPage>;
  /**
   * Calls `listener` soon after something was appended to the bucket by this or any other process (at most 250 ms
   * later). Only a wake-up: it may come without news and carries none. Returns the way to stop it.
   */
  onAppend(bucket: number, listener: () => void): () => void;
}

export interface EventLog extends LogReader {
  /**
   * Appends events received from outside, each for itself: one may be a duplicate while its neighbour is created.
   * Resolves when every created event, and every original of a duplicate, is durable. Errors: OVERLOADED before
   * anything was queued, UNAVAILABLE and STORAGE_FULL when nothing was stored.
   */
  appendReceived(
    tenant: string,
    drafts: readonly EventDraft[],
  ): Promise<readonly ReceivedOutcome[]>;
  /** Appends one command's events, all or none. Errors as above. */
  appendDecided(append: DecidedAppend): Promise<DecidedOutcome>;
  /** Stops taking appends, waits for those under way, releases what it holds. */
  close(): Promise<void>;
}
