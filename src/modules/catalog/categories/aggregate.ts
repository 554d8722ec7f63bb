import { defineAggregate } from '../../../core/aggregate.ts';
import type { ModuleAggregate } from '../../../core/module.ts';
import { CATEGORY_COMMANDS, CATEGORY_REFUSALS, type CategoryCommand } from './commands.ts';
import { consults, decide } from './decide.ts';
import { CATEGORY_EVENTS, type CategoryEvent } from './events.ts';
import { categoryList } from './read-models/category-list.ts';
import { CATEGORIES_CATEGORY, evolve, initialState, type CategoryState } from './state.ts';

export const categories: ModuleAggregate = {
  aggregate: defineAggregate<CategoryState, CategoryCommand, CategoryEvent>({
    category: CATEGORIES_CATEGORY,
    stateVersion: 1,
    events: CATEGORY_EVENTS,
    commands: CATEGORY_COMMANDS,
    refusals: CATEGORY_REFUSALS,
    initialState,
    decide,
    evolve,
    consults,
  }),
  singular: 'category',
  list: categoryList,
};
