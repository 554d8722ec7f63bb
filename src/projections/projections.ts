/**
 * The ports of projections. A projection is the work that keeps one read model: a generation is one filled table of
 * it, and one generation is active, which is the one that queries read.
 *
 *   filling -> caught-up -> active -> retired -> dropped
 *                 (swap)      (swap-back: retired -> active while it is still kept up to date)
 */
import type { ForgetsPersons } from '../core/personal-data.ts';
import type { ReadModel, Row } from '../core/read-model.ts';
import type { LaneMove } from './lane-options.ts';

export type GenerationState = 'filling' | 'active' | 'retired';

export interface GenerationStatus {
  readonly generation: number;
  /** Version of the read model that fills it. */
  readonly version: number;
  readonly state: GenerationState;
  /** Events of the log between its checkpoints and the heads, over all buckets. */
  readonly behindEvents: bigint;
  /** Events handled since it was begun. */
  readonly eventsDone: bigint;
  readonly startedAt: string;
}

export interface ProjectionStatus {
  readonly name: string;
  readonly paused: boolean;
  /** Age in seconds of the oldest event the active generation has not handled; 0 when it is up to date. */
  readonly lagSeconds: number;
  readonly parkedEvents: number;
  readonly generations: readonly GenerationStatus[];
  /** Shadow copies as of a moment. */
  readonly shadows: readonly ShadowStatus[];
}

export interface ShadowStatus {
  /** RFC 3339. */
  readonly asOf: string;
  readonly ready: boolean;
  /** 0 to 1. */
  readonly progress: number;
  /** Events of the log that were looked at, and those that are left, over all buckets. */
  readonly eventsDone: bigint;
  readonly behindEvents: bigint;
}

export interface WantedShadow {
  readonly asOfMicros: bigint;
  /** Tenant and key or user of whoever asks. */
  readonly by: string;
}

export interface ParkedEvent {
  readonly bucket: number;
  readonly position: bigint;
  readonly tenant: string;
  readonly stream: string;
  readonly type: string;
  /** Why the first of its stream was parked; `behind` for those that wait behind it. No personal data. */
  readonly reason: string;
  readonly attempts: number;
  readonly parkedAt: string;
}

/** Reading one read model: the active generation, or the shadow as of a moment. */
export interface RowReader {
  list(query: RowListQuery): Promise<RowPage>;
  get(query: {
    readonly tenant: string;
    readonly key: string;
    readonly asOfMicros?: bigint | undefined;
  }): Promise<ReadRow | null>;
  /** Those that there are, by key, in one statement; at most KEYS_PER_READ_MAX. Errors: INPUT_INVALID for more. */
  getMany(query: {
    readonly tenant: string;
    readonly keys: readonly string[];
    readonly asOfMicros?: bigint | undefined;
  }): Promise<ReadonlyMap<string, ReadRow>>;
}

/** As many as a page of a list has. */
export const KEYS_PER_READ_MAX = 1_000;

export interface RowListQuery {
  readonly tenant: string;
  /** Values of the model's declared filters, as text. */
  readonly filters: Readonly<Record<string, string>>;
  /** Bounds of the model's declared range, as text: `from` inclusive, `to` exclusive. */
  readonly range?: { readonly from?: string | undefined; readonly to?: string | undefined };
  /** Only rows of these locations and of none, where the model says which column that is; null for all. */
  readonly locations?: readonly string[] | null;
  readonly limit: number;
  /** Opaque: `next` of the page before. */
  readonly after?: string | undefined;
  /** Reads the shadow as of then. Errors: AS_OF_NOT_BUILT. */
  readonly asOfMicros?: bigint | undefined;
}

export interface ReadRow {
  readonly key: string;
  readonly row: Row;
  /** True while an event that touches the row is parked. */
  readonly incomplete: boolean;
}

export interface RowPage {
  readonly items: readonly ReadRow[];
  readonly next: string;
  readonly more: boolean;
}

export interface Projections extends ForgetsPersons {
  /** Begins to work; resolves once tables and checkpoints exist. */
  start(): Promise<void>;
  /** Ends the work under way; what was not committed is done again by whoever comes next. */
  stop(): Promise<void>;
  reader(model: ReadModel): RowReader;
  /**
   * Tells what lanes of this process have handled for the active generation, in the bucket of the tenant, and the rows of
   * all its tenants that they changed. What other processes handle is not told. Returns how to end it.
   */
  onMove(model: ReadModel, tenant: string, listener: (move: LaneMove) => void): () => void;
  /**
   * Resolves when the model's active generation has handled the tenant's bucket up to `position`. Errors: WAIT_TIMEOUT
   * after `timeoutMs`.
   */
  waitFor(
    model: ReadModel,
    place: { readonly tenant: string; readonly position: bigint },
    timeoutMs: number,
  ): Promise<void>;
  /**
   * Resolves when every generation and shadow of every model has handled the bucket up to `position`; paused ones
   * handle it first thing when resumed and do not count. Errors: WAIT_TIMEOUT.
   */
  waitForAll(bucket: number, position: bigint, timeoutMs: number): Promise<void>;
  status(): Promise<readonly ProjectionStatus[]>;
  /** All of these: NOT_FOUND for an unknown name. */
  pause(name: string): Promise<void>;
  resume(name: string): Promise<void>;
  /** Begins a new generation beside the active one, or a shadow as of a moment (RFC 3339). */
  rebuild(name: string, options: { readonly asOf?: string }): Promise<void>;
  /**
   * Asks for the copy as of a moment: begins it unless it is there, and says how far it is. Copies that others looked at in
   * the last minutes are not replaced. Errors: AS_OF_COPIES_IN_USE, INPUT_INVALID for a moment to come.
   */
  askShadow(name: string, wanted: WantedShadow): Promise<ShadowStatus>;
  /** How far the copy as of a moment is, which somebody waits for; null when there is none. */
  shadow(name: string, wanted: WantedShadow): Promise<ShadowStatus | null>;
  /** Makes the retired generation active again. Errors: INPUT_INVALID when there is none. */
  swapBack(name: string): Promise<void>;
  parked(name: string, limit: number): Promise<readonly ParkedEvent[]>;
  /** Replays the parked events of a stream in order; those that fail again stay parked. */
  retry(
    name: string,
    stream: { tenant: string; stream: string },
  ): Promise<{ readonly left: number }>;
  /** Gives up the first parked event of a stream and replays what waits behind it. */
  skip(
    name: string,
    stream: { tenant: string; stream: string },
  ): Promise<{ readonly left: number }>;
  /** SHA-256 over the canonical rows of the active generation of one bucket, or of a fresh fold of the log (L9). */
  stateHash(name: string, bucket: number, source: 'live' | 'replay'): Promise<string>;
}
