/** Tables at locations, listed by the time they were set, watched, and only seen by who works there: for tests of routes. */
import { Type } from 'typebox';
import { defineAggregate } from '../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../core/command-type.ts';
import { accepted } from '../../core/decision.ts';
import { defineEvent, type EventOf } from '../../core/event-type.ts';
import { defineModule, type BusinessModule } from '../../core/module.ts';
import { defineReadModel } from '../../core/read-model.ts';
import type { Recorded } from '../../core/recorded-event.ts';

const data = Type.Object({
  locationId: Type.Union([Type.String(), Type.Null()]),
  guest: Type.String(),
  at: Type.String(),
});
const set = defineEvent({ name: 'TableSet', wireName: 'comptoir.tables.set', data });
const cleared = defineEvent({
  name: 'TableCleared',
  wireName: 'comptoir.tables.cleared',
  data: Type.Object({}),
});
const input = Type.Object(
  {
    locationId: Type.Union([Type.String(), Type.Null()]),
    guest: Type.String(),
    at: Type.Optional(Type.String({ format: 'date-time' })),
  },
  { additionalProperties: false },
);
const setTable = defineCommand({
  name: 'SetTable',
  summary: 'Sets a table',
  input,
  examples: [{ locationId: 'north', guest: 'Ana' }],
});
const moveTable = defineCommand({
  name: 'MoveTable',
  word: 'move',
  summary: 'Sets it anew',
  permission: 'move',
  approvable: true,
  input,
  examples: [{ locationId: 'south', guest: 'Ana' }],
});
const clearTable = defineCommand({
  name: 'ClearTable',
  word: 'clear',
  summary: 'Clears it',
  input: Type.Object({}, { additionalProperties: false }),
  examples: [{}],
});

interface State {
  readonly locationId: string | null;
  readonly guest: string;
}
interface TableRow {
  readonly location_id: string | null;
  readonly guest: string;
  readonly set_at: string;
  readonly [column: string]: unknown;
}
type TableEvent = EventOf<typeof set> | EventOf<typeof cleared>;

const list = defineReadModel<Recorded<TableEvent>, TableRow>({
  name: 'tables.list',
  version: 1,
  columns: { location_id: 'text', guest: 'text', set_at: 'timestamptz' },
  indexes: [['set_at']],
  on: [set, cleared],
  keys: ({ id }) => [id],
  project: (_row, event) =>
    event.type === 'TableCleared'
      ? null
      : {
          location_id: event.data.locationId,
          guest: event.data.guest,
          set_at: event.data.at,
        },
  personal: 'none',
  list: {
    filters: { guest: 'guest' },
    order: [{ column: 'set_at', descending: true }],
    range: { column: 'set_at' },
    location: 'location_id',
  },
});

type Command =
  CommandFor<typeof setTable> | CommandFor<typeof moveTable> | CommandFor<typeof clearTable>;

export const tables: BusinessModule = defineModule({
  name: 'tables',
  title: 'Tables',
  summary: 'Tables of a test.',
  aggregates: [
    {
      singular: 'table',
      list,
      aggregate: defineAggregate<State, Command, TableEvent>({
        category: 'tables',
        stateVersion: 1,
        events: [set, cleared],
        commands: [setTable, moveTable, clearTable],
        refusals: {},
        initialState: { locationId: null, guest: '' },
        decide(_state, command) {
          if (command.type === 'ClearTable') return accepted([{ type: 'TableCleared', data: {} }]);
          const { locationId, guest, at = command.at } = command.input;
          return accepted([{ type: 'TableSet', data: { locationId, guest, at } }]);
        },
        evolve: (state, event) => (event.type === 'TableSet' ? event.data : state),
        attributes: (state, command) => ({
          locationId: command.type === 'ClearTable' ? state.locationId : command.input.locationId,
          amount: null,
          shiftOf: null,
        }),
        locationOf: ({ locationId }) => locationId,
      }),
    },
  ],
});
