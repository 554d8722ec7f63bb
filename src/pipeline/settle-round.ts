/**
 * A round: load, decide, append, answer, for all commands that waited for a stream. Every command is answered, or comes
 * back to be decided again because one before it in the round was not appended after all:
 *
 *   appended           the answer
 *   version-conflict   somebody else was faster: decided again, RETRIES_MAX times, then VERSION_CONFLICT
 *   answered, known    the same command was appended by another process: its answer
 *   unknown            OUTCOME_UNKNOWN; a repeat under the same key learns the truth (L7)
 *   failed             the error, nothing was stored
 *
 * A step that appends nothing (a refusal, say) is only as true as the state it was decided on. Behind an append of the
 * round, that append proves the state. At the head of the round the state comes from storage, never from memory alone. A
 * refusal beside consulted streams that were last looked at before the command came is no answer yet: the command is taken
 * in once more, beside what they are now.
 */
import type { Approval } from '../access/principal.ts';
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import {
  appendSteps,
  outcomeUnknown,
  type StepOutcome,
  type AppendDependencies,
} from './append-steps.ts';
import { approvalRequired } from './authorise.ts';
import { decideWaiting, type AppendStep, type States, type Step } from './decide-waiting.ts';
import { answerWithoutEvents, findEarlier, knownAnswer, repeated } from './idempotency.ts';
import type { LoadedStream, StreamLoader, StreamPlace } from './load-stream.ts';
import type { FoldedStream } from './fold.ts';
import type { PipelineMetrics } from './pipeline-metrics.ts';
import type { SnapshotWriter } from './snapshots/snapshot-writer.ts';
import type { CommandAnswer } from './pipeline.ts';
import { answerOf, type Result } from './stored-answer.ts';
import { together } from './together.ts';
import type { WaitingCommand } from './waiting-command.ts';

/**
 * Times a command is decided again because another process was faster. Each try is won with a chance of a third or so
 * even while the other process keeps the stream busy, so twenty fail about once in three thousand.
 */
export const RETRIES_MAX = 20;

export interface RoundDependencies extends AppendDependencies {
  readonly loader: StreamLoader;
  readonly snapshots: SnapshotWriter;
  readonly metrics: PipelineMetrics;
  readonly logger: Logger;
  readonly newId: () => string;
  /** Takes a command in again that was refused beside consulted states which may be old. */
  readonly readmit: (waiting: WaitingCommand) => void;
  /**
   * Uses an approval up, once for all processes; false when it was used before, taken back or is too old. Without it
   * nothing can be approved.
   */
  readonly useApproval?:
    ((approvalId: string, of: { readonly tenant: string }) => Promise<boolean>) | undefined;
  /** Waits a little before the next try; `conflicts` counts from 1. */
  readonly pause: (conflicts: number) => Promise<void>;
}

/** Settles commands of one stream, or one command with its further streams. Resolves with those to be done again. */
export async function settleRound(
  commands: readonly WaitingCommand[],
  further: readonly StreamPlace[],
  dependencies: RoundDependencies,
): Promise<readonly WaitingCommand[]> {
  const round: Round = { commands, further, parts: dependencies };
  try {
    const { states, steps } = await decideRound(round);
    if (steps.some(needsApproval)) {
      const refused = await useApprovals(round, steps);
      // What was decided behind a command that is not done after all has to be decided again.
      if (refused.size > 0) return commands.filter((waiting) => !refused.has(waiting));
    }
    const outcomes = await appendSteps(steps, dependencies);
    return await answerRound(round, { states, steps, outcomes });
  } catch (error) {
    for (const { reject } of commands) reject(error);
    return [];
  }
}

type ApprovedStep = AppendStep & { readonly approval: Approval };

/** Whether an approval has to be used up before the step is appended. */
function needsApproval(step: Step): step is ApprovedStep {
  return step.kind === 'append' && step.approval !== null && !step.waiting.approvalUsed;
}

/** Uses the approvals of what is about to be appended. Rejects and gives the commands whose approval is no good any more. */
async function useApprovals(
  { parts: { useApproval, log } }: Round,
  steps: readonly Step[],
): Promise<ReadonlySet<WaitingCommand>> {
  const refused = new Set<WaitingCommand>();
  for (const step of steps) {
    if (!needsApproval(step)) continue;
    const { waiting, approval } = step;
    const { tenant } = waiting.place;
    try {
      waiting.approvalUsed = (await useApproval?.(approval.approvalId, { tenant })) ?? false;
      if (waiting.approvalUsed) continue;
      failWaiting(waiting, approvalRequired(waiting.needed, approval.digest), log);
    } catch (error) {
      waiting.reject(error);
    }
    refused.add(waiting);
  }
  return refused;
}

