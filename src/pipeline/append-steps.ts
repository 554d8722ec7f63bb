/** Hands the units of a round to the log in one go, each on the shoulders of the one before. */
import { Failure } from '../core/errors.ts';
import type { EventDraft } from '../core/event.ts';
import type { PersonalData } from '../core/personal-data.ts';
import type { DecidedAppend, DecidedOutcome, EventLog } from '../log/log.ts';
import type { AppendStep, Step, UnitPart } from './decide-waiting.ts';
import { commandNameOf, encodeEvent, extensionsOf } from './encode-events.ts';
import { recordOf } from './idempotency.ts';

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
  const encoded = await Promise.allSettled(steps.map((step) => encodeStep(step, personal)));
  // From here to the last call of the log there is no wait: whatever is handed over in one turn shares a commit.
  let follows: DecidedAppend | undefined;
  let broken = false;
  const outcomes = encoded.map(async (unit): Promise<StepOutcome> => {
    if (broken) return NOT_SENT;
    if (unit.status === 'rejected') {
      broken = true;
      return { status: 'failed', error: unit.reason };
    }
    if (unit.value === null) return NOT_SENT;
    const append: DecidedAppend = follows === undefined ? unit.value : { ...unit.value, follows };
    follows = append;
    try {
      return await log.appendDecided(append);
    } catch (error) {
      return { status: 'failed', error };
    }
  });
  return await Promise.all(outcomes);
}

/** Null when there is nothing to append. Errors: those of `PersonalData.seal`, INTERNAL. */
async function encodeStep(step: Step, personal: PersonalData): Promise<DecidedAppend | null> {
  if (step.kind !== 'append') return null;
  const { waiting, parts, result } = step;
  const extensions = extensionsOfStep(step);
  const { request, place, answerKey } = waiting;
  const { tenant } = place;
  const streams = await Promise.all(
    parts.map(async (part) => ({
      stream: part.place.stream,
      expectedVersion: part.expectedVersion,
      events: await draftsOf(part, extensions, personal),
    })),
  );
  const { commandId } = request;
  if (answerKey === null) return { tenant, streams };
  // A command with an id of its own needs the record too, as long as it is kept: another process may be about to record
  // a refusal of the same command, and only one of the two may be its result.
  return { tenant, streams, commandId, answer: recordOf(answerKey, result) };
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

function draftsOf(
  { place: { tenant, known, id }, events }: UnitPart,
  extensions: string,
  personal: PersonalData,
): Promise<readonly EventDraft[]> {
  const place = { tenant, known, id, extensions };
  return Promise.all(events.map((event) => encodeEvent(event, place, personal)));
}

/** Of an append whose outcome could not be learnt. */
export function outcomeUnknown(): Failure {
  return new Failure(
    'OUTCOME_UNKNOWN',
    'The connection was lost while the command was stored. Repeat it with the same idempotency key.',
    { retryAfterSeconds: 1 },
  );
}
