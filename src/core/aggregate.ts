/**
 * The decider: a functional core of three values. `decide` says what happens, `evolve` what that means; a stream's
 * state is the fold of `evolve` over its events from `initialState`.
 */
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

/** The states of the streams that `streams` listed. */
export interface Surroundings {
  /** State of the stream, `initialState` of its aggregate when it has no events. Throws when it was not listed. */
  stateOf(stream: StreamReference): unknown;
  versionOf(stream: StreamReference): number;
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
  /** Up to STREAMS_PER_UNIT_MAX - 1 further streams that the command is decided over; none by default. */
  streams?(command: Command): readonly StreamReference[];
  /** What a client sees of the state; the whole state by default. */
  view?(state: State): object;
  /** Further members of a command's answer, no personal data: it is kept for repeats. None by default. */
  respond?(state: State, command: Command): Readonly<Record<string, unknown>>;
}

/** Checks the definition and forgets its types, so that all aggregates fit one pipeline. Throws on a mistake. */
export function defineAggregate<State, Command extends CommandOf, Event extends DecidedEvent>(
  aggregate: Aggregate<State, Command, Event>,
): Aggregate {
  const { category, commands, events } = aggregate;
  if (!/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?$/.test(category))
    throw new TypeError(`${category} is not a category such as customers or loyalty.members`);
  const words = commands.map(({ word }) => word ?? '(creates)');
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

/** The stream of an aggregate: `customers/01J9...`. */
export function streamName({ category, id }: StreamReference): string {
  return `${category}/${id}`;
}

/** What may stand as an id in a stream and an address: letters, digits, `-`, `_`, `.`, `~`, at most 128. */
export const STREAM_ID = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/;
