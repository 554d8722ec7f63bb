/** Names from before names were unique come in by a policy that reads the history once; the newest said one wins. */
import { Type } from 'typebox';
import { defineAggregate } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { accepted, type Decision } from '../../../core/decision.ts';
import type { CommandReaction, Policy } from '../../../core/policy.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import {
  locationChanged,
  locationClosed,
  locationOpened,
  type LocationEvent,
} from '../locations/events.ts';
import { tillAdded, tillRenamed, tillRetired, type TillEvent } from '../tills/events.ts';
import { NAME_EVENTS, type NameEvent } from './events.ts';
import { evolve, initialState, NAMES, NAMES_STREAM, type NamesState } from './state.ts';

const id = Type.String({ minLength: 1, maxLength: 128 });

export const noteName = defineCommand({
  name: 'NoteName',
  summary: 'Notes a name that was given before names were unique',
  permission: 'settings',
  internal: true,
  input: Type.Object(
    {
      of: Type.Union([Type.Literal('location'), Type.Literal('till')]),
      id,
      /** Of a till, where it is known. */
      locationId: Type.Union([id, Type.Null()]),
      /** Null for what was closed or retired. */
      name: Type.Union([Type.String({ minLength: 1, maxLength: 100 }), Type.Null()]),
    },
    { additionalProperties: false },
  ),
  examples: [
    { of: 'location', id: 'a1', locationId: null, name: 'Centro' },
    { of: 'till', id: 't1', locationId: 'a1', name: 'Bar' },
    { of: 'till', id: 't1', locationId: null, name: null },
  ],
});

type NameCommand = CommandFor<typeof noteName>;

export function decide({ held }: NamesState, { input }: NameCommand): Decision<NameEvent> {
  const { of, id: whose, name } = input;
  const known = held.find((each) => each.of === of && each.id === whose);
  if (known?.isSaid === true || known?.name === name) return accepted([]);
  // Only what adds a till says where it is.
  const locationId = input.locationId ?? known?.locationId ?? null;
  if (name === null && known === undefined) return accepted([]);
  const data = { of, id: whose, locationId, noted: true };
  return accepted([
    name === null ? { type: 'NameFreed', data } : { type: 'NameTaken', data: { ...data, name } },
  ]);
}

export const nameAggregate = defineAggregate<NamesState, NameCommand, NameEvent>({
  category: NAMES,
  stateVersion: 1,
  events: NAME_EVENTS,
  commands: [noteName],
  refusals: {},
  initialState,
  decide,
  evolve,
});

type Naming = Extract<
  LocationEvent | TillEvent,
  {
    readonly type:
      | 'LocationOpened'
      | 'LocationChanged'
      | 'LocationClosed'
      | 'TillAdded'
      | 'TillRenamed'
      | 'TillRetired';
  }
>;

export const noteNames: Policy = {
  name: 'business.note-names',
  fromBeginning: true,
  on: [locationOpened, locationChanged, locationClosed, tillAdded, tillRenamed, tillRetired],
  react(event) {
    // safe because the policy is told of events of these types only
    const input = notedOf(event as Recorded<Naming>);
    return input === null ? [] : [noted(input)];
  },
};

function notedOf(event: Recorded<Naming>): NameCommand['input'] | null {
  switch (event.type) {
    case 'LocationOpened':
    case 'LocationChanged':
    case 'LocationClosed':
      return nameOfLocation(event);
    default:
      return nameOfTill(event);
  }
}

type OfLocation = Extract<Naming, LocationEvent>;

function nameOfLocation(event: OfLocation): NameCommand['input'] | null {
  const whose = { of: 'location', id: event.data.locationId, locationId: null } as const;
  if (event.type === 'LocationClosed') return { ...whose, name: null };
  const { name } = event.data;
  return name === undefined ? null : { ...whose, name };
}

type OfTill = Extract<Naming, TillEvent>;

function nameOfTill(event: OfTill): NameCommand['input'] {
  const of = 'till' as const;
  const { tillId: whose } = event.data;
  const locationId = event.type === 'TillAdded' ? event.data.locationId : null;
  const name = event.type === 'TillRetired' ? null : event.data.name;
  return { of, id: whose, locationId, name };
}

function noted(input: NameCommand['input']): CommandReaction {
  return {
    kind: 'command',
    category: NAMES,
    command: 'NoteName',
    id: NAMES_STREAM.id,
    input,
  };
}
