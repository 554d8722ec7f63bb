import type { Static } from 'typebox';
import type { CategoryEvent, categoryFacts } from './events.ts';

export const CATEGORIES_CATEGORY = 'catalog.categories';

export type CategoryFacts = Static<typeof categoryFacts>;
export type KnownCategory = CategoryFacts & { readonly status: 'active' | 'removed' };

/** A section of the menu. */
export type CategoryState = { readonly status: 'unknown' } | KnownCategory;

export const initialState: CategoryState = { status: 'unknown' };

export function evolve(state: CategoryState, event: CategoryEvent): CategoryState {
  switch (event.type) {
    case 'CategoryAdded':
      return { status: 'active', ...event.data.category };
    case 'CategoryChanged':
      return state.status === 'unknown' ? state : { status: state.status, ...event.data.category };
    case 'CategoryRemoved':
      return state.status === 'unknown' ? state : { ...state, status: 'removed' };
  }
}
