/**
 * Equal requests get equal answers. What is remembered of a request is keyed hashes: of who asked with which key, and of
 * what was asked. The record is written with the events, in the transaction of their append, or alone when there are
 * none; nothing is reserved beforehand, so nothing is left behind by a request that failed.
 *
 * Two equal requests at once: in one process the second is refused while the first is under way; of two processes one
 * append wins, and the other process gives the winner's answer.
 *
 * A command with an id of its own, of a policy or a timer, is kept under that id in the same way, and its events keep the
 * id for the stream's life: handled again within days it gets its first answer, a year later it learns that it was done.
 */
import { canonicalJson } from '../core/canonical-json.ts';
import { Failure } from '../core/errors.ts';
import type { AnswerRecord, EventLog, StoredAnswer } from '../log/log.ts';
import type { KeyedHash } from './keyed-hash.ts';
import type { StreamPlace } from './load-stream.ts';
import type { CommandAnswer, CommandRequest } from './pipeline.ts';
import { answerOf, encodeResult, replayOf, type Result } from './stored-answer.ts';

/** Longest Idempotency-Key; the draft of the header asks for no more than a UUID. */
const KEY_LENGTH_MAX = 255;

/** Under what the answer to a request is kept. */
export interface AnswerKey {
  readonly key: Buffer;
  readonly request: Uint8Array;
  /** Whether another request under the key is a mistake of the caller; a command's own id is never reused. */
  readonly strict: boolean;
}

/** Null for a request that is not to be remembered. Errors: INPUT_INVALID. */
export function answerKeyOf(request: CommandRequest, keyedHash: KeyedHash): AnswerKey | null {
  const { principal, category, command, id, commandId, idempotencyKey, expectedVersion } = request;
  if (commandId === undefined && idempotencyKey === undefined) return null;
  if (commandId !== undefined) {
    const key = keyedHash(canonicalJson(['command', category, id, commandId]));
    return { key, request: key, strict: false };
  }
  const version = expectedVersion?.toString() ?? null;
  const name = ['key', principal.keyId, checkedKey(idempotencyKey ?? '')];
  const asked = ['request', category, command, id, version, request.input];
  return {
    key: keyedHash(canonicalJson(name)),
    request: keyedHash(canonicalJson(asked)),
    strict: true,
  };
}

function checkedKey(key: string): string {
  if (key.length > 0 && key.length <= KEY_LENGTH_MAX) return key;
  throw new Failure(
    'INPUT_INVALID',
    `An idempotency key has 1 to ${KEY_LENGTH_MAX} characters, not ${key.length}.`,
    {
      errors: [
        {
          at: 'idempotency-key',
          message: `must have 1 to ${KEY_LENGTH_MAX} characters`,
          code: 'NO_HEADER_KEY',
        },
      ],
    },
  );
}

/** The first answer to an equal request, null when there is none. Errors: IDEMPOTENCY_MISMATCH, UNAVAILABLE. */
export async function findEarlier(
  log: EventLog,
  { tenant, stream, id }: StreamPlace,
  asked: {
    readonly answerKey: AnswerKey | null;
    readonly commandId: string | undefined;
    readonly creates: boolean;
  },
): Promise<CommandAnswer | null> {
  const { answerKey, commandId, creates } = asked;
  if (answerKey === null) return null;
  const [known, stored] = await Promise.all([
    commandId === undefined ? null : log.findCommand(tenant, stream, commandId),
    log.findAnswer(tenant, answerKey.key),
  ]);
  if (stored !== null) return repeated(answerKey, stored);
  return known === null ? null : knownAnswer({ id, created: creates, ...known });
}

/** What a command answers whose events are in the stream, when its answer is kept no more: without its members. */
export function knownAnswer(first: {
  readonly id: string;
  readonly version: bigint;
  readonly position: bigint;
  readonly created: boolean;
}): CommandAnswer {
  return { status: 'done', ...first, members: {}, replayed: true };
}

/** Errors: IDEMPOTENCY_MISMATCH. */
export function repeated(answerKey: AnswerKey, stored: StoredAnswer): CommandAnswer {
  if (answerKey.strict && Buffer.compare(answerKey.request, stored.request) !== 0)
    throw new Failure(
      'IDEMPOTENCY_MISMATCH',
      'The first request with this Idempotency-Key asked for something else.',
    );
  return replayOf(stored);
}

export function recordOf({ key, request }: AnswerKey, result: Result): AnswerRecord {
  return { key, request, body: encodeResult(result) };
}

/** The answer to a command without events, recorded where it is to be remembered. Errors: as above, UNAVAILABLE. */
export async function answerWithoutEvents(
  log: EventLog,
  tenant: string,
  answer: {
    readonly result: Result;
    readonly answerKey: AnswerKey | null;
    readonly position: bigint;
  },
): Promise<CommandAnswer> {
  const { result, answerKey, position } = answer;
  if (answerKey === null) return answerOf({ result }, position);
  const { recorded, answer: stored } = await log.recordAnswer(tenant, recordOf(answerKey, result));
  // A repeat will give what is stored, position included: so does the first.
  return recorded ? { ...replayOf(stored), replayed: false } : repeated(answerKey, stored);
}

/** Requests under way in this process, by key. */
export interface RequestsUnderWay {
  /**
   * Lets a request in unless one with the key is under way; what it returns lets go. Commands with ids of their own may run
   * side by side: the append lets one through. Errors: IDEMPOTENCY_IN_FLIGHT.
   */
  enter(tenant: string, answerKey: AnswerKey | null): () => void;
}

const NOTHING_HELD = (): void => {};

export function createRequestsUnderWay(): RequestsUnderWay {
  const keys = new Set<string>();
  return {
    enter(tenant, answerKey) {
      if (answerKey === null || !answerKey.strict) return NOTHING_HELD;
      const key = `${tenant}\0${answerKey.key.toString('latin1')}`;
      if (keys.has(key))
        throw new Failure(
          'IDEMPOTENCY_IN_FLIGHT',
          'The first request with this key has not ended.',
          {
            retryAfterSeconds: 1,
          },
        );
      keys.add(key);
      return () => void keys.delete(key);
    },
  };
}
