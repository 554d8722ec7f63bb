import { defineAggregate } from '../../../core/aggregate.ts';
import type { ModuleAggregate } from '../../../core/module.ts';
import { GROUPS_CATEGORY } from '../pricing/price-line.ts';
import { GROUP_COMMANDS, GROUP_REFUSALS, type GroupCommand } from './commands.ts';
import { decide } from './decide.ts';
import { GROUP_EVENTS, type GroupEvent } from './events.ts';
import { groupList } from './read-models/group-list.ts';
import { evolve, initialState, type GroupState } from './state.ts';

export const groups: ModuleAggregate = {
  aggregate: defineAggregate<GroupState, GroupCommand, GroupEvent>({
    category: GROUPS_CATEGORY,
    stateVersion: 1,
    events: GROUP_EVENTS,
    commands: GROUP_COMMANDS,
    refusals: GROUP_REFUSALS,
    initialState,
    decide,
    evolve,
  }),
  singular: 'modifier group',
  list: groupList,
};
