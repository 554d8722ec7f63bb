/** Runs one operation of a history on a log under test and notes how it ended. */
import { Failure } from '../../core/errors.ts';
import type { EventDraft } from '../../core/event.ts';
import { answerOf, jsonData, received } from '../contract/fixtures.ts';
import type { AnswerRecord, DecidedAppend, EventLog, ReceivedOutcome } from '../log.ts';
import type { MemoryLog } from '../memory/memory-log.ts';
import { expectThat } from './expect.ts';
import type { Attempts, DecidedAttempt, ReceivedAttempt, RecordAttempt } from './attempts.ts';
import {
  DATA_VARIANTS,
  TENANTS,
  type DecidedOperation,
  type ReceivedEvent,
  type ReceivedOperation,
  type RecordOperation,
} from './steps.ts';

/** Codes with which a faulty storage may answer; each says that nothing was stored. */
const REFUSALS: ReadonlySet<string> = new Set(['UNAVAILABLE', 'STORAGE_FULL']);

/** What an operation needs beside itself. */
export interface AttemptContext {
  readonly model: MemoryLog;
  /** Makes ids and bodies unique. */
  readonly nextNumber: () => number;
  /** Whether a fault may strike. */
  readonly mayFail: boolean;
}

export async function receive(
  log: EventLog,
  operation: ReceivedOperation,
  mayFail: boolean,
): Promise<Attempts> {
  const tenant = tenantName(operation.tenant);
  const drafts = operation.events.map(draftOfEvent);
  const outcomes = await outcomeOf(mayFail, () => log.appendReceived(tenant, drafts));
  expectThat(
    outcomes === 'refused' || outcomes.length === drafts.length,
    'not one outcome for each event',
  );
  const attempts = drafts.map((draft, i): ReceivedAttempt => {
    const outcome = outcomes === 'refused' ? { status: 'refused' as const } : outcomes[i]!;
    expectThat(mayFail || outcome.status !== 'unknown', 'an unknown outcome without a fault');
    return { tenant, draft, outcome };
  });
  if (outcomes !== 'refused') expectAscending(outcomes);
  return { ...NO_ATTEMPTS, received: attempts };
}

/** Events of one call that were created stand in the order given. */
function expectAscending(outcomes: readonly ReceivedOutcome[]): void {
  const positions = outcomes.flatMap((one) => (one.status === 'created' ? [one.position] : []));
  expectThat(
    positions.every((position, i) => i === 0 || position > positions[i - 1]!),
    `the events of one call were stored out of order: ${positions.join(', ')}`,
  );
}

export async function decide(
  log: EventLog,
  operation: DecidedOperation,
  context: AttemptContext,
): Promise<Attempts> {
  return decideUnit(log, unitOf(operation, context), context.mayFail);
}

export async function decideUnit(
  log: EventLog,
  unit: DecidedAppend,
  mayFail: boolean,
): Promise<Attempts> {
  const outcome = await outcomeOf(mayFail, () => log.appendDecided(unit));
  const attempt: DecidedAttempt = {
    unit,
    outcome: outcome === 'refused' ? { status: 'refused' } : outcome,
  };
  expectThat(mayFail || attempt.outcome.status !== 'unknown', 'an unknown outcome without a fault');
  return { ...NO_ATTEMPTS, decided: [attempt] };
}

export async function record(
  log: EventLog,
  operation: RecordOperation,
  context: AttemptContext,
): Promise<Attempts> {
  const answer = uniqueAnswer(operation.key, context);
  return recordOnce(log, { tenant: tenantName(operation.tenant), answer }, context.mayFail);
}

export async function recordOnce(
  log: EventLog,
  { tenant, answer }: { readonly tenant: string; readonly answer: AnswerRecord },
  mayFail: boolean,
): Promise<Attempts> {
  const attempt = async (): Promise<RecordAttempt['outcome']> => {
    try {
      const { recorded, answer: stored } = await log.recordAnswer(tenant, answer);
      return { status: recorded ? 'recorded' : 'answered', answer: stored };
    } catch (error) {
      if (error instanceof Failure && error.code === 'OUTCOME_UNKNOWN')
        return { status: 'unknown' };
      throw error;
    }
  };
  const outcome = await outcomeOf(mayFail, attempt);
  expectThat(
    mayFail || outcome === 'refused' || outcome.status !== 'unknown',
    'an unknown outcome without a fault',
  );
  const how = outcome === 'refused' ? { status: 'refused' as const } : outcome;
  return { ...NO_ATTEMPTS, records: [{ tenant, answer, outcome: how }] };
}

/** The outcome, or `refused` where a fault made the append fail with a code that says that nothing was stored. */
async function outcomeOf<T>(mayFail: boolean, work: () => Promise<T>): Promise<T | 'refused'> {
  try {
    return await work();
  } catch (error) {
    if (mayFail && error instanceof Failure && REFUSALS.has(error.code)) return 'refused';
    throw error;
  }
}

/** A command id only where there are events: the model learns of a unit by its events. */
function unitOf(operation: DecidedOperation, context: AttemptContext): DecidedAppend {
  const tenant = tenantName(operation.tenant);
  const streams = operation.streams.map(({ stream, offset, events }) => {
    const version = context.model.streamVersion(tenant, stream) + BigInt(offset);
    const drafts = Array.from({ length: events }, () => {
      const source = '/comptoir/test';
      const id = `decided-${context.nextNumber()}`;
      return received(id, { source, type: 'comptoir.test.done' });
    });
    return { stream, expectedVersion: version > 0n ? version : 0n, events: drafts };
  });
  const { command, key } = operation;
  const withId = command !== null && streams.some(({ events }) => events.length > 0);
  return {
    tenant,
    streams,
    commandId: withId ? `command-${command}` : undefined,
    answer: key === null ? undefined : uniqueAnswer(key, context),
  };
}

/** The key repeats, the body never does: so it tells whose record is stored. */
function uniqueAnswer(key: number, { nextNumber }: AttemptContext): AnswerRecord {
  return answerOf(`key-${key}`, { body: `answer-${nextNumber()}` });
}

export const NO_ATTEMPTS: Attempts = { received: [], decided: [], records: [] };

export function merge(attempts: readonly Attempts[]): Attempts {
  return {
    received: attempts.flatMap((one) => one.received),
    decided: attempts.flatMap((one) => one.decided),
    records: attempts.flatMap((one) => one.records),
  };
}

function draftOfEvent({ id, source, type, variant }: ReceivedEvent): EventDraft {
  return received(id, { source, type }, jsonData(DATA_VARIANTS[variant]!));
}

/** Names chosen so that with two or three buckets some tenants share one. */
export function tenantName(index: number): string {
  expectThat(index >= 0 && index < TENANTS, 'a tenant of the model');
  return `tenant-${index}`;
}
