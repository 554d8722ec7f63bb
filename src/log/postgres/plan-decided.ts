/**
 * Decides in memory what becomes of commands' units and answers, in the order they wait.
 *
 *   answer's key recorded, or taken by an earlier unit of this plan  -> what is recorded there
 *   command id in the stream, or of an earlier unit of this plan     -> known
 *   a stream not at its expected version, or the unit it follows
 *   neither in this plan nor committed                               -> version conflict
 *   otherwise                                                        -> all its events fresh, its marks written with them
 *
 * Keys and command ids together are called marks. They are looked up only when a plan is thorough: the function that
 * appends verifies them under the lock anyway, and nearly all are new.
 */
import { assert } from '../../core/assert.ts';
import type { KeyHasher } from '../dedupe/key-hasher.ts';
import type { AnswerRecord, DecidedAppend, DecidedOutcome, StoredAnswer } from '../log.ts';
import type { AnswerUnit, AppendUnit, DecidedUnit } from './append-unit.ts';
import type { FreshEvent } from './fresh-event.ts';
import type { AnswerPlace, CommandPlace, StoredCommand } from './read-answers.ts';

export interface PlannedStream {
  readonly tenant: string;
  readonly stream: string;
  readonly before: number;
  after: number;
}

/** An answer that goes with the batch. */
export interface PlannedAnswer {
  readonly tenant: string;
  readonly record: AnswerRecord;
  /** Index in the batch of the command's last event; -1 stands for the head before the batch. */
  readonly index: number;
}

/** A command id that goes with the batch. */
export interface PlannedCommand extends CommandPlace {
  readonly version: bigint;
  readonly index: number;
}

export type DecidedFinding =
  | { readonly unit: DecidedUnit; readonly refused: DecidedOutcome }
  | {
      readonly unit: DecidedUnit;
      readonly lastIndex: number;
      readonly versions: readonly bigint[];
    }
  /** The command of an earlier unit of this plan. */
  | { readonly unit: DecidedUnit; readonly command: PlannedCommand }
  | AnswerFinding;

/** `stored` before, or planned: then `first` says whether by this very unit. */
export type AnswerFinding =
  | { readonly unit: DecidedUnit | AnswerUnit; readonly stored: StoredAnswer }
  | {
      readonly unit: DecidedUnit | AnswerUnit;
      readonly answer: PlannedAnswer;
      readonly first: boolean;
    };

/** What is recorded of the marks that were looked up. */
export interface StoredMarks {
  readonly answers: ReadonlyMap<string, StoredAnswer>;
  readonly commands: ReadonlyMap<string, StoredCommand>;
}

export interface MarkSources {
  answers(places: readonly AnswerPlace[]): Promise<readonly (StoredAnswer | null)[]>;
  commands(places: readonly CommandPlace[]): Promise<readonly (StoredCommand | null)[]>;
}

export function streamKey(tenant: string, stream: string): string {
  return `${tenant}\0${stream}`;
}

export function answerKey({ tenant, key }: AnswerPlace): string {
  const { buffer, byteOffset, byteLength } = key;
  return `${tenant}\0${Buffer.from(buffer, byteOffset, byteLength).toString('latin1')}`;
}

export function commandKey({ tenant, stream, commandId }: CommandPlace): string {
  return `${tenant}\0${stream}\0${commandId}`;
}

/** What is recorded of the marks of `units`: at most one statement for answers and one for commands. */
export async function lookUpMarks(
  units: readonly AppendUnit[],
  sources: MarkSources,
): Promise<StoredMarks> {
  const answers = new Map<string, AnswerPlace>();
  const commands = new Map<string, CommandPlace>();
  for (const unit of units) {
    const answer = answerPlace(unit);
    if (answer) answers.set(answerKey(answer), answer);
    const command = commandPlace(unit);
    if (command) commands.set(commandKey(command), command);
  }
  return {
    answers: await found(answers, (places) => sources.answers(places)),
    commands: await found(commands, (places) => sources.commands(places)),
  };
}

async function found<Place, Stored>(
  places: ReadonlyMap<string, Place>,
  read: (places: readonly Place[]) => Promise<readonly (Stored | null)[]>,
): Promise<ReadonlyMap<string, Stored>> {
  const stored = new Map<string, Stored>();
  if (places.size === 0) return stored;
  const rows = await read([...places.values()]);
  let index = 0;
  for (const key of places.keys()) {
    const row = rows[index++];
    if (row) stored.set(key, row);
  }
  return stored;
}

