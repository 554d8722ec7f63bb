/**
 * The way of one command. Read from top to bottom; each arrow is a file beside this one.
 *
 *   request -> authorise -> validate-input -> idempotency -> consult -> stream-lanes -> load-stream
 *           -> decide-waiting -> encode-events -> append-steps -> settle-round (answer, or again)
 *
 * Nothing is written before the append, and the append is one transaction: events, versions and the answer for repeats.
 * So a command that fails anywhere has left nothing behind, and a crash at any point is an unknown outcome that a repeat
 * under the same key resolves.
 */
import { STREAM_ID } from '../core/aggregate.ts';
import type { Clock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import { approvalFor, authorise } from './authorise.ts';
import type { Catalogue, KnownAggregate, KnownCommand } from './catalogue.ts';
import { consult } from './consult.ts';
import { CONSULTED_FRESH_MS, type ConsultedStreams } from './consulted-streams.ts';
import { commandNameOf, extensionsOf } from './encode-events.ts';
import { answerKeyOf, findEarlier, type AnswerKey, type RequestsUnderWay } from './idempotency.ts';
import type { KeyedHash } from './keyed-hash.ts';
import { placeOf } from './load-stream.ts';
import type { CommandAnswer, CommandRequest } from './pipeline.ts';
import type { RecentKeys } from './recent-keys.ts';
import type { NumberSeries } from './series/number-series.ts';
import { settleRound, type RoundDependencies } from './settle-round.ts';
import type { StreamLanes } from './stream-lanes.ts';
import { NOTHING_CONSULTED } from './surroundings.ts';
import { digestedOf, furtherStreams, seriesOf, type WaitingCommand } from './waiting-command.ts';

export interface HandleDependencies extends Omit<RoundDependencies, 'readmit'> {
  readonly catalogue: Catalogue;
  readonly lanes: StreamLanes<WaitingCommand>;
  readonly underWay: RequestsUnderWay;
  readonly recentKeys: RecentKeys;
  readonly consultedStreams: ConsultedStreams;
  readonly numbers: NumberSeries;
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
  const command = findCommand(known, request);
  const isAllowed = authorise(request.principal, command.needed);
  checkInput(command, request);
  checkId(command, request);
  const answerKey = answerKeyOf(request, dependencies.keyedHash);
  const letGo = dependencies.underWay.enter(request.principal.tenant, answerKey);
  try {
    const place = placeOf(request.principal.tenant, known, request.id ?? dependencies.newId());
    const earlier = mustLookUp(answerKey, { isAllowed, recentKeys: dependencies.recentKeys })
      ? await earlierOf(request, { place, command, answerKey }, dependencies)
      : null;
    // A repeat gets its first answer although its approval was used up by then.
    if (earlier !== null) return earlier;
    const approval = isAllowed
      ? null
      : approvalFor(request.principal, command.needed, digestedOf(request, command.type));
    const waiting = letIn(request, { place, command, answerKey, approval }, dependencies);
    void decide(waiting, dependencies, waiting.takenInMs - CONSULTED_FRESH_MS);
    return await waiting.answer;
  } finally {
    letGo();
  }
}

function earlierOf(
  { commandId }: CommandRequest,
  { place, command, answerKey }: Pick<Found, 'place' | 'command' | 'answerKey'>,
  { log }: HandleDependencies,
): Promise<CommandAnswer | null> {
  return findEarlier(log, place, { answerKey, commandId, creates: command.type.word === null });
}

/**
 * What was not asked here before is hardly ever a repeat, a command with an id of its own even less so: the append, or
 * settle-round, finds out that it was. Where an approval was used up by the first, its answer has to be found before.
 */
function mustLookUp(
  answerKey: AnswerKey | null,
  { isAllowed, recentKeys }: { readonly isAllowed: boolean; readonly recentKeys: RecentKeys },
): boolean {
  if (answerKey === null) return false;
  if (!answerKey.strict) return !isAllowed;
  const mayHold = recentKeys.mayHold(answerKey.key);
  recentKeys.add(answerKey.key);
  return mayHold || !isAllowed;
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
    throw new Failure('INPUT_INVALID', `${command.type.name} needs the id of what it is about.`, {
      errors: [{ at: 'id', message: 'is missing', code: 'REQUIRED' }],
    });
  }
  if (STREAM_ID.test(id)) return;
  // What cannot be an id names nothing; only whoever creates chooses one.
  if (command.type.word !== null) throw new Failure('NOT_FOUND', 'There is nothing with this id.');
  throw new Failure(
    'INPUT_INVALID',
    'An id has 1 to 128 letters, digits and - _ . ~ and begins with a letter or digit.',
    { errors: [{ at: 'id', message: 'has a form that an id cannot have', code: 'ID_FORM' }] },
  );
}

