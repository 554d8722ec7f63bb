/** The streams around a command in the checks of modules: as they are before their first event, or after their first command. */
import {
  CONSULTED_ROUNDS_MAX,
  CONSULTED_STREAMS_MAX,
  SERIES_LENGTH_MAX,
  streamName,
  type Aggregate,
  type StreamReference,
  type Surroundings,
} from '../../src/core/aggregate.ts';
import type { CommandOf } from '../../src/core/command-type.ts';
import type { DecidedEvent } from '../../src/core/decision.ts';
import type { BusinessModule } from '../../src/core/module.ts';
import { STREAMS_PER_UNIT_MAX } from '../../src/log/log.ts';
import { fault, frozen } from './plain-json.ts';

/** A product that names a group that names a list: further than this, streams are as before their first event. */
const CREATED_DEPTH_MAX = 3;
const CREATED_AT = '2025-12-31T12:00:00.000Z';

export interface HeldStream {
  readonly aggregate: Aggregate;
  readonly state: unknown;
  readonly version: number;
}

/** The streams of one walk beside the one it walks on. */
export interface AroundWalk {
  /** What the command is decided over and beside, as the pipeline finds it out. */
  of(aggregate: Aggregate, command: CommandOf): Surroundings;
  held(stream: StreamReference, whose: Aggregate): HeldStream;
  keep(stream: StreamReference, held: HeldStream): void;
}

/**
 * `created`: a stream that is asked for has had the first of its creating commands whose example is accepted; otherwise
 * nothing happened on it yet.
 */
export function aroundWalk(all: readonly BusinessModule[], created: boolean): AroundWalk {
  const streams = new Map<string, HeldStream>();
  let depth = 0;
  const world: AroundWalk = {
    of: (aggregate, command) => surroundingsOf(world, aggregate, command),
    held(stream, whose) {
      const name = streamName(stream);
      const known = streams.get(name);
      if (known !== undefined) return known;
      const aggregate = aggregateOf(all, stream, whose);
      depth += 1;
      const fresh = { aggregate, state: frozen(aggregate.initialState), version: 0 };
      const made =
        created && depth <= CREATED_DEPTH_MAX ? afterCreating(world, fresh, stream.id) : fresh;
      depth -= 1;
      streams.set(name, made);
      return made;
    },
    keep: (stream, held) => void streams.set(streamName(stream), held),
  };
  return world;
}

/** The stream with one event more. */
export function heldAfter(held: HeldStream, event: DecidedEvent, at: string): HeldStream {
  const version = held.version + 1;
  const state = held.aggregate.evolve(held.state, frozen(event), { at, version });
  return { ...held, state: frozen(state), version };
}

function aggregateOf(
  all: readonly BusinessModule[],
  { category }: StreamReference,
  whose: Aggregate,
): Aggregate {
  const found = all
    .flatMap(({ aggregates }) => aggregates)
    .find(({ aggregate }) => aggregate.category === category);
  if (found === undefined) throw fault(whose.category, `${category} is no category`);
  return found.aggregate;
}

function afterCreating(world: AroundWalk, fresh: HeldStream, id: string): HeldStream {
  const { aggregate, state } = fresh;
  for (const { name, word, examples } of aggregate.commands)
    for (const input of word === null ? examples : []) {
      const command: CommandOf = frozen({
        type: name,
        id,
        input: structuredClone(input),
        at: CREATED_AT,
        commandId: `created-${id}`,
        secret: 'c2VjcmV0',
        actor: 'key-1',
        approver: null,
        number: 1,
      });
      const decision = aggregate.decide(state, command, world.of(aggregate, command));
      if (decision.outcome === 'accepted')
        return decision.events.reduce((held, event) => heldAfter(held, event, CREATED_AT), fresh);
    }
  return fresh;
}

function surroundingsOf(world: AroundWalk, aggregate: Aggregate, command: CommandOf): Surroundings {
  const consulted = consultedOf(world, aggregate, command);
  const beside = within(world, aggregate, consulted);
  const listed = aggregate.streams?.(command, beside) ?? [];
  if (listed.length >= STREAMS_PER_UNIT_MAX)
    throw fault(aggregate.category, `${command.type} names ${listed.length} further streams`);
  checkSeries(aggregate, command, beside);
  return within(world, aggregate, new Set([...consulted, ...listed.map(streamName)]));
}

function checkSeries(aggregate: Aggregate, command: CommandOf, beside: Surroundings): void {
  const asked = (): string | null => aggregate.series?.(command, beside) ?? null;
  const series = asked();
  if (series !== asked())
    throw fault(aggregate.category, `${command.type} names another series the second time`);
  if (series !== null && (series === '' || series.length > SERIES_LENGTH_MAX))
    throw fault(
      aggregate.category,
      `${command.type} names a series of ${series.length} characters`,
    );
}

/** Asks round after round, as the pipeline does. */
function consultedOf(
  world: AroundWalk,
  aggregate: Aggregate,
  command: CommandOf,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (let round = 0; ; round += 1) {
    const around: Surroundings = {
      stateOf(stream) {
        if (names.has(streamName(stream))) return world.held(stream, aggregate).state;
        return world.held(stream, aggregate).aggregate.initialState;
      },
      versionOf: (stream) =>
        names.has(streamName(stream)) ? world.held(stream, aggregate).version : 0,
    };
    const before = names.size;
    for (const stream of aggregate.consults?.(command, around) ?? []) names.add(streamName(stream));
    if (names.size === before) return names;
    if (round >= CONSULTED_ROUNDS_MAX || names.size > CONSULTED_STREAMS_MAX)
      throw fault(aggregate.category, `${command.type} consults too many streams or rounds`);
  }
}

function within(world: AroundWalk, aggregate: Aggregate, names: ReadonlySet<string>): Surroundings {
  const find = (stream: StreamReference): HeldStream => {
    if (!names.has(streamName(stream)))
      throw fault(streamName(stream), 'was not listed by streams or consults');
    return world.held(stream, aggregate);
  };
  return {
    stateOf: (stream) => find(stream).state,
    versionOf: (stream) => find(stream).version,
  };
}
