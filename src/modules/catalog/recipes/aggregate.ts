import { defineAggregate } from '../../../core/aggregate.ts';
import type { ModuleAggregate } from '../../../core/module.ts';
import { RECIPE_COMMANDS, RECIPE_REFUSALS, type RecipeCommand } from './commands.ts';
import { decide } from './decide.ts';
import { RECIPE_EVENTS, type RecipeEvent } from './events.ts';
import { recipeList } from './read-models/recipe-list.ts';
import { evolve, initialState, type RecipeState } from './state.ts';

export const recipes: ModuleAggregate = {
  aggregate: defineAggregate<RecipeState, RecipeCommand, RecipeEvent>({
    category: 'catalog.recipes',
    stateVersion: 1,
    events: RECIPE_EVENTS,
    commands: RECIPE_COMMANDS,
    refusals: RECIPE_REFUSALS,
    initialState,
    decide,
    evolve,
  }),
  singular: 'recipe',
  list: recipeList,
};
