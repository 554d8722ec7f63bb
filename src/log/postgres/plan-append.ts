/**
 * Decides in memory what of the waiting units becomes part of the next batch, as of the head that `keys` and `versions`
 * know. Compare-and-append makes the decision exact: it commits only if that head is still the head.
 *
 *   received event       -> duplicate or conflict of a stored event (verified against it)
 *                        -> the same as an earlier event of this plan
 *                        -> fresh
 *   decided unit, answer -> see plan-decided.ts
 */
import { sameContent, contentOfDraft } from '../../core/content-equality.ts';
import type { KeyHasher } from '../dedupe/key-hasher.ts';
import type { DecidedAppend, ReceivedOutcome } from '../log.ts';
import type { AppendUnit, ReceivedUnit } from './append-unit.ts';
import { findStored, type Received, type StoredSources } from './find-stored.ts';
import type { FreshEvent } from './fresh-event.ts';
import { type LoadedVersions, loadVersions, type VersionSources } from './load-versions.ts';
import {
  type DecidedFinding,
  type DecidedPlan,
  lookUpMarks,
  type MarkSources,
  needsMarks,
  type PlannedAnswer,
  type PlannedCommand,
  type PlannedStream,
  planUnit,
  type StoredMarks,
} from './plan-decided.ts';
import { PlanKeys } from './plan-keys.ts';

/**
 * What a received event turned out to be: fresh, as its index in `AppendPlan.fresh` (a plain number, since nearly every
 * event is), stored already, or the repetition of one that is fresh.
 */
type ReceivedFinding =
  | number
  | { readonly outcome: ReceivedOutcome }
  | { readonly repeats: number; readonly same: boolean };

type UnitFinding =
  { readonly unit: ReceivedUnit; readonly events: readonly ReceivedFinding[] } | DecidedFinding;

export interface AppendPlan {
  readonly fresh: readonly FreshEvent[];
  readonly findings: readonly UnitFinding[];
  /** Version of each stream that the batch relies on or moves, before and after. */
  readonly streams: ReadonlyMap<string, PlannedStream>;
  /** True when some version before is its caller's word, which the append has yet to verify. */
  readonly presumed: boolean;
  readonly answers: readonly PlannedAnswer[];
  readonly commands: readonly PlannedCommand[];
}

/** Whether there is nothing to send: every unit was refused, or found stored, or is a mere check. */
export function isEmpty({ fresh, answers, commands }: AppendPlan): boolean {
  return fresh.length === 0 && answers.length === 0 && commands.length === 0;
}

export interface PlanSources extends StoredSources, MarkSources, VersionSources {
  readonly hasher: KeyHasher;
  /** Whether this instance committed the unit. */
  readonly isAppended: (append: DecidedAppend) => boolean;
}

/**
 * A plan presumes what the append verifies anyway, versions of streams not seen lately and marks that are new; `thorough`
 * says that such a presumption was refuted, or that nothing will be appended that could verify it.
 */
export async function planAppend(
  units: readonly AppendUnit[],
  sources: PlanSources,
  thorough: boolean,
): Promise<AppendPlan> {
  const received = hashReceived(units, sources);
  const stored = await findStored(received, sources);
  const versions = await loadVersions(units, sources, thorough);
  // After the versions: who moved a stream recorded its marks with it.
  const marks = thorough ? await lookUpMarks(units, sources) : null;
  const { hasher, isAppended } = sources;
  const found = { received, stored, versions, hasher, isAppended };
  const plan = takeUnits(units, { ...found, marks });
  if (thorough || !plan.findings.some(needsMarks)) return plan;
  return takeUnits(units, { ...found, marks: await lookUpMarks(units, sources) });
}

/** One is enough: a plan is made without waiting in between. */
const planned = new PlanKeys();

interface Found {
  readonly received: readonly Received[];
  readonly stored: ReadonlyMap<number, ReceivedOutcome>;
  readonly versions: LoadedVersions;
  readonly marks: StoredMarks | null;
  readonly hasher: KeyHasher;
  readonly isAppended: PlanSources['isAppended'];
}

function takeUnits(units: readonly AppendUnit[], found: Found): AppendPlan {
  const { received, stored, versions, marks, hasher, isAppended } = found;
  const streams = new Map<string, PlannedStream>();
  for (const [key, { tenant, stream, version }] of versions.streams)
    streams.set(key, { tenant, stream, before: version, after: version });
  const fresh: FreshEvent[] = [];
  const answers = new Map<string, PlannedAnswer>();
  const commands = new Map<string, PlannedCommand>();
  const taken = new Set<DecidedAppend>();
  const marked = { marks, answers, commands };
  const plan: DecidedPlan = { streams, hasher, fresh, ...marked, taken, isAppended };
  planned.begin();
  let next = 0;
  const findings = units.map((unit): UnitFinding => {
    if (unit.kind !== 'received') return planUnit(unit, plan);
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
  return {
    fresh,
    findings,
    streams,
    presumed: versions.presumed,
    answers: [...answers.values()],
    commands: [...commands.values()],
  };
}

/** Hashes every received event and notes exact candidates. */
function hashReceived(units: readonly AppendUnit[], sources: PlanSources): Received[] {
  const { hasher, keys } = sources;
  const received: Received[] = [];
  const found: number[] = [];
  for (const unit of units) {
    if (unit.kind !== 'received') continue;
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
