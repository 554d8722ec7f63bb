import type { Static } from 'typebox';
import type { RecipeEvent, recipeFacts } from './events.ts';

export type RecipeFacts = Static<typeof recipeFacts>;
export type KnownRecipe = RecipeFacts & { readonly status: 'active' | 'retired' };

/** How something is made. */
export type RecipeState = { readonly status: 'unknown' } | KnownRecipe;

export const initialState: RecipeState = { status: 'unknown' };

export function evolve(state: RecipeState, event: RecipeEvent): RecipeState {
  switch (event.type) {
    case 'RecipeAdded':
      return { status: 'active', ...event.data.recipe };
    case 'RecipeChanged':
      return state.status === 'unknown' ? state : { status: state.status, ...event.data.recipe };
    case 'RecipeRetired':
      return state.status === 'unknown' ? state : { ...state, status: 'retired' };
  }
}
