/**
 * Decides in memory what of the waiting units becomes part of the next batch, as of the head that `keys` and `versions`
 * know. Compare-and-append makes the decision exact: it commits only if that head is still the head.
 *
 *   received event  -> duplicate or conflict of a stored event (verified against it)
 *                   -> the same as an earlier event of this plan
 *                   -> fresh
 *   decided unit    -> version conflict, or all its events fresh
 */
import { sameContent, contentOfDraft } from '../../core/content-equality.ts';
import type { EventDraft } from '../../core/event.ts';
import type { StoredBatch } from '../codec/stored-batch.ts';
import type { BucketKeys, SealedRun } from '../dedupe/bucket-keys.ts';
import type { KeyHasher } from '../dedupe/key-hasher.ts';
import type { DecidedOutcome, ReceivedOutcome } from '../log.ts';
import type { AppendUnit, DecidedUnit, ReceivedUnit } from './append-unit.ts';
import type { KeyLookUp } from './look-up-keys.ts';
import { PlanKeys } from './plan-keys.ts';

/** An event that goes into the batch. */
export interface FreshEvent {
  readonly draft: EventDraft;
  readonly tenant: string;
  readonly stream: string | null;
  readonly streamVersion: number;
  readonly high: number;
  readonly low: number;
}

/**
 * What a received event turned out to be: fresh, as its index in `AppendPlan.fresh` (a plain number, since nearly every
 * event is), stored already, or the repetition of one that is fresh.
 */
type ReceivedFinding =
  | number
  | { readonly outcome: ReceivedOutcome }
  | { readonly repeats: number; readonly same: boolean };

type UnitFinding =
  | { readonly unit: ReceivedUnit; readonly events: readonly ReceivedFinding[] }
  | { readonly unit: DecidedUnit; readonly refused: DecidedOutcome }
  | {
      readonly unit: DecidedUnit;
      readonly lastIndex: number;
      readonly versions: readonly bigint[];
    };

export interface AppendPlan {
  readonly fresh: readonly FreshEvent[];
  readonly findings: readonly UnitFinding[];
  /** Version of each stream that the batch relies on or moves, before and after. */
  readonly streams: ReadonlyMap<string, PlannedStream>;
}

export interface PlannedStream {
  readonly tenant: string;
  readonly stream: string;
  readonly before: number;
  after: number;
}

export interface PlanSources {
  readonly keys: BucketKeys;
  readonly hasher: KeyHasher;
  /** Settles what the filters let through. */
  lookUp(lookUps: readonly KeyLookUp[]): Promise<number[][]>;
  /**
   * Batches that hold the first of the positions (ascending), each unpacked at most once, and up to which position
   * that is: events may have a mebibyte each, so not all need fit in memory at a time.
   */
  holding(
    positions: readonly number[],
  ): Promise<{ readonly batches: readonly StoredBatch[]; readonly through: number }>;
  /** Versions of streams as of the known head or later. */
  versions(streams: readonly { tenant: string; stream: string }[]): Promise<readonly number[]>;
}

/** A received event under examination. */
interface Received extends FreshEvent {
  candidates: number[] | null;
}

export async function planAppend(
  units: readonly AppendUnit[],
  sources: PlanSources,
): Promise<AppendPlan> {
  const received = hashReceived(units, sources);
  const stored = await findStored(received, sources);
  const streams = await loadStreams(units, sources);
  const fresh: FreshEvent[] = [];
  const planned = new PlanKeys();
  let next = 0;
  const findings = units.map((unit): UnitFinding => {
    if (unit.kind === 'decided')
      return planDecided(unit, { streams, fresh, hasher: sources.hasher });
    const events = unit.drafts.map((): ReceivedFinding => {
      const event = received[next];
      const outcome = stored.get(next++);
      if (!event) throw new RangeError('a received event was not hashed');
      if (outcome) return { outcome };
      const earlier = planned.find(event.high, event.low, (index) => sameKey(event, fresh[index]));
      if (earlier >= 0) return { repeats: earlier, same: sameDraft(event, fresh[earlier]) };
      planned.add(event.high, event.low, fresh.length);
      return fresh.push(event) - 1;
    });
    return { unit, events };
  });
  return { fresh, findings, streams };
}

/** Hashes every received event and notes exact candidates. */
function hashReceived(units: readonly AppendUnit[], sources: PlanSources): Received[] {
  const { hasher, keys } = sources;
  const received: Received[] = [];
  const found: number[] = [];
  for (const unit of units) {
    if (unit.kind === 'decided') continue;
    for (const draft of unit.drafts) {
      hasher.keyOf(unit.tenant, draft);
      const { high, low } = hasher;
      const candidates = keys.exactCandidates(high, low, found) > 0 ? found.splice(0) : null;
      const { tenant } = unit;
      received.push({ draft, tenant, stream: null, streamVersion: 0, high, low, candidates });
    }
  }
  return received;
}

