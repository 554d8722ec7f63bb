/** Streams in memory, and commands decided over them as the pipeline does: for tests of decisions over several streams. */
import type { Aggregate, StreamReference, Surroundings } from '../../core/aggregate.ts';
import type { CommandOf } from '../../core/command-type.ts';
import type { DecidedEvent } from '../../core/decision.ts';
import { business } from '../business/index.ts';
import { customers } from '../customers/index.ts';
import type { LocationEvent } from '../business/index.ts';
import type { Booking } from './bookings/state.ts';
import type { DayState } from './days/state.ts';
import { dayStream } from './floor.ts';
import { reservations } from './index.ts';

export const NOW = '2026-11-01T10:00:00.000Z';
export const LOCATION = 'house';

export interface Outcome {
  /** The code of the refusal; null when it was accepted. */
  readonly code: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  /** Events of its own stream. */
  readonly events: readonly DecidedEvent[];
}

export interface Ask {
  readonly category: string;
  readonly command: string;
  readonly id: string;
  readonly input?: unknown;
  readonly at?: string;
}

export interface World {
  ask(ask: Ask): Outcome;
  /** Appends without deciding. */
  put(stream: StreamReference, ...events: readonly DecidedEvent[]): void;
  state(stream: StreamReference): unknown;
  booking(id: string): Booking;
  day(date: string): DayState;
}

interface Held {
  readonly aggregate: Aggregate;
  readonly state: unknown;
  readonly version: number;
}

const nameOf = ({ category, id }: StreamReference): string => `${category}/${id}`;
const namesOf = (listed: readonly StreamReference[] | undefined) => (listed ?? []).map(nameOf);

interface Streams {
  held(stream: StreamReference): Held;
  apply(stream: StreamReference, events: readonly DecidedEvent[], at: string): void;
  /** All of them, or only those listed. */
  around(listed?: ReadonlySet<string>): Surroundings;
}

function createStreams(): Streams {
  const aggregates = [business, customers, reservations].flatMap((module) => module.aggregates);
  const streams = new Map<string, Held>();
  const held = (stream: StreamReference): Held => {
    const known = streams.get(nameOf(stream));
    if (known !== undefined) return known;
    const found = aggregates.find(({ aggregate }) => aggregate.category === stream.category);
    if (found === undefined) throw new Error(`${stream.category} is no category`);
    return { aggregate: found.aggregate, state: found.aggregate.initialState, version: 0 };
  };
  return {
    held,
    apply(stream, events, at) {
      for (const event of events) {
        const { aggregate, state, version } = held(stream);
        const next = aggregate.evolve(state, event, { at, version: version + 1 });
        streams.set(nameOf(stream), { aggregate, state: next, version: version + 1 });
      }
    },
    around(listed) {
      const seen = (stream: StreamReference): Held => {
        if (listed === undefined || listed.has(nameOf(stream))) return held(stream);
        throw new Error(`${nameOf(stream)} was not listed`);
      };
      return {
        stateOf: (stream) => seen(stream).state,
        versionOf: (stream) => seen(stream).version,
      };
    },
  };
}

export function createWorld(): World {
  const streams = createStreams();
  let commands = 0;
  return {
    ask(asked) {
      commands += 1;
      return askOne(streams, asked, `c${commands}`);
    },
    put: (stream, ...events) => streams.apply(stream, events, NOW),
    state: (stream) => streams.held(stream).state,
    booking: (id) => streams.held({ category: 'reservations', id }).state as Booking,
    day: (date) => streams.held(dayStream(LOCATION, date)).state as DayState,
  };
}

