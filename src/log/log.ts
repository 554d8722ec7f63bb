/**
 * The port of the log. Two implementations: `memory/` (the model) and `postgres/`. Both pass `contract.ts`.
 * The guarantees L1 to L14 stand in SPEC.md beside this file.
 */
import type { DataKind, EventDraft, StoredEvent } from '../core/event.ts';

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
  /**
   * Kept with the first of `streams` for that stream's life and unique in it: appending it again stores nothing and
   * answers `known`. For commands that may be handled again much later; others need none.
   */
  readonly commandId?: string | undefined;
  /** Written in the same transaction. When its key is recorded already, nothing is stored: `answered`. */
  readonly answer?: AnswerRecord | undefined;
  /**
   * A unit handed to this instance before, on whose events this one was decided. When it was not appended, this one is
   * not either and answers `version-conflict`: the version alone might match by chance, when another process appended
   * as many events as that unit would have.
   */
  readonly follows?: DecidedAppend | undefined;
}

/** The answer to a command, kept so that a repetition of the request gets the same one. */
export interface AnswerRecord {
  /** 32 bytes: keyed hash of (principal, idempotency key). Unique in a tenant. */
  readonly key: Uint8Array;
  /** 32 bytes: keyed hash of what was asked. */
  readonly request: Uint8Array;
  /** The answer as its writer encodes it, without personal data; at most ANSWER_BYTES_MAX. */
  readonly body: Uint8Array;
}

export interface StoredAnswer extends AnswerRecord {
  /** Position of the last event of the command, or the head of the bucket when it had none. */
  readonly position: bigint;
  readonly recordedAtMicros: bigint;
}

export const ANSWER_BYTES_MAX = 64 * 1024;
/** How long a stored answer is given out (CONTRACT.md); afterwards it may be removed. */
export const ANSWER_KEPT_SECONDS = 7 * 24 * 3600;

export type DecidedOutcome =
  | { readonly status: 'appended'; readonly position: bigint; readonly versions: readonly bigint[] }
  /** A stream was not at its expected version; `actual` is the version it was at. Nothing stored. */
  | { readonly status: 'version-conflict'; readonly stream: string; readonly actual: bigint }
  /** The command id is in the first stream already; this is the version and position of its last event there. */
  | { readonly status: 'known'; readonly position: bigint; readonly version: bigint }
  /** The key of `answer` is recorded already: what is recorded. Nothing stored. */
  | { readonly status: 'answered'; readonly answer: StoredAnswer }
  | { readonly status: 'unknown' };

export const STREAMS_PER_UNIT_MAX = 8;
/** One look takes about 4 us a stream: this many hold a connection for some milliseconds. */
export const VERSIONS_PER_READ_MAX = 1_000;

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
  /** Whether personal fields of some event are sealed: where not, there is nothing to reveal. */
  readonly hasSealed: boolean;
  /**
   * The types among its events, or more; null when that is not known without looking at each. Asking unpacks nothing.
   */
  readonly types: readonly string[] | null;
  /** Cheap per-event columns for filters: no event object is made. */
  tenantAt(index: number): string;
  typeAt(index: number): string;
  sourceAt(index: number): string;
  dataKindAt(index: number): DataKind;
  recordedAtMicrosAt(index: number): bigint;
  eventAt(index: number): StoredEvent | null;
}

/** False only when it is known without unpacking that the batch holds none of the types. */
export function mayHold({ types }: LogBatch, wanted: ReadonlySet<string>): boolean {
  return wanted.size > 0 && (types === null || types.some((type) => wanted.has(type)));
}

export type TypeFilter = { readonly exact: string } | { readonly prefix: string };

