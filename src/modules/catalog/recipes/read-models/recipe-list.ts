import { defineReadModel } from '../../../../core/read-model.ts';
import type { Recorded } from '../../../../core/recorded-event.ts';
import { RECIPE_EVENTS, type RecipeEvent } from '../events.ts';
import type { RecipeFacts } from '../state.ts';

/** A row of the list of recipes. */
interface RecipeRow {
  readonly title: string;
  readonly name: RecipeFacts['name'];
  readonly kind: string | null;
  readonly glass: string | null;
  readonly ingredients: RecipeFacts['ingredients'];
  readonly garnish: RecipeFacts['garnish'];
  readonly method: RecipeFacts['method'];
  readonly product_id: string | null;
  readonly status: string;
  readonly [column: string]: unknown;
}

export const recipeList = defineReadModel<Recorded<RecipeEvent>, RecipeRow>({
  name: 'catalog.recipes',
  version: 1,
  columns: {
    title: 'text',
    name: 'jsonb',
    kind: 'text',
    glass: 'text',
    ingredients: 'jsonb',
    garnish: 'jsonb',
    method: 'jsonb',
    product_id: 'text',
    status: 'text',
  },
  indexes: [['title'], ['kind', 'title'], ['status', 'title'], ['product_id']],
  on: RECIPE_EVENTS,
  keys: (event) => [event.data.recipeId],
  project(row, event) {
    if (event.type === 'RecipeRetired') return row === null ? null : { ...row, status: 'retired' };
    if (event.type === 'RecipeChanged' && row === null) return null;
    const { name, kind, glass, ingredients, garnish, method, productId } = event.data.recipe;
    const title = Object.values(name)[0] ?? '';
    const facts = { name, kind, glass, ingredients, garnish, method, product_id: productId };
    return { title, ...facts, status: row?.status ?? 'active' };
  },
  personal: 'none',
  list: {
    filters: { kind: 'kind', glass: 'glass', productId: 'product_id', status: 'status' },
    order: [{ column: 'title' }],
  },
});
