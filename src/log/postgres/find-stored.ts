/**
 * Which of the received events are stored already, each verified against the stored event before it is called anything.
 *
 *   exact table       -> position -> batch -> verified
 *   filter of a run   -> recalled: the batch that holds the key was read back a moment ago -> verified
 *                     -> looked up in the run -> position -> batch -> verified
 *
 * What is repeated is mostly repeated in the order it was sent. So of many events that wait for a run only a few are
 * looked up at first, the batches they are found in are read, and most others stand in those. Asking for each instead
 * cost PostgreSQL 16 us an event as soon as the originals were older than the keys in memory.
 */
import { contentOfDraft, sameContent } from '../../core/content-equality.ts';
import type { EventDraft } from '../../core/event.ts';
import type { StoredBatch } from '../codec/stored-batch.ts';
import type { BucketKeys } from '../dedupe/bucket-keys.ts';
import type { SealedRun } from '../dedupe/sealed-runs.ts';
import type { ReceivedOutcome } from '../log.ts';
import type { KeyLookUp } from './look-up-keys.ts';
import type { FreshEvent } from './fresh-event.ts';

/** A received event under examination. */
export interface Received extends FreshEvent {
  /** Positions that may hold the same key; null when there is none. */
  candidates: number[] | null;
}

export interface StoredSources {
  readonly keys: BucketKeys;
  /** Settles what the filters let through. */
  lookUp(lookUps: readonly KeyLookUp[]): Promise<number[][]>;
  /**
   * Batches that hold the first of the positions (ascending), each unpacked at most once, and up to which position
   * that is: events may have a mebibyte each, so not all need fit in memory at a time.
   */
  holding(
    positions: readonly number[],
  ): Promise<{ readonly batches: readonly StoredBatch[]; readonly through: number }>;
  /** A position with this key hash in a batch that was read back lately, and that batch. */
  recall(
    high: number,
    low: number,
  ): { readonly batch: StoredBatch; readonly position: number } | undefined;
}

/** Look-ups of the first round; each further round asks for so many times more. */
const PROBES = 8;
const PROBES_FACTOR = 8;

/** An event that runs may hold, with those runs, newest last. */
interface Asked {
  readonly event: Received;
  readonly index: number;
  readonly runs: readonly SealedRun[];
}

type Outcomes = Map<number, ReceivedOutcome>;

/** Outcome of each received event that is stored already, by index. */
export async function findStored(
  received: readonly Received[],
  sources: StoredSources,
): Promise<ReadonlyMap<number, ReceivedOutcome>> {
  const outcomes: Outcomes = new Map();
  await settleRuns(askedOf(received, sources.keys), sources, outcomes);
  let rest = positionsOf(received, outcomes);
  while (rest.length > 0) {
    const { batches, through } = await sources.holding(rest);
    verifyAll(received, batches, outcomes);
    rest = rest.filter((position) => position > through);
  }
  return outcomes;
}

function askedOf(received: readonly Received[], keys: BucketKeys): Asked[] {
  const asked: Asked[] = [];
  let runs: SealedRun[] = [];
  for (let index = 0; index < received.length; index++) {
    const event = received[index];
    if (event === undefined) continue;
    keys.runCandidates(event.high, event.low, runs);
    if (runs.length === 0) continue;
    asked.push({ event, index, runs });
    runs = [];
  }
  return asked;
}

/** Recalls what can be recalled, looks the others up in growing numbers; what they find become candidates. */
async function settleRuns(
  asked: readonly Asked[],
  sources: StoredSources,
  outcomes: Outcomes,
): Promise<void> {
  let waiting = asked.filter((one) => !recalled(one, sources, outcomes));
  for (let probes = PROBES; waiting.length > 0; probes *= PROBES_FACTOR) {
    const some = spread(waiting, probes);
    const found = await lookUp(some, sources);
    if (some.length === waiting.length) return;
    const chosen = new Set(some);
    const rest = waiting.filter((one) => !chosen.has(one));
    if (found.length > 0) await sources.holding(found.sort((a, b) => a - b));
    waiting = rest.filter((one) => !recalled(one, sources, outcomes));
    // Nothing found: these are new keys that a filter let through, or strangers to each other.
    if (waiting.length === rest.length) probes = waiting.length;
  }
}

