/**
 * The way of one command. Read from top to bottom; each arrow is a file beside this one.
 *
 *   request -> authorise -> validate-input -> idempotency -> stream-lanes -> load-stream -> decide-waiting
 *           -> encode-events -> append-steps -> settle-round (answer, or again)
 *
 * Nothing is written before the append, and the append is one transaction: events, versions and the answer for repeats.
 * So a command that fails anywhere has left nothing behind, and a crash at any point is an unknown outcome that a repeat
 * under the same key resolves.
 */
import { STREAM_ID } from '../core/aggregate.ts';
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import { authorise } from './authorise.ts';
import type { Catalogue, KnownAggregate, KnownCommand } from './catalogue.ts';
import { extensionsOf } from './encode-events.ts';
import { answerKeyOf, findEarlier, type AnswerKey, type RequestsUnderWay } from './idempotency.ts';
import type { KeyedHash } from './keyed-hash.ts';
import { placeOf } from './load-stream.ts';
import type { CommandAnswer, CommandRequest } from './pipeline.ts';
import { settleRound, type RoundDependencies } from './settle-round.ts';
import type { StreamLanes } from './stream-lanes.ts';
import { furtherStreams, type WaitingCommand } from './waiting-command.ts';

export interface HandleDependencies extends RoundDependencies {
  readonly catalogue: Catalogue;
  readonly lanes: StreamLanes<WaitingCommand>;
  readonly underWay: RequestsUnderWay;
  readonly clock: Clock;
  readonly newSecret: () => string;
  readonly keyedHash: KeyedHash;
}

/** Errors: those of `Pipeline.handle`. */
export async function handleCommand(
  request: CommandRequest,
  dependencies: HandleDependencies,
): Promise<CommandAnswer> {
  const known = findAggregate(dependencies.catalogue, request);
  authorise(request.principal, known.writeScope);
  const command = findCommand(known, request);
  checkInput(command, request);
  checkId(command, request);
  const answerKey = answerKeyOf(request, dependencies.keyedHash);
  return await dependencies.underWay.once(request.principal.tenant, answerKey, async () => {
    const waiting = letIn(request, { known, command, answerKey }, dependencies);
    const earlier =
      answerKey === null
        ? null
        : await findEarlier(dependencies.log, waiting.place, {
            answerKey,
            commandId: request.commandId,
            creates: command.type.word === null,
          });
    if (earlier !== null) return earlier;
    void decide(waiting, dependencies);
    return await waiting.answer;
  });
}

function findAggregate(catalogue: Catalogue, { category }: CommandRequest): KnownAggregate {
  const known = catalogue.get(category);
  if (known === undefined)
    throw new Failure('NOT_FOUND', 'There are no commands of this category.');
  return known;
}

function findCommand(known: KnownAggregate, { command }: CommandRequest): KnownCommand {
  const found = known.commands.get(command);
  if (found === undefined) throw new Failure('NOT_FOUND', 'There is no command of this name.');
  return found;
}

function checkInput(command: KnownCommand, { input }: CommandRequest): void {
  const errors = command.validate(input);
  if (errors.length === 0) return;
  throw new Failure(
    'INPUT_INVALID',
    `The input of ${command.type.name} has values it cannot have.`,
    {
      errors,
    },
  );
}

function checkId(command: KnownCommand, { id, commandId }: CommandRequest): void {
  if (id === null) {
    if (command.type.word === null && commandId === undefined) return;
    throw new Failure('INPUT_INVALID', `${command.type.name} needs the id of what it is about.`);
  }
  if (STREAM_ID.test(id)) return;
  // What cannot be an id names nothing; only whoever creates chooses one.
  if (command.type.word !== null) throw new Failure('NOT_FOUND', 'There is nothing with this id.');
  throw new Failure(
    'INPUT_INVALID',
    'An id has 1 to 128 letters, digits and - _ . ~ and begins with a letter or digit.',
    { errors: [{ at: 'id', message: 'has a form that an id cannot have' }] },
  );
}

type Awaited = WaitingCommand & { readonly answer: Promise<CommandAnswer> };

/** From here on time, ids and randomness of the command are values that deciding again does not change. */
function letIn(
  request: CommandRequest,
  {
    known,
    command,
    answerKey,
  }: { known: KnownAggregate; command: KnownCommand; answerKey: AnswerKey | null },
  { clock, newId, newSecret }: HandleDependencies,
): Awaited {
  const { principal, cause } = request;
  const commandId = request.commandId ?? newId();
  const { promise, resolve, reject } = Promise.withResolvers<CommandAnswer>();
  return {
    request,
    place: placeOf(principal.tenant, known, request.id ?? newId()),
    command: command.type,
    commandId,
    secret: once(newSecret),
    takenInAt: new Date(clock.nowMs()).toISOString(),
    extensions: extensionsOf({ commandId, actor: principal.keyId, cause }),
    answerKey,
    isNewStream: request.id === null,
    conflicts: 0,
    verify: false,
    answer: promise,
    resolve,
    reject,
  };
}

function once(make: () => string): () => string {
  let made: string | undefined;
  return () => (made ??= make());
}

/** Never rejects: the command is answered through `resolve` and `reject`. */
async function decide(waiting: WaitingCommand, dependencies: HandleDependencies): Promise<void> {
  const { lanes, catalogue } = dependencies;
  const { place } = waiting;
  try {
    const further = furtherStreams(waiting, catalogue);
    if (further.length === 0) {
      lanes.enter(place.key, waiting);
      return;
    }
    const keys = [place.key, ...further.map(({ key }) => key)];
    await lanes.exclusively(keys, async () => {
      let again: readonly WaitingCommand[] = [waiting];
      while (again.length > 0) again = await settleRound(again, further, dependencies);
    });
  } catch (error) {
    waiting.reject(error);
  }
}
