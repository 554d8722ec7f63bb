/** Customers: who they are, how they may be written to. The only door of this folder. */
import { defineAggregate } from '../../core/aggregate.ts';
import { defineModule } from '../../core/module.ts';
import { CUSTOMER_COMMANDS, CUSTOMER_REFUSALS, type CustomerCommand } from './commands.ts';
import { decide } from './decide.ts';
import { CUSTOMER_EVENTS, type CustomerEvent } from './events.ts';
import { customerList } from './read-models/customer-list.ts';
import { evolve, initialState, type CustomerState } from './state.ts';

export {
  customerArchived,
  customerContactChanged,
  customerRegistered,
  type CustomerEvent,
} from './events.ts';
export type { CustomerState } from './state.ts';

export const customers = defineModule({
  name: 'customers',
  title: 'Customers',
  summary: 'People who buy: their contact, their language and what they agreed to be sent.',
  aggregates: [
    {
      aggregate: defineAggregate<CustomerState, CustomerCommand, CustomerEvent>({
        category: 'customers',
        stateVersion: 1,
        events: CUSTOMER_EVENTS,
        commands: CUSTOMER_COMMANDS,
        refusals: CUSTOMER_REFUSALS,
        initialState,
        decide,
        evolve,
      }),
      singular: 'customer',
      list: customerList,
    },
  ],
});
