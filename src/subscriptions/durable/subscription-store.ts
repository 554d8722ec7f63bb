/** What durable subscriptions keep: checkpoints, which decide, and leases, which only spare work. */
import type { Queryable } from '../../platform/postgres/database.ts';
import type { CheckpointWrite } from './durable.ts';

export interface Place {
  readonly name: string;
  readonly bucket: number;
}

export interface Checkpoint extends Place {
  /** Everything up to here was handled. */
  readonly position: bigint;
  /** Milliseconds since the epoch, of the store's clock: when it last moved or was begun. */
  readonly movedAtMs: number;
  readonly suspended: boolean;
}

export interface Lease {
  /** UUID of the process. */
  readonly owner: string;
  readonly seconds: number;
}

export interface SubscriptionStore {
  /** Begins the checkpoints that do not exist; the others stay where they are. */
  begin(checkpoints: readonly (Place & { readonly position: bigint })[]): Promise<void>;
  /** Of these names, all buckets. */
  read(names: readonly string[]): Promise<readonly Checkpoint[]>;
  readOne(place: Place): Promise<Checkpoint | null>;
  /**
   * Moves the checkpoint and runs `write` in one transaction. False, and nothing written, when the checkpoint was not at
   * `from`. Throws what `write` throws; after a lost connection it is not known which.
   */
  advance(
    place: Place,
    move: { readonly from: bigint; readonly to: bigint },
    write: CheckpointWrite | null,
  ): Promise<boolean>;
  /** Runs `write` in a transaction that no `advance` of the place overlaps; the checkpoint stays. */
  beside<T>(place: Place, write: (tx: Queryable) => Promise<T>): Promise<T>;
  /**
   * Position of the bucket that every subscription has passed, for retention; null when there is none. Those that are
   * suspended, or have not moved for 7 days because nobody runs them any more, do not count.
   */
  passed(bucket: number): Promise<bigint | null>;
  suspend(place: Place): Promise<void>;
  /** Lifts the suspension, in one bucket or everywhere, and counts the time without progress anew. */
  resume(name: string, bucket?: number): Promise<void>;
  /** Takes free and expired leases, renews those held; gives the places that `owner` now holds. */
  lease(names: readonly string[], lease: Lease): Promise<readonly Place[]>;
  /** Gives the leases back. */
  release(owner: string): Promise<void>;
}
