/**
 * The port of durable subscriptions: readers of the log with a checkpoint of their own for each bucket. A rebuild of a
 * projection never resets them; side effects hang on them.
 */
import type { StoredEvent } from '../../core/event.ts';
import type { Queryable } from '../../platform/postgres/database.ts';

export interface SubscriptionChunk {
  readonly bucket: number;
  /** Position of the checkpoint before. */
  readonly after: bigint;
  /** Position of the checkpoint afterwards: everything up to here was looked at. */
  readonly through: bigint;
  /** Those of the types asked for, revealed, in order of position; may be empty. */
  readonly events: readonly StoredEvent[];
}

/** Runs in the transaction that moves the checkpoint; when it throws, the checkpoint stays. */
export interface CheckpointWrite {
  (tx: Queryable): Promise<void>;
  /**
   * That nothing it writes changes how what comes next is handled: that is then read and handled while this is written. If
   * it is not written after all, both are handled again. No by default.
   */
  readonly overlaps?: boolean;
}

export interface Subscriber {
  /** `policy.loyalty.earn-on-order`, `webhooks`: unique in an installation, the name of its checkpoints. */
  readonly name: string;
  /** CloudEvents types, null for all. */
  readonly types: ReadonlySet<string> | null;
  /**
   * The types that matter in a bucket at this moment, in place of `types`; asked after the events were read, so what
   * is registered before an event is seen by it. An empty set steps over everything unread.
   */
  interest?(bucket: number): Promise<ReadonlySet<string> | null>;
  /** Where a subscription begins that has no checkpoint yet. */
  readonly from: 'now' | 'beginning';
  /**
   * Does the work of a chunk and says what to write with the checkpoint. May be called again with the same events after
   * a crash or when another process took the bucket. A throw is retried with growing pauses; it never skips events.
   */
  handle(chunk: SubscriptionChunk): Promise<CheckpointWrite | null>;
}

export interface SubscriptionStatus {
  readonly name: string;
  /** Age in seconds of the oldest event not handled; 0 when up to date. */
  readonly lagSeconds: number;
  readonly behindEvents: bigint;
  readonly suspended: boolean;
}

export interface Subscriptions {
  add(subscriber: Subscriber): void;
  start(): Promise<void>;
  /** Ends the chunks under way; what was not committed is handled again. */
  stop(): Promise<void>;
  status(): Promise<readonly SubscriptionStatus[]>;
}
