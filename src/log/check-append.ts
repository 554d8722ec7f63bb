/** What both implementations refuse before anything is queued or read. */
import { Failure } from '../core/errors.ts';
import {
  ANSWER_BYTES_MAX,
  STREAMS_PER_UNIT_MAX,
  VERSIONS_PER_READ_MAX,
  type AnswerRecord,
  type DecidedAppend,
} from './log.ts';

/** Of the key of an answer and of what was asked: the output of SHA-256. */
export const ANSWER_HASH_BYTES = 32;
/** A UUID has 36; with names of policies before it. Index rows of PostgreSQL end at 2,704 bytes. */
const COMMAND_ID_LENGTH_MAX = 200;

/** Errors: INPUT_INVALID when the unit is not one. */
export function checkUnit({ streams, commandId, answer }: DecidedAppend): void {
  if (streams.length === 0 || streams.length > STREAMS_PER_UNIT_MAX)
    throw new Failure('INPUT_INVALID', `A command writes to 1 to ${STREAMS_PER_UNIT_MAX} streams.`);
  if (new Set(streams.map(({ stream }) => stream)).size !== streams.length)
    throw new Failure('INPUT_INVALID', 'A command names each of its streams once.');
  if (commandId !== undefined) checkCommandId(commandId);
  if (answer !== undefined) checkAnswer(answer);
}

/** Errors: INPUT_INVALID when the hashes are none or the body is too large. */
export function checkAnswer({ key, request, body }: AnswerRecord): void {
  if (key.length !== ANSWER_HASH_BYTES || request.length !== ANSWER_HASH_BYTES)
    throw new Failure(
      'INPUT_INVALID',
      `Key and request of an answer are hashes of ${ANSWER_HASH_BYTES} bytes.`,
    );
  if (body.length > ANSWER_BYTES_MAX)
    throw new Failure('INPUT_INVALID', `An answer has at most ${ANSWER_BYTES_MAX} bytes.`);
}

/** Errors: INPUT_INVALID when too many streams are asked for at once. */
export function checkVersionsRead(streams: readonly string[]): void {
  if (streams.length > VERSIONS_PER_READ_MAX)
    throw new Failure(
      'INPUT_INVALID',
      `Versions of at most ${VERSIONS_PER_READ_MAX} streams are read at once.`,
    );
}

/** PostgreSQL's text holds no NUL: one in an id would refuse the whole batch it is in. */
function checkCommandId(commandId: string): void {
  if (
    commandId.length === 0 ||
    commandId.length > COMMAND_ID_LENGTH_MAX ||
    commandId.includes('\0') ||
    !commandId.isWellFormed()
  )
    throw new Failure(
      'INPUT_INVALID',
      `A command id is a text of 1 to ${COMMAND_ID_LENGTH_MAX} characters.`,
    );
}
