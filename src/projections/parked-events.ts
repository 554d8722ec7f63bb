/** Retrying and skipping parked events: in order, each exactly once, with its removal in one transaction. */
import { Failure } from '../core/errors.ts';
import type { ReadModel } from '../core/read-model.ts';
import type { LogReader } from '../log/log.ts';
import { foldParked } from './fold-chunk.ts';
import { PARKED_TRIES_MAX } from './limits.ts';
import type { ParkedRecord, Place, ProjectionStore } from './projection-store.ts';
import { createPreparer, type PreparedEvent } from './read-chunk.ts';
import { keysToLoad } from './rows-to-load.ts';
import { RowSet } from './row-set.ts';
import { rowShapeOf } from './row-values.ts';
import { withTouchedKeys } from './touched-keys.ts';

export interface ReplayParked {
  readonly model: ReadModel;
  readonly place: Place;
  readonly of: { readonly tenant: string; readonly stream: string };
  /** Gives up the first. */
  readonly skipFirst: boolean;
}

/**
 * Replays what is parked of one stream in one generation; how many are left. While it is prepared, further events of
 * the stream may be parked behind; then it is prepared anew. Errors: OVERLOADED when that never ends.
 */
export async function replayParked(
  { log, store }: { readonly log: LogReader; readonly store: ProjectionStore },
  { model, place, of, skipFirst }: ReplayParked,
): Promise<number> {
  const shape = rowShapeOf(place.generation.columns);
  for (let tries = 0; tries < PARKED_TRIES_MAX; tries += 1) {
    const parked = await store.parkedOf(place, of);
    if (parked.length === 0) return 0;
    const events = await preparedOf({ log, model }, place, parked);
    const known = events.flatMap(({ prepared }) => (prepared === null ? [] : [prepared]));
    let settledCount = 0;
    const outcome = await store.commitParked(place, {
      ...of,
      expected: parked.map(({ position }) => position),
      keys: keysToLoad(new RowSet(), known),
      fold(rows) {
        const held = new RowSet();
        held.add(rows);
        const write = foldParked({ model, shape, rows: held }, events, skipFirst);
        settledCount = write.settle.filter(({ outcome: was }) => was !== 'failed').length;
        return write;
      },
    });
    if (outcome === 'committed') return parked.length - settledCount;
  }
  throw new Failure('OVERLOADED', 'The stream gets new events all the time; try again.');
}

/** The parked events as they are read now; null for one that is gone or no longer asked for. */
async function preparedOf(
  { log, model }: { readonly log: LogReader; readonly model: ReadModel },
  { bucket }: Place,
  parked: readonly ParkedRecord[],
): Promise<readonly { readonly position: bigint; readonly prepared: PreparedEvent | null }[]> {
  const preparer = createPreparer(model);
  const found: { position: bigint; prepared: PreparedEvent | null }[] = [];
  for (const { position } of parked) {
    const stored = await storedAt(log, bucket, position);
    const prepared = stored === null ? null : preparer.prepare(stored);
    const [known] = prepared === null ? [] : await withTouchedKeys([prepared], { log, preparer });
    found.push({ position, prepared: known ?? null });
  }
  return found;
}

async function storedAt(log: LogReader, bucket: number, position: bigint) {
  try {
    const [batch] = await log.readBatches(bucket, position - 1n, { eventsMax: 1 });
    if (batch === undefined || batch.firstPosition > position) return null;
    return batch.eventAt(Number(position - batch.firstPosition));
  } catch (error) {
    if (error instanceof Failure && error.code === 'CURSOR_EXPIRED') return null;
    throw error;
  }
}
