/** What an operator does about parked events: try again in order, or give one up and go on behind it. */
import type { Queryable } from '../../platform/postgres/database.ts';
import { Failure } from '../../core/errors.ts';
import { readEvent } from '../durable/chunk-reader.ts';
import { answerLane, itemOf, type ChunkAnswer } from './answer-chunk.ts';
import type { RunningPolicy } from './answer-event.ts';
import type { Lane, LaneChange, ParkedRow, PolicyPlace } from './policy-store.ts';
import { laneKey } from './policy-store.ts';
import { enqueueTimers, fireTimer, type TimerDependencies } from './timers.ts';
import type { Jobs } from '../../platform/jobs/jobs.ts';

/** One request answers at most this many; the rest waits for the next, and the answer says how many. */
const RETRIES_MAX = 1_000;

export interface ParkedDependencies extends TimerDependencies {
  readonly jobs: Pick<Jobs, 'enqueueAll' | 'cancel'>;
  /** Runs in a transaction that excludes moves of the policy's checkpoint of the bucket. */
  readonly beside: <T>(place: PolicyPlace, write: (tx: Queryable) => Promise<T>) => Promise<T>;
}

export interface LanePlace {
  readonly place: PolicyPlace;
  readonly lane: Lane;
}

/** Answers what is parked in a lane, in order, until one fails again; gives how many are left. Throws what passes. */
export async function retryLane(
  running: RunningPolicy,
  { place, lane }: LanePlace,
  deps: ParkedDependencies,
): Promise<{ readonly left: number }> {
  for (let retries = 0; retries < RETRIES_MAX; retries += 1) {
    const first = await deps.store.firstParked(place, lane);
    if (first === null) return { left: 0 };
    const answered = await retryRow(running, { place, row: first.row }, deps);
    if (!answered) return { left: first.count };
  }
  return { left: (await deps.store.firstParked(place, lane))?.count ?? 0 };
}

/** Gives up the first parked event of a lane and answers those behind it. Errors: NOT_FOUND when nothing is parked. */
export async function skipFirst(
  running: RunningPolicy,
  at: LanePlace,
  deps: ParkedDependencies,
): Promise<{ readonly left: number }> {
  const { place, lane } = at;
  const first = await deps.store.firstParked(place, lane);
  if (first === null) throw new Failure('NOT_FOUND', 'Nothing is parked there.');
  const { row } = first;
  await deps.beside(place, async (tx) => {
    await deps.store.unpark(tx, place, row);
    if (row.timer !== '') await deps.store.removeTimer(tx, place, row);
  });
  return retryLane(running, at, deps);
}

interface RowPlace {
  readonly place: PolicyPlace;
  readonly row: ParkedRow;
}

/** Whether the row is no longer parked. */
async function retryRow(
  running: RunningPolicy,
  at: RowPlace,
  deps: ParkedDependencies,
): Promise<boolean> {
  const { place, row } = at;
  const reason =
    row.timer === '' ? await retryEvent(running, at, deps) : await retryTimer(running, at, deps);
  if (reason === null) return true;
  await deps.beside(place, (tx) => deps.store.parkAgain(tx, place, { ...row, newReason: reason }));
  return false;
}

/** Null when it was answered, else why it was not. */
async function retryEvent(
  running: RunningPolicy,
  { place, row }: RowPlace,
  deps: ParkedDependencies,
): Promise<string | null> {
  const event = await readEvent(deps, row);
  // Retention has removed it; nobody can answer it any more, and those behind it need not wait.
  const item = event === null ? null : itemOf(running, event, deps);
  if (item === null) {
    await deps.beside(place, (tx) => deps.store.unpark(tx, place, row));
    return null;
  }
  const states = await deps.store.states(place, [row]);
  const its = { items: [item], parked: false, state: states.get(laneKey(row)) };
  const { change, counts } = await answerLane(running, its, deps);
  const [parked] = change.parked;
  if (parked !== undefined) return parked.reason;
  const lanes: LaneChange[] = [{ ...change, tenant: row.tenant, lane: row.lane }];
  await settle({ place, row }, { lanes, counts }, deps);
  return null;
}

async function retryTimer(
  running: RunningPolicy,
  { place, row }: RowPlace,
  deps: ParkedDependencies,
): Promise<string | null> {
  const outcome = await fireTimer(running, { ...place, ...row }, deps);
  if (outcome.kind === 'unfit') return outcome.reason;
  const counts = countsOfTimer(outcome);
  await settle({ place, row }, { lanes: [], counts }, deps);
  return null;
}

export function countsOfTimer(
  outcome:
    { readonly kind: 'done' | 'stale' } | { readonly kind: 'refused'; readonly code: string },
): ChunkAnswer['counts'] {
  const refused = outcome.kind === 'refused';
  return {
    done: outcome.kind === 'done' ? 1 : 0,
    refused: refused ? 1 : 0,
    lastRefusal: refused ? outcome.code : null,
  };
}

/** Takes the row out together with what answering it changed; when somebody else was faster, nothing is written. */
async function settle(
  { place, row }: RowPlace,
  changes: ChunkAnswer,
  deps: ParkedDependencies,
): Promise<void> {
  await deps.beside(place, async (tx) => {
    if (!(await deps.store.unpark(tx, place, row))) return;
    if (row.timer !== '') await deps.store.removeTimer(tx, place, row);
    await deps.store.commit(tx, place, changes);
    await enqueueTimers(deps.jobs, tx, { place, lanes: changes.lanes });
  });
}
