/** Customers: who they are, how they may be written to. The only door of this folder. */
import { defineAggregate } from '../../core/aggregate.ts';
import { defineModule } from '../../core/module.ts';
import { CUSTOMER_COMMANDS, type CustomerCommand } from './commands.ts';
import { decide } from './decide.ts';
import { consults, respond, responds, streams } from './decide-merges.ts';
import { CUSTOMER_EVENTS, type CustomerEvent } from './events.ts';
import { customerList } from './read-models/customer-list.ts';
import { identifierRows } from './read-models/identifiers.ts';
import { CUSTOMER_REFUSALS } from './refusals.ts';
import { segmentList } from './segments/read-models/segment-list.ts';
import * as segment from './segments/segment.ts';
import { CUSTOMERS, evolve, initialState, type CustomerState } from './state.ts';

export {
  CUSTOMER_EVENTS,
  customerArchived,
  customerConsentGiven,
  customerConsentWithdrawn,
  customerContactChanged,
  customerRegistered,
  type CustomerEvent,
} from './events.ts';
export { identifierAdded, identifierPreferred, identifierRemoved } from './events-identifiers.ts';
export { noteAdded } from './events-notes.ts';
export {
  customerMergedInto,
  customerSeparated,
  customersMerged,
  customersUnmerged,
} from './events-merges.ts';
export type { Consent } from './consents.ts';
export { MERGES_MAX } from './decide-merges.ts';
export { customerList, type CustomerRow } from './read-models/customer-list.ts';
export { identifierRows } from './read-models/identifiers.ts';
export { customerRoutes } from './routes.ts';
export { lookUpValue } from './identifiers.ts';
export { activeWith, idsWith, LOOK_UP_LISTS } from './routes-lookup.ts';
export { segmentMembers } from './routes-segments.ts';
export { SEGMENTS, type SegmentState } from './segments/segment.ts';
export {
  consentOf,
  CUSTOMERS,
  survivorOf,
  type CustomerState,
  type KnownCustomer,
} from './state.ts';

export const customers = defineModule({
  name: 'customers',
  title: 'Customers',
  summary: 'People who buy: their contact, their language and what they agreed to be sent.',
  aggregates: [
    {
      aggregate: defineAggregate<CustomerState, CustomerCommand, CustomerEvent>({
        category: CUSTOMERS,
        stateVersion: 2,
        events: CUSTOMER_EVENTS,
        commands: CUSTOMER_COMMANDS,
        refusals: CUSTOMER_REFUSALS,
        initialState,
        decide,
        evolve,
        consults,
        streams,
        respond,
        responds,
      }),
      singular: 'customer',
      list: customerList,
    },
    {
      aggregate: defineAggregate<
        segment.SegmentState,
        segment.SegmentCommand,
        segment.SegmentEvent
      >({
        category: segment.SEGMENTS,
        stateVersion: 1,
        events: segment.SEGMENT_EVENTS,
        commands: segment.SEGMENT_COMMANDS,
        refusals: segment.SEGMENT_REFUSALS,
        initialState: segment.initialState,
        decide: segment.decide,
        evolve: segment.evolve,
      }),
      singular: 'segment',
      list: segmentList,
    },
  ],
  readModels: [identifierRows],
});
