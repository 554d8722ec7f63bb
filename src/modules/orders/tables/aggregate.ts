import { defineAggregate } from '../../../core/aggregate.ts';
import { setTableState, type TableCommand } from './commands.ts';
import { attributes, consults, decide, TABLE_REFUSALS, TABLES } from './decide.ts';
import { TABLE_EVENTS, type TableEvent } from './events.ts';
import { evolve, initialState, type TableState } from './state.ts';

export const tableAggregate = defineAggregate<TableState, TableCommand, TableEvent>({
  category: TABLES,
  stateVersion: 1,
  events: TABLE_EVENTS,
  commands: [setTableState],
  refusals: TABLE_REFUSALS,
  initialState,
  consults,
  attributes,
  decide,
  evolve,
  locationOf: (state) => (state.status === 'unsaid' ? null : state.locationId),
});
