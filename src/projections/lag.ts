import { Failure } from '../core/errors.ts';
import type { Clock } from '../core/clock.ts';
import type { LogReader } from '../log/log.ts';
import type { CheckpointRecord, Generation, ProjectionStore } from './projection-store.ts';

interface LagParts {
  readonly log: LogReader;
  readonly store: ProjectionStore;
  readonly clock: Clock;
}

/** Age in seconds of the oldest event that the generation has not handled, by its checkpoints; 0 when there is none. */
export async function lagSecondsOf(parts: LagParts, generation: Generation): Promise<number> {
  const checkpoints = await parts.store.checkpoints(generation.name);
  return lagOf(
    parts,
    checkpoints.filter((each) => each.generation === generation.generation),
  );
}

export async function lagOf(
  { log, clock }: LagParts,
  checkpoints: readonly CheckpointRecord[],
): Promise<number> {
  let oldest: bigint | null = null;
  for (const { bucket, position } of checkpoints) {
    const since = await recordedAfter(log, bucket, position);
    if (since !== null && (oldest === null || since < oldest)) oldest = since;
  }
  return oldest === null ? 0 : Math.max(0, clock.nowMs() - Number(oldest / 1000n)) / 1000;
}

/** The recorded time is all that is looked at: a person's key that is missing must not stand in the way. */
const NO_TYPES: ReadonlySet<string> = new Set();

/** Recorded time of the first event held behind a position. */
async function recordedAfter(
  log: LogReader,
  bucket: number,
  position: bigint,
): Promise<bigint | null> {
  try {
    const [batch] = await log.readBatches(bucket, position, {
      eventsMax: 1,
      types: NO_TYPES,
    });
    if (batch === undefined) return null;
    return batch.recordedAtMicrosAt(Math.max(0, Number(position - batch.firstPosition) + 1));
  } catch (error) {
    if (!(error instanceof Failure && error.code === 'CURSOR_EXPIRED')) throw error;
    const { lowMark } = await log.head(bucket);
    return recordedAfter(log, bucket, lowMark);
  }
}
