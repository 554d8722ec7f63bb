/** Given events, when a command, then events or a refusal: how deciders are tested. */
import {
  streamName,
  type EventMoment,
  type StreamReference,
  type Surroundings,
} from '../../src/core/aggregate.ts';
import type { CommandOf } from '../../src/core/command-type.ts';
import type { DecidedEvent, Decision } from '../../src/core/decision.ts';
import type { Recorded } from '../../src/core/recorded-event.ts';

/** When everything in these tests happens, unless one says otherwise. */
export const AT = '2026-11-21T09:30:00.000Z';

export interface Decider<State, Command extends CommandOf, Event extends DecidedEvent> {
  readonly initialState: State;
  decide(state: State, command: Command, around: Surroundings): Decision<Event>;
  evolve(state: State, event: Event, moment: EventMoment): State;
}

/** What a test says of a command; the rest stands here. */
export type Said<Command extends CommandOf> = Command extends CommandOf
  ? Pick<Command, 'type' | 'input'> & Partial<Command>
  : never;

export interface Given<State, Command extends CommandOf, Event extends DecidedEvent> {
  readonly state: State;
  /** The same beside another stream, in this state and at this version; all streams that are not given are unknown. */
  around(stream: StreamReference, state: unknown, version?: number): Given<State, Command, Event>;
  /** The events that the command leads to, or the code of its refusal. */
  when(command: Said<Command>): readonly Event[] | string;
  /** The whole decision: events on other streams and details of a refusal with it. */
  decision(command: Said<Command>): Decision<Event>;
}

type Streams = ReadonlyMap<string, { readonly state: unknown; readonly version: number }>;

/** Surroundings of these streams, by name; throws for any other. For whatever takes surroundings beside a decider. */
export function surroundingsOf(streams: Streams): Surroundings {
  const find = (stream: StreamReference) => {
    const found = streams.get(streamName(stream));
    if (found === undefined) throw new Error(`${streamName(stream)} was not given`);
    return found;
  };
  return {
    stateOf: (stream) => find(stream).state,
    versionOf: (stream) => find(stream).version,
  };
}

/** The state after `events`, all of them at AT. */
export function givenEvents<State, Command extends CommandOf, Event extends DecidedEvent>(
  decider: Decider<State, Command, Event>,
  ...events: readonly Event[]
): Given<State, Command, Event> {
  const state = events.reduce<State>(
    (before, event, index) => decider.evolve(before, event, { at: AT, version: index + 1 }),
    decider.initialState,
  );
  return givenState(decider, state, new Map());
}

function givenState<State, Command extends CommandOf, Event extends DecidedEvent>(
  decider: Decider<State, Command, Event>,
  state: State,
  streams: Streams,
): Given<State, Command, Event> {
  const decision = (said: Said<Command>): Decision<Event> => {
    const standard = {
      id: 'id-1',
      at: AT,
      commandId: 'c-1',
      secret: 'c2VjcmV0',
      actor: 'key-1',
      approver: null,
      number: 7,
    };
    // safe because a command is what was said of it and the standard rest
    const command = { ...standard, ...said } as unknown as Command;
    return decider.decide(state, command, surroundingsOf(streams));
  };
  return {
    state,
    around: (stream, held, version = 1) =>
      givenState(
        decider,
        state,
        new Map([...streams, [streamName(stream), { state: held, version }]]),
      ),
    decision,
    when(said) {
      const decided = decision(said);
      return decided.outcome === 'accepted' ? decided.events : decided.code;
    },
  };
}

/** The row of `key` after a read model saw `events`, all of them recorded at AT; null when there is none. */
export function rowAfter<Event extends DecidedEvent>(
  model: {
    keys(event: Recorded<Event>): readonly string[];
    project(row: object | null, event: Recorded<Event>, key: string): object | null;
  },
  key: string,
  events: readonly Event[],
): object | null {
  let row: object | null = null;
  for (const [index, event] of events.entries()) {
    const recorded = {
      ...event,
      tenant: 'acme',
      bucket: 0,
      position: BigInt(index + 1),
      recordedAtMicros: BigInt(Date.parse(AT)) * 1000n,
      at: AT,
      eventId: `e${index + 1}`,
      decided: true,
      category: 'test',
      id: key,
      version: index + 1,
      causation: {
        commandId: 'c',
        causationId: null,
        correlationId: 'c',
        actor: null,
        approver: null,
        hops: 0,
      },
    };
    // safe because this is a recorded event of exactly this type
    const seen = recorded as unknown as Recorded<Event>;
    if (model.keys(seen).includes(key)) row = model.project(row, seen, key);
  }
  return row;
}
