import { Type } from 'typebox';
import { defineAggregate } from '../../../core/aggregate.ts';
import { ORDER_REFUSALS } from '../refusals.ts';
import { IMPORT_COMMANDS, type ImportCommand } from './commands.ts';
import { consults, decide, IMPORT_BATCHES, streams } from './decide.ts';
import { IMPORT_EVENTS, type ImportEvent } from './events.ts';
import { evolve, initialState, type ImportState } from './state.ts';

const NONE = { sentence: '', remedy: '' };
const {
  LOCATION_UNKNOWN = NONE,
  CURRENCY_DIFFERS = NONE,
  TAX_CLASS_UNKNOWN = NONE,
} = ORDER_REFUSALS;

export const importBatchAggregate = defineAggregate<ImportState, ImportCommand, ImportEvent>({
  category: IMPORT_BATCHES,
  stateVersion: 1,
  events: IMPORT_EVENTS,
  commands: IMPORT_COMMANDS,
  refusals: {
    LOCATION_UNKNOWN,
    CURRENCY_DIFFERS,
    TAX_CLASS_UNKNOWN,
    IMPORT_BATCH_EXISTS: {
      sentence: 'A batch with this id was imported already.',
      remedy: 'Leave the id to the server.',
    },
    IMPORT_BELOW_ZERO: {
      sentence: 'The lines of an order come to less than nothing.',
      remedy: 'Look at the corrections among the lines of `orderId`.',
    },
  },
  initialState,
  decide,
  evolve,
  consults,
  streams,
  attributes: (_state, { input }) => ({
    locationId: input.locationId,
    amount: null,
    shiftOf: null,
  }),
  locationOf: (state) => (state.status === 'done' ? state.locationId : null),
  respond: (state, { input }) =>
    state.status === 'done'
      ? { created: state.orderIds.length, unchanged: state.unchanged }
      : { created: 0, unchanged: input.orders.length },
  responds: () => Type.Object({ created: Type.Integer(), unchanged: Type.Integer() }),
});