interface Round {
  readonly parts: RoundDependencies;
  readonly commands: readonly WaitingCommand[];
  readonly further: readonly StreamPlace[];
}

interface Decided {
  readonly states: States;
  readonly steps: readonly Step[];
}

/** At once where memory has all the streams, which is as good as always. */
function decideRound(round: Round): Decided | Promise<Decided> {
  const places = placesOf(round);
  const mustVerify = round.commands.some(({ verify }) => verify);
  const loaded = together(places.map((place) => loadPlace(round, place, mustVerify)));
  return loaded instanceof Promise
    ? loaded.then((read) => decideLoaded(round, places, read))
    : decideLoaded(round, places, loaded);
}

function decideLoaded(
  round: Round,
  places: readonly StreamPlace[],
  loaded: readonly LoadedStream[],
): Decided | Promise<Decided> {
  const decided = decideOn(
    round,
    places,
    loaded.map(({ folded }) => folded),
  );
  if (decided.steps[0]?.kind === 'append') return decided;
  const isProven = loaded.every(
    ({ folded, verified }, index) => verified || isNewsTo(round, places[index], folded),
  );
  return isProven ? decided : decideOnNewest(round, places);
}

async function decideOnNewest(round: Round, places: readonly StreamPlace[]): Promise<Decided> {
  const { loader } = round.parts;
  return decideOn(round, places, await Promise.all(places.map((place) => loader.newest(place))));
}

function decideOn(
  { commands, further, parts: { newId } }: Round,
  places: readonly StreamPlace[],
  streams: readonly FoldedStream[],
): Decided {
  const states = new Map<string, FoldedStream>();
  streams.forEach((folded, index) => states.set(places[index]?.key ?? '', folded));
  return { states, steps: decideWaiting(commands, { states, further, newId }) };
}

/**
 * Whether what memory holds was read since the commands were taken in, for a refusal before them: then it is as true for
 * them. Of a thousand who ask for the last ten tables at once, the first who is refused reads for all others.
 */
function isNewsTo(
  { commands, parts: { loader } }: Round,
  place: StreamPlace | undefined,
  folded: FoldedStream,
): boolean {
  // What the notes say is said of the newest state in memory.
  if (place === undefined || loader.held(place) !== folded) return false;
  return commands.every(({ takenInTurn }) => takenInTurn < folded.notes.readInTurn);
}

function loadPlace(
  { parts: { loader }, commands }: Round,
  place: StreamPlace,
  mustVerify: boolean,
): LoadedStream | Promise<LoadedStream> {
  if (mustVerify) return loader.newest(place).then((folded) => ({ folded, verified: true }));
  const [first] = commands;
  // Its own stream is the only one that can be new with the command.
  if (first?.place.key !== place.key) return loader.load(place);
  if (first.isNewStream) return { folded: loader.fresh(place), verified: true };
  return isPresumedNew(first) && loader.held(place) === undefined
    ? { folded: loader.fresh(place), verified: false }
    : loader.load(place);
}

/**
 * What a policy creates is mostly not there, such as the earnings of an order that was paid. Whether it is need not be read
 * before: an append checks its version, and nothing else is decided on a presumption.
 */
function isPresumedNew({ command, request }: WaitingCommand): boolean {
  return command.word === null && request.commandId !== undefined;
}

interface Settled {
  readonly states: States;
  readonly steps: readonly Step[];
  readonly outcomes: readonly StepOutcome[];
}

/** Goes through the steps in order. `stopped`: one was not appended, so nothing is known of those behind it. */
function answerRound(
  round: Round,
  settled: Settled,
): readonly WaitingCommand[] | Promise<readonly WaitingCommand[]> {
  const committed = new Map(settled.states);
  const again: WaitingCommand[] = [];
  let stopped = false;
  let conflicts = 0;
  settled.steps.forEach((step, index) => {
    const outcome: StepOutcome = settled.outcomes[index] ?? { status: 'not-sent' };
    if (outcome.status === 'not-sent' && (stopped || step.kind === 'append')) {
      again.push(step.waiting);
      return;
    }
    if (step.kind === 'stale') {
      // Not awaited, and not in this lane: what it has to load must not hold the stream up.
      round.parts.readmit(step.waiting);
      return;
    }
    if (step.kind !== 'append') {
      answerStep(round, step, committed);
      return;
    }
    if (outcome.status === 'appended') {
      if (!stopped) commit(committed, step, outcome.position);
      step.waiting.resolve(answerOf(step, outcome.position));
      return;
    }
    if (outcome.status === 'version-conflict') {
      if (!stopped) conflicts = conflicted(round, step.waiting);
      if (step.waiting.conflicts <= RETRIES_MAX) again.push(step.waiting);
    } else answerOutcome(step, outcome);
    stopped = true;
  });
  keep(round, settled.states, committed);
  for (const waiting of again) waiting.verify = true;
  return conflicts > 0 ? round.parts.pause(conflicts).then(() => again) : again;
}

