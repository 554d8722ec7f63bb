/** Hands the units of a round to the log in one go, each on the shoulders of the one before. */
import { Failure } from '../core/errors.ts';
import type { PersonalData } from '../core/personal-data.ts';
import type { DecidedAppend, DecidedOutcome, EventLog } from '../log/log.ts';
import type { AppendStep, Step, UnitPart } from './decide-waiting.ts';
import { commandNameOf, encodeEvent, extensionsOf } from './encode-events.ts';
import { recordOf } from './idempotency.ts';
import { together } from './together.ts';

/** What became of the step at the same place in the round. */
export type StepOutcome =
  | DecidedOutcome
  /** Nothing of it was stored. */
  | { readonly status: 'failed'; readonly error: unknown }
  /** It has nothing to append, or a step before it failed, so it was not handed over. */
  | { readonly status: 'not-sent' };

const NOT_SENT: StepOutcome = { status: 'not-sent' };

export interface AppendDependencies {
  readonly log: EventLog;
  readonly personal: PersonalData;
}

export async function appendSteps(
  steps: readonly Step[],
  { log, personal }: AppendDependencies,
): Promise<readonly StepOutcome[]> {
  // Keys of several new persons are made at the same time.
  const units = await together(steps.map((step) => unitOf(step, personal)));
  // From here to the last call of the log there is no wait: whatever is handed over in one turn shares a commit.
  let follows: DecidedAppend | undefined;
  let broken = false;
  const outcomes = units.map((unit): StepOutcome | Promise<StepOutcome> => {
    if (broken || unit === null) return NOT_SENT;
    if (unit.kind === 'failed') {
      broken = true;
      return unit.outcome;
    }
    const append: DecidedAppend = follows === undefined ? unit.append : { ...unit.append, follows };
    follows = append;
    return handedOver(log, append);
  });
  return await together(outcomes);
}

/** Null when there is nothing to append. */
type Unit =
  | { readonly kind: 'encoded'; readonly append: DecidedAppend }
  | { readonly kind: 'failed'; readonly outcome: StepOutcome }
  | null;

/** Never throws or rejects. */
function unitOf(step: Step, personal: PersonalData): Unit | Promise<Unit> {
  if (step.kind !== 'append') return null;
  try {
    const streams = together(step.parts.map((part) => streamOf(step, part, personal)));
    if (!(streams instanceof Promise)) return encoded(step, streams);
    return streams.then((waitedFor) => encoded(step, waitedFor)).catch(notEncoded);
  } catch (error) {
    return notEncoded(error);
  }
}

/** Errors: INTERNAL for an answer that is too large to be kept. */
function encoded({ waiting, result }: AppendStep, streams: DecidedAppend['streams']): Unit {
  const { request, place, answerKey } = waiting;
  const { tenant } = place;
  const { commandId } = request;
  if (answerKey === null) return { kind: 'encoded', append: { tenant, streams } };
  // A command with an id of its own needs the record too, as long as it is kept: another process may be about to record
  // a refusal of the same command, and only one of the two may be its result.
  const answer = recordOf(answerKey, result);
  return { kind: 'encoded', append: { tenant, streams, commandId, answer } };
}

function notEncoded(error: unknown): Unit {
  return { kind: 'failed', outcome: failed(error) };
}

function failed(error: unknown): StepOutcome {
  return { status: 'failed', error };
}

async function handedOver(log: EventLog, append: DecidedAppend): Promise<StepOutcome> {
  try {
    return await log.appendDecided(append);
  } catch (error) {
    return failed(error);
  }
}

type StreamPart = DecidedAppend['streams'][number];

/** Errors: those of `PersonalData.seal`. */
function streamOf(
  step: AppendStep,
  { place, expectedVersion, events }: UnitPart,
  personal: PersonalData,
): StreamPart | Promise<StreamPart> {
  const { stream, tenant, known, id } = place;
  const at = { tenant, known, id, extensions: extensionsOfStep(step) };
  const drafts = together(events.map((event) => encodeEvent(event, at, personal)));
  if (drafts instanceof Promise)
    return drafts.then((waitedFor) => ({ stream, expectedVersion, events: waitedFor }));
  return { stream, expectedVersion, events: drafts };
}

/** An approval that only the state asked for is not in what was written down when the command was let in. */
function extensionsOfStep({ waiting, approval }: AppendStep): string {
  if (approval === waiting.approval) return waiting.extensions;
  const { commandId, request } = waiting;
  const { principal, cause } = request;
  return extensionsOf({
    commandId,
    command: commandNameOf(waiting.place.known, waiting.command),
    actor: principal.keyId,
    approver: approval?.approver ?? null,
    cause,
  });
}

/** Of an append whose outcome could not be learnt. */
export function outcomeUnknown(): Failure {
  return new Failure(
    'OUTCOME_UNKNOWN',
    'The connection was lost while the command was stored. Repeat it with the same idempotency key.',
    { retryAfterSeconds: 1 },
  );
}