function askOne(streams: Streams, asked: Ask, commandId: string): Outcome {
  const { category, command: type, id, input = {}, at = NOW } = asked;
  const own = { category, id };
  const { aggregate, state } = streams.held(own);
  const who = { secret: 's', actor: 'key-1', approver: null, number: 0 };
  const command: CommandOf = { type, id, input, at, commandId, ...who };
  const consulted = new Set(namesOf(aggregate.consults?.(command, streams.around())));
  const listed = namesOf(aggregate.streams?.(command, streams.around(consulted)));
  if (listed.length >= 8) throw new Error(`${type} names ${listed.length} streams`);
  // As in the pipeline: a command sees its own stream only where it consulted it.
  const further = listed.filter((name) => name !== nameOf(own));
  const around = streams.around(new Set([...consulted, ...further]));
  const decision = aggregate.decide(state, command, around);
  if (decision.outcome === 'rejected') {
    if (!Object.hasOwn(aggregate.refusals, decision.code)) throw new Error(decision.code);
    return { code: decision.code, details: decision.details, events: [] };
  }
  streams.apply(own, decision.events, at);
  for (const { events, ...stream } of decision.elsewhere) {
    if (!further.includes(nameOf(stream))) throw new Error(`${nameOf(stream)} was not listed`);
    streams.apply(stream, events, at);
  }
  return { code: null, details: {}, events: decision.events };
}

export interface TableGiven {
  readonly tableId: string;
  readonly seats: number;
  readonly areaId?: string;
  readonly joinableWith?: readonly string[];
}

/** The events of a location with these tables. */
export function locationEvents(
  tables: readonly TableGiven[],
  given: { readonly timeZone?: string; readonly dayCutOff?: string } = {},
): readonly LocationEvent[] {
  const { timeZone = 'Europe/Warsaw', dayCutOff = '05:00' } = given;
  const locationId = LOCATION;
  return [
    {
      type: 'LocationOpened',
      data: {
        locationId,
        name: 'House',
        timeZone,
        currency: 'PLN',
        dayCutOff,
        languages: ['pl'],
        taxes: {
          mode: 'inclusive',
          rates: [{ taxClass: 'food', channel: null, label: 'A', rate: 8000 }],
        },
      },
    },
    { type: 'AreaSet', data: { locationId, areaId: 'hall', name: 'Hall' } },
    ...tables.map(({ tableId, seats, areaId = 'hall', joinableWith = [] }): LocationEvent => ({
      type: 'TableSet',
      data: { locationId, tableId, areaId, name: tableId, seats, joinableWith: [...joinableWith] },
    })),
  ];
}

/** A world with one location, called LOCATION. */
export function worldWith(
  tables: readonly TableGiven[],
  given: { readonly timeZone?: string; readonly dayCutOff?: string } = {},
): World {
  const world = createWorld();
  world.put({ category: 'business.locations', id: LOCATION }, ...locationEvents(tables, given));
  return world;
}

export function setCalendar(world: World, settings: object): Outcome {
  const input = { locationId: LOCATION, ...settings };
  return world.ask({
    category: 'reservations.calendars',
    command: 'SetReservationCalendar',
    id: LOCATION,
    input,
  });
}

/** Makes a reservation for two at a table of LOCATION unless the input says otherwise. */
export function book(
  world: World,
  id: string,
  given: { readonly startsAt: string; readonly at?: string; readonly [member: string]: unknown },
): Outcome {
  const { at = NOW, ...input } = given;
  const standard = { locationId: LOCATION, partySize: 2, contact: { name: 'Ana Souza' } };
  return world.ask({
    category: 'reservations',
    command: 'MakeReservation',
    id,
    input: { ...standard, ...input },
    at,
  });
}

/** Holds tables for two as the public page does, all from one address unless the input says otherwise. */
export function hold(
  world: World,
  id: string,
  given: { readonly startsAt: string; readonly at?: string; readonly [member: string]: unknown },
): Outcome {
  const { at = NOW, ...input } = given;
  const holders = {
    holder: 'pseudonym-of-a-pair',
    holderAddress: 'pseudonym-of-the-address',
  };
  const standard = { locationId: LOCATION, partySize: 2, ...holders };
  return world.ask({
    category: 'reservations',
    command: 'HoldTables',
    id,
    input: { ...standard, ...input },
    at,
  });
}

/** A follow-up command of a reservation. */
export function follow(
  world: World,
  [command, id, at = NOW]: readonly [command: string, id: string, at?: string],
  input: object = {},
): Outcome {
  return world.ask({ category: 'reservations', command, id, input, at });
}
