/** What policies keep beside their checkpoints: states of process managers, what is parked, timers, counts. */
import type { Queryable } from '../../platform/postgres/database.ts';

export interface PolicyPlace {
  readonly policy: string;
  readonly bucket: number;
}

/** Events of one lane are answered in order; other lanes do not wait for them. */
export interface Lane {
  readonly tenant: string;
  /** The stream of the events, or the key of the process manager that they belong to. */
  readonly lane: string;
}

export interface ParkedRow extends Lane {
  readonly bucket: number;
  readonly position: bigint;
  /** Name of the timer that could not be handled; empty for an event. */
  readonly timer: string;
  readonly type: string;
  /** A code, `behind` for an event that waits for another of its lane. */
  readonly reason: string;
  readonly attempts: number;
  /** RFC 3339. */
  readonly parkedAt: string;
}

/** Why an event waits that is not at fault itself. */
export const BEHIND = 'behind';

export interface TimerRow {
  /** Of the event that set it. */
  readonly position: bigint;
  /** Of the process manager when it was set. */
  readonly state: unknown;
}

export type TimerChange =
  | {
      readonly kind: 'set';
      readonly timer: string;
      readonly position: bigint;
      /** RFC 3339. */
      readonly dueAt: string;
      readonly state: unknown;
    }
  | { readonly kind: 'cancel'; readonly timer: string };

/** What answering events of one lane has changed. */
export interface LaneChange extends Lane {
  /** Whether the lane was found parked: it must still be, or what waits behind would wait for nobody. */
  readonly wasParked: boolean;
  /** State of the process manager afterwards; absent when it did not change. */
  readonly state?: { readonly value: unknown };
  readonly parked: readonly {
    readonly position: bigint;
    readonly type: string;
    readonly reason: string;
    readonly timer?: string;
  }[];
  /** The last change of each timer. */
  readonly timers: readonly TimerChange[];
}

export interface OutcomeCounts {
  readonly done: number;
  readonly refused: number;
  /** Code of the newest refusal; null when there was none. */
  readonly lastRefusal: string | null;
}

export interface PolicyCounts extends OutcomeCounts {
  readonly policy: string;
  readonly parked: number;
  readonly timers: number;
}

/** Thrown by `commit` when somebody has retried a lane meanwhile: the chunk is handled again. */
export class LaneChanged extends Error {
  override readonly name = 'LaneChanged';
}

export interface PolicyStore {
  /** States of those lanes that have one, by `laneKey`. */
  states(place: PolicyPlace, lanes: readonly Lane[]): Promise<ReadonlyMap<string, unknown>>;
  /** Those of the lanes in which an event is parked, by `laneKey`. */
  parkedLanes(place: PolicyPlace, lanes: readonly Lane[]): Promise<ReadonlySet<string>>;
  /** Called in the transaction that moves the checkpoint, or beside it. Throws LaneChanged. */
  commit(
    tx: Queryable,
    place: PolicyPlace,
    changes: { readonly lanes: readonly LaneChange[]; readonly counts: OutcomeCounts },
  ): Promise<void>;
  timer(place: PolicyPlace, timer: Lane & { readonly timer: string }): Promise<TimerRow | null>;
  /** Removes a timer if it was still set by that event; whether it was. */
  removeTimer(
    tx: Queryable,
    place: PolicyPlace,
    timer: Lane & { readonly timer: string; readonly position: bigint },
  ): Promise<boolean>;
  /** Oldest first, over all buckets. */
  parked(policy: string, limit: number): Promise<readonly ParkedRow[]>;
  /** The oldest of a lane, null when nothing is parked; and how many are. */
  firstParked(
    place: PolicyPlace,
    lane: Lane,
  ): Promise<{ readonly row: ParkedRow; readonly count: number } | null>;
  /** Removes a parked row; false when somebody else did. */
  unpark(tx: Queryable, place: PolicyPlace, row: ParkedRow): Promise<boolean>;
  /** Notes that a retry failed. */
  parkAgain(
    tx: Queryable,
    place: PolicyPlace,
    row: ParkedRow & { readonly newReason: string },
  ): Promise<void>;
  counts(policies: readonly string[]): Promise<readonly PolicyCounts[]>;
}

export function laneKey({ tenant, lane }: Lane): string {
  return `${tenant} ${lane}`;
}
