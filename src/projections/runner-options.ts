/** What the work on read models stands on. */
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { ReadModel } from '../core/read-model.ts';
import type { LogReader } from '../log/log.ts';
import type { LaneMove } from './lane-options.ts';
import type { Lane } from './lane.ts';
import type { ProjectionMetrics } from './projection-metrics.ts';
import type { Place, ProjectionStore } from './projection-store.ts';

export interface RunnerOptions {
  readonly log: LogReader;
  readonly models: readonly ReadModel[];
  readonly store: ProjectionStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: ProjectionMetrics;
  /** False in a process that only reads: it follows the records and works on nothing. */
  readonly works: boolean;
  /** A lane handled something or lost its bucket. */
  readonly onStep: (lane: Lane) => void;
  /** A lane has moved. */
  readonly onMove?: (place: Place, move: LaneMove) => void;
}
