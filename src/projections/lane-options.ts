/** What a lane is given, and what it tells. */
import type { Clock } from '../core/clock.ts';
import type { ReadModel } from '../core/read-model.ts';
import type { LogReader } from '../log/log.ts';
import type { Claim, Place, ProjectionStore, RowWrite } from './projection-store.ts';
import type { SharedReads } from './shared-reads.ts';

/** `progress`: there may be more. `aside`: not before `asideUntilMs`. `gone`: the generation was dropped. */
export type Step = 'progress' | 'idle' | 'aside' | 'gone';

export interface LaneOptions {
  readonly model: ReadModel;
  readonly place: Place;
  readonly store: ProjectionStore;
  readonly log: LogReader;
  readonly reads: SharedReads;
  readonly clock: Clock;
  /** What the lanes of a generation that begin together read together; used once. */
  readonly beginning?: () => Promise<ReadonlyMap<number, Claim>>;
  /** After each chunk: events handled and parked, and when the first of them was recorded. */
  readonly onChunk?: (done: ChunkDone) => void;
  /** After each move of what is handled. */
  readonly onMove?: (move: LaneMove) => void;
}

/** A lane has handled the events after one position up to another. */
export interface LaneMove {
  readonly after: bigint;
  readonly last: bigint;
  /** The rows that changed, as they were committed. Null where only the table can tell what they are. */
  readonly rows: readonly RowWrite[] | null;
}

export interface ChunkDone {
  readonly events: number;
  readonly parked: number;
  readonly sinceMicros: bigint | null;
}