/** What is looked for, whichever way the log is gone through. */
export interface FindFilters {
  readonly tenant: string;
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

export interface FindQuery extends FindFilters {
  /** Exclusive; 0n from the beginning. */
  readonly after: bigint;
}

export interface FindPage {
  readonly events: readonly StoredEvent[];
  /** Where to go on: everything up to here was looked at. */
  readonly nextAfter: bigint;
  /**
   * False when the head was reached, the one at the beginning of the call at least: `nextAfter` is not before it then. A
   * page may be empty while this is true.
   */
  readonly more: boolean;
}

export interface FindNewestQuery extends FindFilters {
  /** Exclusive; the position behind the head to begin with the newest. */
  readonly before: bigint;
}

export interface FindNewestPage {
  /** Newest first. */
  readonly events: readonly StoredEvent[];
  /** Where to go on: everything from here on, up to `before`, was looked at. */
  readonly nextBefore: bigint;
  /** False when the oldest event held was reached. A page may be empty while this is true. */
  readonly more: boolean;
}

export interface ReadOptions {
  /** Most events to return; at least one whole batch is returned. Batches without any of `types` need not count. */
  readonly eventsMax: number;
  /**
   * Types that the caller looks at. Batches without any of them (`mayHold`) may come unread: such a batch has its place,
   * its `types` and its recorded times; asking for anything else throws.
   */
  readonly types?: ReadonlySet<string> | undefined;
}

export interface LogReader {
  /** Changes when the log is created anew or restored from a backup. */
  readonly incarnation: string;
  readonly bucketCount: number;
  bucketOf(tenant: string): number;
  head(bucket: number): Promise<LogHead>;
  /**
   * The newest position of a bucket that this process has heard of, without asking anybody. It hears of its own appends
   * at once and, while somebody listens, of others' as `onAppend` says, before the wake-up: a reader that stands there
   * has nothing to read until it is woken.
   */
  knownHead(bucket: number): bigint;
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
  /**
   * The version of each stream, 0n for one without events, in one look: for somebody who holds states of many streams and
   * asks which of them moved on. Sees whatever was appended before the call. At most VERSIONS_PER_READ_MAX streams.
   */
  streamVersions(tenant: string, streams: readonly string[]): Promise<readonly bigint[]>;
  find(query: FindQuery): Promise<FindPage>;
  /** The same events the other way round. What retention removed meanwhile is passed over. */
  findNewest(query: FindNewestQuery): Promise<FindNewestPage>;
  /**
   * Calls `listener` soon after something was appended to the bucket by this or any other process (at most 250 ms
   * later). Only a wake-up: it may come without news and carries none. Returns the way to stop it.
   */
  onAppend(bucket: number, listener: () => void): () => void;
}

export interface EventLog extends LogReader {
  /**
   * Appends events received from outside, each for itself: one may be a duplicate while its neighbour is created.
   * Resolves when every created event, and every original of a duplicate, is durable; the bytes of the drafts are the
   * caller's again then, unless an outcome is `unknown`. Errors: OVERLOADED before
   * anything was queued, UNAVAILABLE and STORAGE_FULL when nothing was stored.
   */
  appendReceived(
    tenant: string,
    drafts: readonly EventDraft[],
  ): Promise<readonly ReceivedOutcome[]>;
  /** Appends one command's events, all or none. Errors as above. */
  appendDecided(append: DecidedAppend): Promise<DecidedOutcome>;
  /** The stored answer of a key, null when there is none (any more). Sees whatever was appended before the call. */
  findAnswer(tenant: string, key: Uint8Array): Promise<StoredAnswer | null>;
  /** Records the answer to a command without events, or gives the one that was recorded before. */
  recordAnswer(
    tenant: string,
    answer: AnswerRecord,
  ): Promise<{ readonly recorded: boolean; readonly answer: StoredAnswer }>;
  /** Where a command id stands in a stream: version and position of the command's last event there. */
  findCommand(
    tenant: string,
    stream: string,
    commandId: string,
  ): Promise<{ readonly version: bigint; readonly position: bigint } | null>;
  /** Stops taking appends, waits for those under way, releases what it holds. */
  close(): Promise<void>;
}
