import { expect, test } from 'vitest';
import { givenEvents, rowAfter } from '../../../../test/support/given.ts';
import type { RecipeCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { RecipeEvent } from './events.ts';
import { recipeList } from './read-models/recipe-list.ts';
import { evolve, initialState, type RecipeState } from './state.ts';

const given = (...events: readonly RecipeEvent[]) =>
  givenEvents<RecipeState, RecipeCommand, RecipeEvent>({ initialState, decide, evolve }, ...events);
const recipe = {
  name: { en: 'Tonic' },
  kind: null,
  glass: 'highball',
  ingredients: [{ name: 'Tonic', label: null, amount: null, unit: null }],
  garnish: null,
  method: null,
  productId: null,
};
const added: RecipeEvent = { type: 'RecipeAdded', data: { recipeId: 'id-1', recipe } };
const input = { name: { en: 'Tonic' }, glass: 'highball', ingredients: [{ name: 'Tonic' }] };

test('a recipe is added once, with what was not said as null', () => {
  expect(given().when({ type: 'AddRecipe', input })).toEqual([added]);
  expect(given(added).when({ type: 'AddRecipe', input })).toBe('RECIPE_EXISTS');
});

test('a change says the whole recipe; the same again says nothing', () => {
  const ingredients = [{ name: 'Tonic', amount: 20, unit: 'cl' }];
  expect(given(added).when({ type: 'ChangeRecipe', input: { ingredients } })).toMatchObject([
    { type: 'RecipeChanged', data: { recipe: { glass: 'highball', ingredients } } },
  ]);
  expect(given(added).when({ type: 'ChangeRecipe', input: { glass: 'highball' } })).toEqual([]);
});

test('a retired recipe takes no changes and stays in the list as retired', () => {
  const retired: RecipeEvent = { type: 'RecipeRetired', data: { recipeId: 'id-1', reason: 'r' } };
  expect(given(added).when({ type: 'RetireRecipe', input: { reason: 'r' } })).toEqual([retired]);
  expect(given(added, retired).when({ type: 'ChangeRecipe', input: { kind: 'x' } })).toBe(
    'RECIPE_RETIRED',
  );
  expect(rowAfter(recipeList, 'id-1', [added, retired])).toMatchObject({
    title: 'Tonic',
    status: 'retired',
  });
});
