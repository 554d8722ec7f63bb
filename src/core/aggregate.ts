/**
 * The decider: a functional core of three values. `decide` says what happens, `evolve` what that means; a stream's
 * state is the fold of `evolve` over its events from `initialState`.
 */
import type { TObject } from 'typebox';
import type { CommandOf, CommandType } from './command-type.ts';
import type { DecidedEvent, Decision } from './decision.ts';
import type { EventType } from './event-type.ts';

/** When and as what an event happened; the same whether it was just decided or is replayed. */
export interface EventMoment {
  /** CloudEvents `time`: the `at` of the command, RFC 3339 in UTC. */
  readonly at: string;
  /** Version of the stream with this event. */
  readonly version: number;
}

/** A stream of the same tenant that a command is decided over, beside its own. */
export interface StreamReference {
  readonly category: string;
  readonly id: string;
}

/** Facts of a command that the rules of a role speak about; null where the command has none. */
export interface CommandAttributes {
  /** Where it takes effect: a role may be bound to locations. */
  readonly locationId: string | null;
  /** Minor units that it gives away or takes back, such as a refund: a role may have a limit for its permission. */
  readonly amount: number | null;
  /** The same for all that the person gave of it on the business day at the location, this command included. */
  readonly dayAmount?: number;
  /** Who holds the shift (till session) it belongs to: a role may be bound to its own. */
  readonly shiftOf: string | null;
}

/** The states of the streams that `streams` or `consults` listed. */
export interface Surroundings {
  /** State of the stream, `initialState` of its aggregate when it has no events. Throws when it was not listed. */
  stateOf(stream: StreamReference): unknown;
  versionOf(stream: StreamReference): number;
}

/** The state of a stream that may not have been listed, such as one that came up a moment ago: undefined then. */
export function stateIfListed(around: Surroundings, stream: StreamReference): unknown {
  try {
    return around.stateOf(stream);
  } catch {
    return undefined;
  }
}

/** One entry of the table of refusals of a module; docs/reference/errors.md is generated from all of them. */
export interface Refusal {
  readonly sentence: string;
  readonly remedy: string;
}

export interface Aggregate<
  State = unknown,
  Command extends CommandOf = CommandOf,
  Event extends DecidedEvent = DecidedEvent,
> {
  /** `customers`, or `loyalty.members` where a module has several aggregates. */
  readonly category: string;
  /** Raised whenever `State` or `evolve` changes meaning: snapshots of other versions are ignored. */
  readonly stateVersion: number;
  readonly events: readonly EventType[];
  /** The one without a word creates a stream; all others follow on one that exists. */
  readonly commands: readonly CommandType[];
  readonly refusals: Readonly<Record<string, Refusal>>;
  /** Plain JSON: null, booleans, numbers, text, arrays and objects of these; no undefined, no dates, no bigint. */
  readonly initialState: State;
  /** Never throws for a business reason; a throw is a defect and fails this command only. */
  decide(state: State, command: Command, around: Surroundings): Decision<Event>;
  /** Total: never validates, never throws, accepts events whose personal fields are null. */
  evolve(state: State, event: Event, moment: EventMoment): State;
  /**
   * Up to STREAMS_PER_UNIT_MAX - 1 further streams that the command is decided over; none by default. Their versions are
   * checked in the append, and events may be put on them.
   */
  streams?(command: Command, consulted: Surroundings): readonly StreamReference[];
  /**
   * Streams that the command is only read beside, such as the products of an order; none by default. Their versions are
   * not checked: what `decide` sees is at least everything acknowledged by this process before the command was taken in,
   * and by another one a second before. Asked again with what it named before, until it names nothing new; at most
   * CONSULTED_STREAMS_MAX streams in CONSULTED_ROUNDS_MAX rounds. What it has not named yet reads as a stream without
   * events, so `consults` may ask for what it is only about to name.
   */
  consults?(command: Command, consulted: Surroundings): readonly StreamReference[];
  /**
   * Name of a series of numbers (`orders/LOCATION/2026-11-22`) of which the command gets the next one as `number`; null
   * for none. Unique within the series and rising within a process; numbers of refused commands are lost.
   */
  series?(command: Command, consulted: Surroundings): string | null;
  /**
   * Where the thing is: whoever may only see some locations finds others as unknown. Null for what belongs to none, which
   * everybody with the permission sees; absent where the aggregate has no place.
   */
  locationOf?(state: State): string | null;
  /** What the rules of roles are checked against before `decide`; no attributes by default. Pure. */
  attributes?(state: State, command: Command, around: Surroundings): CommandAttributes;
  /** What a client sees of the state; the whole state by default. */
  view?(state: State): object;
  /** Further members of a command's answer, no personal data: it is kept for repeats. None by default. */
  respond?(state: State, command: Command): Readonly<Record<string, unknown>>;
  /** Of the members that `respond` gives for the command of this name: what is documented. Whoever has one has both. */
  responds?(command: string): TObject;
}

/** Checks the definition and forgets its types, so that all aggregates fit one pipeline. Throws on a mistake. */
export function defineAggregate<State, Command extends CommandOf, Event extends DecidedEvent>(
  aggregate: Aggregate<State, Command, Event>,
): Aggregate {
  const { category, commands, events } = aggregate;
  if (!/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?$/.test(category))
    throw new TypeError(`${category} is not a category such as customers or loyalty.members`);
  // What has no address may create beside the one that has.
  const words = commands.filter(({ internal }) => !internal).map(({ word }) => word ?? '(creates)');
  for (const [names, what] of [
    [words, 'command word'],
    [commands.map(({ name }) => name), 'command'],
    [events.map(({ name }) => name), 'event'],
    [events.map(({ wireName }) => wireName), 'wire name'],
  ] as const) {
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new TypeError(`${category}: the ${what} ${twice} stands twice`);
  }
  // safe because the pipeline gives a decider only states that its own `evolve` made, commands that were validated
  // by its own schemas and events of its own types
  return aggregate as unknown as Aggregate;
}

/** Enough for every product and modifier group of a large order. */
export const CONSULTED_STREAMS_MAX = 512;
/** An order names its location, then products, then their groups, then price lists. */
export const CONSULTED_ROUNDS_MAX = 4;

/** A name with a location and a day in it has half as many. */
export const SERIES_LENGTH_MAX = 200;

/** The stream of an aggregate: `customers/01J9...`. */
export function streamName({ category, id }: StreamReference): string {
  return `${category}/${id}`;
}

/** What may stand as an id in a stream and an address: letters, digits, `-`, `_`, `.`, `~`, at most 128. */
export const STREAM_ID = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/;
