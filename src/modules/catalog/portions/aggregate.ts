import { defineAggregate } from '../../../core/aggregate.ts';
import type { ModuleAggregate } from '../../../core/module.ts';
import { PORTION_COMMANDS, PORTION_REFUSALS, type PortionCommand } from './commands.ts';
import { attributes, decide } from './decide.ts';
import { PORTION_EVENTS, type PortionEvent } from './events.ts';
import { portionList } from './read-models/portion-list.ts';
import { evolve, initialState, type PortionsState } from './state.ts';
import { PORTIONS_CATEGORY } from './take.ts';

export const portions: ModuleAggregate = {
  aggregate: defineAggregate<PortionsState, PortionCommand, PortionEvent>({
    category: PORTIONS_CATEGORY,
    stateVersion: 1,
    events: PORTION_EVENTS,
    commands: PORTION_COMMANDS,
    refusals: PORTION_REFUSALS,
    initialState,
    decide,
    evolve,
    attributes,
    locationOf: (state) => (state.status === 'counted' ? state.locationId : null),
  }),
  singular: 'count of portions',
  plural: 'counts of portions',
  list: portionList,
};
