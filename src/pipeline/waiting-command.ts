import type { Approval } from '../access/principal.ts';
import { Failure } from '../core/errors.ts';
import type { CommandOf, CommandType } from '../core/command-type.ts';
import {
  SERIES_LENGTH_MAX,
  STREAM_ID,
  type StreamReference,
  type Surroundings,
} from '../core/aggregate.ts';
import { STREAMS_PER_UNIT_MAX } from '../log/log.ts';
import type { Needed } from './authorise.ts';
import type { Catalogue } from './catalogue.ts';
import type { DigestedCommand } from './command-digest.ts';
import type { AnswerKey } from './idempotency.ts';
import { placeOf, type StreamPlace } from './load-stream.ts';
import type { CommandAnswer, CommandRequest } from './pipeline.ts';
import { consultedSurroundings, type Consulted } from './surroundings.ts';

/** A command that was let in and waits to be decided. Deciding it again sees the same ids and secret. */
export interface WaitingCommand {
  readonly request: CommandRequest;
  readonly place: StreamPlace;
  readonly command: CommandType;
  readonly needed: Needed;
  readonly commandId: string;
  /** Made when it is asked for first: few commands do. */
  readonly secret: () => string;
  readonly takenInMs: number;
  /** `StreamLoader.turn` of that moment. */
  readonly takenInTurn: number;
  /** The same moment, RFC 3339 in UTC with milliseconds. */
  readonly takenInAt: string;
  /** Extension attributes of its events, as JSON text. */
  readonly extensions: string;
  readonly answerKey: AnswerKey | null;
  /** With which it was let in, because whoever gives it may not give it alone. */
  readonly approval: Approval | null;
  /** Whether its approval was used up: a second try does not need another one. */
  approvalUsed: boolean;
  /** Its stream cannot have events yet: the id was made for it. */
  readonly isNewStream: boolean;
  /** How often somebody else appended first. */
  conflicts: number;
  /** Memory may be behind: what is in storage has to be looked at. */
  verify: boolean;
  /** What it is decided beside; the same when it is decided again after a conflict. */
  consulted: Consulted;
  /** Drawn once: deciding again gives the same. */
  numbered: { readonly series: string; readonly number: number } | null;
  resolve(answer: CommandAnswer | Promise<CommandAnswer>): void;
  reject(error: unknown): void;
}

/** What the module sees of it at a moment (RFC 3339), with the approval that it is done with. */
export function commandAt(
  waiting: WaitingCommand,
  at: string,
  approval: Approval | null = waiting.approval,
): CommandOf {
  return new AskedCommand(waiting, at, approval);
}

/** A class for its getter: an object that is written with one costs a microsecond, and a command is asked four times. */
class AskedCommand implements CommandOf {
  readonly type: string;
  readonly id: string;
  readonly input: unknown;
  readonly at: string;
  readonly commandId: string;
  readonly actor: string;
  readonly approver: string | null;
  readonly number: number;
  readonly #secret: () => string;

  constructor(waiting: WaitingCommand, at: string, approval: Approval | null) {
    const { command, place, request, commandId, secret } = waiting;
    this.type = command.name;
    this.id = place.id;
    this.input = request.input;
    this.at = at;
    this.commandId = commandId;
    this.actor = request.principal.keyId;
    this.approver = approval?.approver ?? null;
    this.number = waiting.numbered?.number ?? 0;
    this.#secret = secret;
  }

  get secret(): string {
    return this.#secret();
  }
}

/** What an approval of it is given for. */
export function digestedOf(
  { principal, category, id, input }: CommandRequest,
  { name }: CommandType,
): DigestedCommand {
  return { tenant: principal.tenant, category, command: name, id, input };
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
  const listed = named(waiting, 'streams', (asked, beside) => aggregate.streams?.(asked, beside));
  if (listed === undefined || listed.length === 0) return [];
  const places = new Map<string, StreamPlace>();
  for (const stream of listed) {
    const further = placeNamed(waiting, stream, catalogue);
    if (further.key !== place.key) places.set(further.key, further);
  }
  if (places.size < STREAMS_PER_UNIT_MAX) return [...places.values()];
  throw new Failure(
    'INTERNAL',
    `${aggregate.category} names ${places.size} further streams, ${STREAMS_PER_UNIT_MAX - 1} is the most.`,
  );
}

/** A stream that the module named. Errors: INPUT_INVALID for an id that cannot be one, INTERNAL. */
export function placeNamed(
  { place }: WaitingCommand,
  { category, id }: StreamReference,
  catalogue: Catalogue,
): StreamPlace {
  const known = catalogue.get(category);
  if (known === undefined)
    throw new Failure(
      'INTERNAL',
      `${place.known.aggregate.category} names the unknown category ${category}.`,
    );
  if (!STREAM_ID.test(id))
    throw new Failure('INPUT_INVALID', `An id of ${category} cannot have this form.`, {
      errors: [{ at: '/', message: `names no ${category}`, code: 'ID_FORM' }],
    });
  return placeOf(place.tenant, known, id);
}

/** The series that it takes a number of, null for none. Errors: INTERNAL when the module throws or names none it can have. */
export function seriesOf(waiting: WaitingCommand): string | null {
  const { aggregate } = waiting.place.known;
  const series = named(waiting, 'series', (asked, beside) => aggregate.series?.(asked, beside));
  if (series === undefined || series === null) return null;
  if (series.length > 0 && series.length <= SERIES_LENGTH_MAX && !series.includes('\0'))
    return series;
  throw new Failure('INTERNAL', `${aggregate.category} names a series that cannot be one.`);
}

/** Asks the module for what it names beside the consulted streams. */
function named<Named>(
  waiting: WaitingCommand,
  step: string,
  ask: (asked: CommandOf, beside: Surroundings) => Named,
): Named {
  try {
    const asked = commandAt(waiting, waiting.takenInAt);
    return ask(asked, consultedSurroundings(waiting.consulted));
  } catch (error) {
    throw brokenModule(waiting, step, error);
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
