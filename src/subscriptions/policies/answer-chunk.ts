/**
 * Answers a chunk of events: lane by lane, several lanes at once. The lane of an event is its stream, or the key of the
 * process manager that it belongs to. Once an event of a lane is parked, those behind it are parked too.
 */
import type { StoredEvent } from '../../core/event.ts';
import type { RecordedEvent } from '../../core/recorded-event.ts';
import {
  answerEvent,
  reportThrow,
  type AnswerDependencies,
  type RunningPolicy,
} from './answer-event.ts';
import {
  BEHIND,
  laneKey,
  type Lane,
  type LaneChange,
  type OutcomeCounts,
  type PolicyPlace,
  type PolicyStore,
  type TimerChange,
} from './policy-store.ts';

/**
 * Commands under way for one policy and bucket. Each waits for two look-ups and an append, which all that are under way
 * share: with 32 one policy gave 1,000 to 2,400 commands a second on two busy cores, with 200 more than 4,000, and less
 * CPU for each. More would crowd out people: the pipeline takes 10,000 at once.
 */
const LANES_AT_ONCE = 200;

/** An event that the policy declared. */
export type Item = Lane & { readonly event: StoredEvent } & (
    | { readonly recorded: RecordedEvent }
    /** It could not be read, or its key could not be told. */
    | { readonly recorded: null; readonly reason: string }
  );

export interface ChunkAnswer {
  readonly lanes: readonly LaneChange[];
  readonly counts: OutcomeCounts;
}

export interface ChunkDependencies extends AnswerDependencies {
  readonly store: PolicyStore;
}

/** Throws what passes by itself; commands that were given by then give their first result when given again. */
export async function answerChunk(
  running: RunningPolicy,
  chunk: { readonly bucket: number; readonly events: readonly StoredEvent[] },
  deps: ChunkDependencies,
): Promise<ChunkAnswer> {
  const items = chunk.events.flatMap((event) => itemOf(running, event, deps) ?? []);
  const lanes = [...Map.groupBy(items, laneKey).values()];
  if (lanes.length === 0) return { lanes: [], counts: NOTHING };
  const place: PolicyPlace = { policy: running.policy.name, bucket: chunk.bucket };
  const named = lanes.flatMap(([first]) => first ?? []);
  const parked = await deps.store.parkedLanes(place, named);
  const states =
    running.policy.keyOf === undefined
      ? new Map<string, unknown>()
      : await deps.store.states(place, named);
  const answers = await concurrently(lanes, (its) => {
    const key = its[0] === undefined ? '' : laneKey(its[0]);
    return answerLane(
      running,
      { items: its, parked: parked.has(key), state: states.get(key) },
      deps,
    );
  });
  return {
    lanes: answers.map(({ change }) => change),
    counts: answers.map(({ counts }) => counts).reduce(sum, NOTHING),
  };
}

const NOTHING: OutcomeCounts = { done: 0, refused: 0, lastRefusal: null };

/** Null for an event that the policy did not declare: a received one of a type that only a module decides. */
export function itemOf(
  { policy, recorder }: RunningPolicy,
  event: StoredEvent,
  deps: AnswerDependencies,
): Item | null {
  const { tenant } = event;
  let reason = 'RECORD_FAILED';
  try {
    const recorded = recorder.record(event);
    if (recorded === null) return null;
    reason = 'KEY_FAILED';
    const lane = policy.keyOf === undefined ? streamOf(event) : `key ${policy.keyOf(recorded)}`;
    return { tenant, lane, event, recorded };
  } catch (error) {
    reportThrow(deps.logger, { policy, error });
    return { tenant, lane: streamOf(event), event, recorded: null, reason };
  }
}

/** A received event has no stream: those of one source about one subject keep their order. */
function streamOf(event: StoredEvent): string {
  if (event.stream !== null) return event.stream;
  const { source, subject, id } = event;
  return subject === null ? `${source} id ${id}` : `${source} subject ${subject}`;
}

interface LaneAnswer {
  readonly change: LaneChange;
  readonly counts: OutcomeCounts;
}

export async function answerLane(
  running: RunningPolicy,
  its: { readonly items: readonly Item[]; readonly parked: boolean; readonly state: unknown },
  deps: AnswerDependencies,
): Promise<LaneAnswer> {
  const [first] = its.items;
  const { tenant = '', lane = '' } = first ?? {};
  const parked: LaneChange['parked'][number][] = [];
  const timers = new Map<string, TimerChange>();
  let counts = NOTHING;
  let state = its.state;
  let evolved = false;
  for (const item of its.items) {
    const { position, type } = item.event;
    if (its.parked || parked.length > 0) {
      parked.push({ position, type, reason: BEHIND });
      continue;
    }
    const answer = await answerItem(running, item, { state, deps });
    if (answer.kind === 'parked') {
      parked.push({ position, type, reason: answer.reason });
      continue;
    }
    if (running.policy.keyOf !== undefined) {
      ({ state } = answer);
      evolved = true;
    }
    for (const change of answer.timers) timers.set(change.timer, change);
    counts = sum(counts, {
      done: answer.done,
      refused: answer.refusals.length,
      lastRefusal: answer.refusals.at(-1) ?? null,
    });
  }
  const change = { tenant, lane, wasParked: its.parked, parked, timers: [...timers.values()] };
  return { change: evolved ? { ...change, state: { value: state } } : change, counts };
}

function answerItem(
  running: RunningPolicy,
  item: Item,
  { state, deps }: { readonly state: unknown; readonly deps: AnswerDependencies },
): ReturnType<typeof answerEvent> {
  const { event, recorded } = item;
  if (recorded === null) return Promise.resolve({ kind: 'parked', reason: item.reason });
  return answerEvent(running, { event, recorded, state }, deps);
}

/** Runs all, at most LANES_AT_ONCE at a time; when one throws, waits for those under way and throws it. */
async function concurrently<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = items.entries();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failed) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const workers = Array.from({ length: Math.min(LANES_AT_ONCE, items.length) }, worker);
  const ended = await Promise.allSettled(workers);
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  return results;
}

function sum(a: OutcomeCounts, b: OutcomeCounts): OutcomeCounts {
  return {
    done: a.done + b.done,
    refused: a.refused + b.refused,
    lastRefusal: b.lastRefusal ?? a.lastRefusal,
  };
}