function answerPlace(unit: AppendUnit): AnswerPlace | null {
  if (unit.kind === 'answer') return { tenant: unit.tenant, key: unit.answer.key };
  if (unit.kind === 'received' || !unit.append.answer) return null;
  return { tenant: unit.append.tenant, key: unit.append.answer.key };
}

function commandPlace(unit: AppendUnit): CommandPlace | null {
  if (unit.kind !== 'decided' || unit.append.commandId === undefined) return null;
  const { tenant, commandId, streams } = unit.append;
  const stream = streams[0]?.stream;
  assert(stream !== undefined, 'a unit names a stream');
  return { tenant, stream, commandId };
}

export interface DecidedPlan {
  readonly streams: ReadonlyMap<string, PlannedStream>;
  readonly hasher: KeyHasher;
  /** Null while no mark was looked up. */
  readonly marks: StoredMarks | null;
  readonly fresh: FreshEvent[];
  readonly answers: Map<string, PlannedAnswer>;
  readonly commands: Map<string, PlannedCommand>;
  /** Units of this plan whose events are fresh. */
  readonly taken: Set<DecidedAppend>;
  /** Whether a unit was committed by this instance before. */
  isAppended(append: DecidedAppend): boolean;
}

export function planUnit(unit: DecidedUnit | AnswerUnit, plan: DecidedPlan): DecidedFinding {
  const place = answerPlace(unit);
  const key = place && answerKey(place);
  const stored = key === null ? undefined : plan.marks?.answers.get(key);
  if (stored) return { unit, stored };
  const planned = key === null ? undefined : plan.answers.get(key);
  if (planned) return { unit, answer: planned, first: false };
  if (unit.kind === 'decided') {
    const finding = planDecided(unit, plan);
    if (key !== null && unit.append.answer && 'versions' in finding)
      plan.answers.set(key, {
        tenant: unit.append.tenant,
        record: unit.append.answer,
        index: finding.lastIndex,
      });
    return finding;
  }
  assert(key !== null, 'an answer has a key');
  const answer = { tenant: unit.tenant, record: unit.answer, index: plan.fresh.length - 1 };
  plan.answers.set(key, answer);
  return { unit, answer, first: true };
}

/** All or none: every version is compared before the first event is taken in. */
function planDecided(unit: DecidedUnit, plan: DecidedPlan): DecidedFinding {
  const { tenant, streams, follows } = unit.append;
  const place = commandPlace(unit);
  const key = place && commandKey(place);
  if (key !== null) {
    const stored = plan.marks?.commands.get(key);
    if (stored) return { unit, refused: { status: 'known', ...stored } };
    const planned = plan.commands.get(key);
    if (planned) return { unit, command: planned };
  }
  const orphan = follows !== undefined && !plan.taken.has(follows) && !plan.isAppended(follows);
  for (const { stream, expectedVersion } of streams) {
    const actual = BigInt(plan.streams.get(streamKey(tenant, stream))?.after ?? 0);
    if (orphan || actual !== expectedVersion)
      return { unit, refused: { status: 'version-conflict', stream, actual } };
  }
  plan.taken.add(unit.append);
  const start = plan.fresh.length;
  const versions = streams.map((part) => takeIn(tenant, part, plan));
  const lastIndex = plan.fresh.length - 1;
  if (place && key !== null) {
    // The first stream's events come first. Without any there the unit's end stands for them.
    const own = streams[0]?.events.length ?? 0;
    const index = own > 0 ? start + own - 1 : lastIndex;
    plan.commands.set(key, { ...place, version: versions[0] ?? 0n, index });
  }
  return { unit, lastIndex, versions };
}

/** The version of the stream behind its new events. */
function takeIn(
  tenant: string,
  { stream, events }: DecidedUnit['append']['streams'][number],
  plan: DecidedPlan,
): bigint {
  const planned = plan.streams.get(streamKey(tenant, stream));
  if (!planned) throw new RangeError('the version of a stream was not loaded');
  for (const draft of events) {
    plan.hasher.keyOf(tenant, draft);
    const { high, low } = plan.hasher;
    planned.after++;
    plan.fresh.push({ draft, tenant, stream, streamVersion: planned.after, high, low });
  }
  return BigInt(planned.after);
}

/** Whether a refusal may be wrong because the unit's marks were not looked up: a mark decides before a version. */
export function needsMarks(finding: {
  readonly unit: AppendUnit;
  readonly refused?: unknown;
}): boolean {
  const { unit } = finding;
  return (
    finding.refused !== undefined &&
    unit.kind === 'decided' &&
    (unit.append.answer !== undefined || unit.append.commandId !== undefined)
  );
}