/** At most about `count` of the list, evenly spread over it; all of it when it has not many more. */
function spread<T>(list: readonly T[], count: number): readonly T[] {
  if (list.length <= 2 * count) return list;
  const step = list.length / count;
  return list.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

/**
 * Whether an event was settled by a batch read back lately. Its key may be stored more than once, when the older one
 * has left the window: only the newest run that may hold it is settled so, and nothing that an exact table knows.
 */
function recalled({ event, index, runs }: Asked, { recall }: StoredSources, into: Outcomes) {
  const newest = runs.at(-1);
  if (event.candidates !== null || newest === undefined) return false;
  const found = recall(event.high, event.low);
  if (found === undefined) return false;
  if (found.position < newest.firstPosition || found.position > newest.lastPosition) return false;
  const outcome = verify(event, found.position, found.batch);
  if (outcome !== null) into.set(index, outcome);
  return outcome !== null;
}

/** Adds what the runs hold to the candidates; returns the new ones. */
async function lookUp(asked: readonly Asked[], sources: StoredSources): Promise<number[]> {
  const lookUps = asked.flatMap(({ event: { high, low }, runs }) =>
    runs.map((run) => ({ high, low, run })),
  );
  const positions = await sources.lookUp(lookUps);
  const all: number[] = [];
  let next = 0;
  for (const { event, runs } of asked)
    for (let run = 0; run < runs.length; run++) {
      const more = positions[next++] ?? [];
      if (more.length === 0) continue;
      event.candidates = [...(event.candidates ?? []), ...more];
      all.push(...more);
    }
  return all;
}

/** Positions that have to be looked at, ascending, each once. */
function positionsOf(received: readonly Received[], outcomes: Outcomes): number[] {
  const positions = new Set<number>();
  for (let index = 0; index < received.length; index++) {
    const candidates = received[index]?.candidates;
    if (!candidates || outcomes.has(index)) continue;
    for (const position of candidates) positions.add(position);
  }
  return [...positions].sort((a, b) => a - b);
}

/**
 * Newest first: a key that left the window and was stored again has two originals, of which the newer counts, also
 * over one of an earlier round.
 */
function verifyAll(
  received: readonly Received[],
  batches: readonly StoredBatch[],
  outcomes: Outcomes,
): void {
  let last: StoredBatch | undefined;
  received.forEach((event, index) => {
    if (event.candidates === null) return;
    for (const position of event.candidates.sort((a, b) => b - a)) {
      if (!last || !holds(last, position)) last = batches.find((batch) => holds(batch, position));
      const outcome = last === undefined ? null : verify(event, position, last);
      if (outcome === null) continue;
      outcomes.set(index, outcome);
      break;
    }
  });
}

/**
 * Batches may overlap: one from our cache is as it was appended, one from the database may have been merged since. So
 * there is no order to search by; a miss here would store a key twice.
 */
function holds(batch: StoredBatch, position: number): boolean {
  return batch.first <= position && position <= batch.last;
}

/** A candidate is the same key only if the stored event says so. Null: another key with the same hash. */
function verify(event: Received, position: number, batch: StoredBatch): ReceivedOutcome | null {
  const index = position - batch.first;
  if (batch.decoder.removedAt(index) || batch.decoder.decidedAt(index)) return null;
  if (batch.tenantAt(index) !== event.tenant || batch.sourceAt(index) !== event.draft.source)
    return null;
  const { bytes, idStart, idEnd } = event.draft;
  if (!batch.decoder.equalsId(index, bytes, { start: idStart, end: idEnd })) return null;
  const same =
    batch.decoder.equalsBytes(index, event.draft) || sameAsStored(batch, index, event.draft);
  return { status: same ? 'duplicate' : 'conflict', position: BigInt(position) };
}

function sameAsStored(batch: StoredBatch, index: number, draft: EventDraft): boolean {
  const held = batch.eventAt(index);
  return held !== null && sameContent(held, contentOfDraft(draft));
}