/** What is known of a command when it is let in. */
type Found = Pick<WaitingCommand, 'place' | 'answerKey' | 'approval'> & {
  readonly command: KnownCommand;
};

type Awaited = WaitingCommand & { readonly answer: Promise<CommandAnswer> };

/** From here on time, ids and randomness of the command are values that deciding again does not change. */
function letIn(
  request: CommandRequest,
  found: Found,
  { clock, loader, newId, newSecret }: HandleDependencies,
): Awaited {
  const { principal, cause } = request;
  const { place, command, answerKey, approval } = found;
  const commandId = request.commandId ?? newId();
  const approver = approval?.approver ?? null;
  const takenInMs = clock.nowMs();
  const { promise, resolve, reject } = Promise.withResolvers<CommandAnswer>();
  return {
    request,
    place,
    command: command.type,
    needed: command.needed,
    commandId,
    secret: once(newSecret),
    takenInMs,
    takenInTurn: loader.turn(),
    takenInAt: new Date(takenInMs).toISOString(),
    extensions: extensionsOf({
      commandId,
      command: commandNameOf(place.known, command.type),
      actor: principal.keyId,
      approver,
      cause,
    }),
    answerKey,
    approval,
    approvalUsed: false,
    isNewStream: request.id === null,
    conflicts: 0,
    verify: false,
    consulted: NOTHING_CONSULTED,
    numbered: null,
    answer: promise,
    resolve,
    reject,
  };
}

function once(make: () => string): () => string {
  let made: string | undefined;
  return () => (made ??= make());
}

/**
 * Never rejects: the command is answered through `resolve` and `reject`. What it is decided beside is as of `notBeforeMs`
 * or later.
 */
async function decide(
  waiting: WaitingCommand,
  dependencies: HandleDependencies,
  notBeforeMs: number,
): Promise<void> {
  const { lanes, catalogue } = dependencies;
  const { place } = waiting;
  try {
    if (place.known.aggregate.consults !== undefined)
      waiting.consulted = await consult(waiting, notBeforeMs, dependencies);
    if (place.known.aggregate.series !== undefined) await drawNumber(waiting, dependencies);
    const further = furtherStreams(waiting, catalogue);
    if (further.length === 0) {
      lanes.enter(place.key, waiting);
      return;
    }
    const keys = [place.key, ...further.map(({ key }) => key)];
    await lanes.exclusively(keys, async () => {
      let again: readonly WaitingCommand[] = [waiting];
      while (again.length > 0)
        again = await settleRound(again, further, roundDependencies(dependencies));
    });
  } catch (error) {
    waiting.reject(error);
  }
}

/** Names the series and draws its next number, unless it has one of it already. Errors: INTERNAL, UNAVAILABLE. */
async function drawNumber(waiting: WaitingCommand, { numbers }: HandleDependencies): Promise<void> {
  const series = seriesOf(waiting);
  if (series === null || series === waiting.numbered?.series) return;
  waiting.numbered = { series, number: await numbers.next(waiting.place.tenant, series) };
}

const roundParts = new WeakMap<HandleDependencies, RoundDependencies>();

/**
 * A command refused beside what may be old is decided beside what was the newest when it was taken in, or later. Made once:
 * copying two dozen members for each command was a thirtieth of all that commands allocate.
 */
export function roundDependencies(dependencies: HandleDependencies): RoundDependencies {
  const known = roundParts.get(dependencies);
  if (known !== undefined) return known;
  const made: RoundDependencies = {
    ...dependencies,
    readmit: (waiting) => void decide(waiting, dependencies, waiting.takenInMs),
  };
  roundParts.set(dependencies, made);
  return made;
}