/** Outcome of each received event that is stored already, by index. */
async function findStored(
  received: readonly Received[],
  sources: PlanSources,
): Promise<ReadonlyMap<number, ReceivedOutcome>> {
  const outcomes = new Map<number, ReceivedOutcome>();
  await addRunCandidates(received, sources);
  const positions = new Set<number>();
  for (const { candidates } of received) candidates?.forEach((position) => positions.add(position));
  if (positions.size === 0) return outcomes;
  let rest = [...positions].sort((a, b) => a - b);
  while (rest.length > 0) {
    const { batches, through } = await sources.holding(rest);
    received.forEach((event, index) => {
      // Newest first: a key that left the window and was stored again has two originals, of which the newer counts,
      // also over one of an earlier round.
      for (const position of event.candidates?.sort((a, b) => b - a) ?? []) {
        const outcome = verify(event, position, batches);
        if (!outcome) continue;
        outcomes.set(index, outcome);
        break;
      }
    });
    rest = rest.filter((position) => position > through);
  }
  return outcomes;
}

async function addRunCandidates(
  received: readonly Received[],
  { keys, lookUp }: PlanSources,
): Promise<void> {
  const asked: Received[] = [];
  const lookUps: KeyLookUp[] = [];
  const runs: SealedRun[] = [];
  for (const event of received) {
    keys.runCandidates(event.high, event.low, runs);
    for (const run of runs.splice(0)) {
      asked.push(event);
      lookUps.push({ high: event.high, low: event.low, run });
    }
  }
  if (lookUps.length === 0) return;
  const positions = await lookUp(lookUps);
  asked.forEach((event, index) => {
    const more = positions[index] ?? [];
    if (more.length > 0) event.candidates = [...(event.candidates ?? []), ...more];
  });
}

/** A candidate is the same key only if the stored event says so. Null: another key with the same hash. */
function verify(
  event: Received,
  position: number,
  batches: readonly StoredBatch[],
): ReceivedOutcome | null {
  const batch = holdingBatch(batches, position);
  const index = batch ? position - batch.first : 0;
  if (!batch || batch.decoder.removedAt(index) || batch.decoder.decidedAt(index)) return null;
  if (batch.tenantAt(index) !== event.tenant || batch.sourceAt(index) !== event.draft.source)
    return null;
  const { bytes, idStart, idEnd } = event.draft;
  if (!equalBytes(batch.decoder.idBytesAt(index), bytes.subarray(idStart, idEnd))) return null;
  const same =
    batch.decoder.equalsBytes(index, event.draft) || sameAsStored(batch, index, event.draft);
  return { status: same ? 'duplicate' : 'conflict', position: BigInt(position) };
}

function sameAsStored(batch: StoredBatch, index: number, draft: EventDraft): boolean {
  const held = batch.eventAt(index);
  return held !== null && sameContent(held, contentOfDraft(draft));
}

/**
 * A batch that holds the position. They may overlap: one from our cache is as it was appended, one from the database may
 * have been merged since. So there is no order to search by; a miss here would store a key twice.
 */
function holdingBatch(batches: readonly StoredBatch[], position: number): StoredBatch | undefined {
  return batches.find(({ first, last }) => first <= position && position <= last);
}

function sameKey(event: Received, fresh: FreshEvent | undefined): boolean {
  if (!fresh || fresh.stream !== null) return false;
  if (fresh.tenant !== event.tenant || fresh.draft.source !== event.draft.source) return false;
  return equalBytes(
    fresh.draft.bytes.subarray(fresh.draft.idStart, fresh.draft.idEnd),
    event.draft.bytes.subarray(event.draft.idStart, event.draft.idEnd),
  );
}

function sameDraft(event: Received, fresh: FreshEvent | undefined): boolean {
  return (
    fresh !== undefined && sameContent(contentOfDraft(event.draft), contentOfDraft(fresh.draft))
  );
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

export function streamKey(tenant: string, stream: string): string {
  return `${tenant}\0${stream}`;
}

async function loadStreams(
  units: readonly AppendUnit[],
  sources: PlanSources,
): Promise<Map<string, PlannedStream>> {
  const wanted = new Map<string, { tenant: string; stream: string }>();
  for (const unit of units) {
    if (unit.kind === 'received') continue;
    const { tenant, streams } = unit.append;
    for (const { stream } of streams) wanted.set(streamKey(tenant, stream), { tenant, stream });
  }
  if (wanted.size === 0) return new Map();
  const versions = await sources.versions([...wanted.values()]);
  return new Map(
    [...wanted].map(([key, place], index) => {
      const version = versions[index] ?? 0;
      return [key, { ...place, before: version, after: version }];
    }),
  );
}

/** All or none: every version is compared before the first event is taken in. */
function planDecided(
  unit: DecidedUnit,
  plan: { streams: Map<string, PlannedStream>; fresh: FreshEvent[]; hasher: KeyHasher },
): UnitFinding {
  const { tenant, streams } = unit.append;
  for (const { stream, expectedVersion } of streams) {
    const actual = BigInt(plan.streams.get(streamKey(tenant, stream))?.after ?? 0);
    if (actual !== expectedVersion)
      return { unit, refused: { status: 'version-conflict', stream, actual } };
  }
  const versions = streams.map(({ stream, events }) => {
    const planned = plan.streams.get(streamKey(tenant, stream));
    if (!planned) throw new RangeError('the version of a stream was not loaded');
    for (const draft of events) {
      plan.hasher.keyOf(tenant, draft);
      const { high, low } = plan.hasher;
      planned.after++;
      plan.fresh.push({ draft, tenant, stream, streamVersion: planned.after, high, low });
    }
    return BigInt(planned.after);
  });
  return { unit, lastIndex: plan.fresh.length - 1, versions };
}
