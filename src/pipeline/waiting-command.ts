import { Failure } from '../core/errors.ts';
import type { CommandOf } from '../core/command-type.ts';
import type { CommandType } from '../core/command-type.ts';
import { STREAM_ID } from '../core/aggregate.ts';
import { STREAMS_PER_UNIT_MAX } from '../log/log.ts';
import type { Catalogue } from './catalogue.ts';
import type { AnswerKey } from './idempotency.ts';
import { placeOf, type StreamPlace } from './load-stream.ts';
import type { CommandAnswer, CommandRequest } from './pipeline.ts';

/** A command that was let in and waits to be decided. Deciding it again sees the same ids and secret. */
export interface WaitingCommand {
  readonly request: CommandRequest;
  readonly place: StreamPlace;
  readonly command: CommandType;
  readonly commandId: string;
  /** Made when it is asked for first: few commands do. */
  readonly secret: () => string;
  /** RFC 3339 in UTC with milliseconds. */
  readonly takenInAt: string;
  /** Extension attributes of its events, as JSON text. */
  readonly extensions: string;
  readonly answerKey: AnswerKey | null;
  /** Its stream cannot have events yet: the id was made for it. */
  readonly isNewStream: boolean;
  /** How often somebody else appended first. */
  conflicts: number;
  /** Memory may be behind: what is in storage has to be looked at. */
  verify: boolean;
  resolve(answer: CommandAnswer | Promise<CommandAnswer>): void;
  reject(error: unknown): void;
}

/** What `decide` sees of it at a moment (RFC 3339). */
export function commandAt(waiting: WaitingCommand, at: string): CommandOf {
  const { command, place, request, commandId, secret } = waiting;
  return {
    type: command.name,
    id: place.id,
    input: request.input,
    at,
    commandId,
    get secret() {
      return secret();
    },
    actor: request.principal.keyId,
  };
}

/**
 * The further streams that a command is decided over, each once, without its own. Errors: INPUT_INVALID for an id that
 * cannot be one, INTERNAL when the module names too many, an unknown category, or throws.
 */
export function furtherStreams(
  waiting: WaitingCommand,
  catalogue: Catalogue,
): readonly StreamPlace[] {
  const { place } = waiting;
  const { aggregate } = place.known;
  if (aggregate.streams === undefined) return [];
  const places = new Map<string, StreamPlace>();
  for (const { category, id } of listed(waiting)) {
    const known = catalogue.get(category);
    if (known === undefined)
      throw new Failure(
        'INTERNAL',
        `${aggregate.category} names the unknown category ${category}.`,
      );
    if (!STREAM_ID.test(id))
      throw new Failure('INPUT_INVALID', `An id of ${category} cannot have this form.`);
    const further = placeOf(place.tenant, known, id);
    if (further.key !== place.key) places.set(further.key, further);
  }
  if (places.size < STREAMS_PER_UNIT_MAX) return [...places.values()];
  throw new Failure(
    'INTERNAL',
    `${aggregate.category} names ${places.size} further streams, ${STREAMS_PER_UNIT_MAX - 1} is the most.`,
  );
}

function listed(waiting: WaitingCommand) {
  const { aggregate } = waiting.place.known;
  try {
    return aggregate.streams?.(commandAt(waiting, waiting.takenInAt)) ?? [];
  } catch (error) {
    throw brokenModule(waiting, 'streams', error);
  }
}

/** A throw of a module's own code: a defect, told to the server's log by its cause. */
export function brokenModule(
  { place, command }: WaitingCommand,
  step: string,
  cause: unknown,
): Failure {
  const { category } = place.known.aggregate;
  const detail = `${command.name} of ${category} could not be handled: ${step} failed.`;
  return new Failure('INTERNAL', detail, { cause });
}