function answerStep(
  { parts: { log } }: Round,
  step: Extract<Step, { readonly kind: 'answer' | 'fail' }>,
  committed: ReadonlyMap<string, FoldedStream>,
): void {
  const { waiting } = step;
  if (step.kind === 'fail') {
    failWaiting(waiting, step.failure, log);
    return;
  }
  const position = committed.get(waiting.place.key)?.position ?? 0n;
  // Not awaited: recording it must not hold the stream up.
  waiting.resolve(answerOrEarlier(waiting, { result: step.result, position }, log));
}

/** A command with an id of its own was not looked up before: what it did then may be why it does nothing now. */
async function answerOrEarlier(
  { place, answerKey, command, request }: WaitingCommand,
  { result, position }: { readonly result: Result; readonly position: bigint },
  log: RoundDependencies['log'],
): Promise<CommandAnswer> {
  const { commandId } = request;
  const asked = { answerKey, commandId, creates: command.word === null };
  const earlier = commandId === undefined ? null : await findEarlier(log, place, asked);
  return earlier ?? (await answerWithoutEvents(log, place.tenant, { result, answerKey, position }));
}

function failWaiting(
  waiting: WaitingCommand,
  failure: Failure,
  log: RoundDependencies['log'],
): void {
  // Not awaited: looking it up must not hold the stream up.
  if (waiting.answerKey === null) waiting.reject(failure);
  else waiting.resolve(earlierOr(failure, waiting, log));
}

/**
 * The state that a command fails on, or the use of its approval, may be that of an equal request, appended by another
 * process since the first look: then its answer is the answer. Errors: `failure` when there is none, and those of
 * `findEarlier`.
 */
async function earlierOr(
  failure: Failure,
  { answerKey, command, place, request }: WaitingCommand,
  log: RoundDependencies['log'],
): Promise<CommandAnswer> {
  const { commandId } = request;
  const asked = { answerKey, commandId, creates: command.word === null };
  const earlier = await findEarlier(log, place, asked);
  if (earlier === null) throw failure;
  return earlier;
}

/** Answers of a step that was not appended now, or may have been. */
function answerOutcome(
  { waiting, result }: AppendStep,
  outcome: Exclude<StepOutcome, { status: 'appended' | 'version-conflict' }>,
): void {
  const { answerKey, place } = waiting;
  switch (outcome.status) {
    case 'known': {
      const created = result.status === 'done' && result.created;
      const { version, position } = outcome;
      waiting.resolve(knownAnswer({ id: place.id, created, version, position }));
      return;
    }
    case 'answered':
      if (answerKey === null) throw new TypeError('an answer was found without asking for one');
      try {
        waiting.resolve(repeated(answerKey, outcome.answer));
      } catch (error) {
        waiting.reject(error);
      }
      return;
    case 'unknown':
      waiting.reject(outcomeUnknown());
      return;
    case 'failed':
      waiting.reject(outcome.error);
      return;
    case 'not-sent':
      throw new TypeError('a step that was not sent is decided again');
  }
}

function conflicted({ parts: { metrics } }: Round, waiting: WaitingCommand): number {
  waiting.conflicts += 1;
  metrics.conflict(waiting.place.known.module);
  if (waiting.conflicts > RETRIES_MAX)
    waiting.reject(
      new Failure(
        'VERSION_CONFLICT',
        `Other processes appended to the stream first, ${waiting.conflicts} times in a row.`,
        { retryAfterSeconds: 1 },
      ),
    );
  return waiting.conflicts;
}

function commit(states: Map<string, FoldedStream>, { after }: AppendStep, position: bigint): void {
  for (const [key, folded] of after) states.set(key, { ...folded, position });
}

/** What was committed is as good as read: the next command needs no read. */
function keep(round: Round, before: States, after: States): void {
  for (const place of placesOf(round)) {
    const folded = after.get(place.key);
    if (folded === undefined || folded === before.get(place.key)) continue;
    round.parts.loader.keep(place, folded);
    round.parts.snapshots.consider(place, folded);
  }
}

function placesOf({ commands, further }: Round): readonly StreamPlace[] {
  const own = commands[0]?.place;
  return own === undefined ? further : [own, ...further];
}
