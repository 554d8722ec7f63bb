import { canonicalJson } from '../../../core/canonical-json.ts';
import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import type { RecipeCommand } from './commands.ts';
import type { RecipeEvent } from './events.ts';
import type { RecipeFacts, RecipeState } from './state.ts';

export function decide(state: RecipeState, command: RecipeCommand): Decision<RecipeEvent> {
  const recipeId = command.id;
  if (command.type === 'AddRecipe') {
    if (state.status !== 'unknown') return rejected('RECIPE_EXISTS');
    const { ingredients, ...given } = command.input;
    const none = { kind: null, glass: null, garnish: null, method: null, productId: null };
    const recipe = { ...none, ...given, ingredients: wholeIngredients(ingredients) };
    return accepted([{ type: 'RecipeAdded', data: { recipeId, recipe } }]);
  }
  if (state.status !== 'active') return rejected('RECIPE_RETIRED');
  if (command.type === 'RetireRecipe')
    return accepted([{ type: 'RecipeRetired', data: { recipeId, reason: command.input.reason } }]);
  const { status: _status, ...before } = state;
  const { ingredients, ...given } = command.input;
  const fresh = ingredients === undefined ? {} : { ingredients: wholeIngredients(ingredients) };
  const recipe = { ...before, ...given, ...fresh };
  if (canonicalJson(recipe) === canonicalJson(before)) return accepted([]);
  return accepted([{ type: 'RecipeChanged', data: { recipeId, recipe } }]);
}

type GivenIngredients = NonNullable<
  RecipeCommand['input'] extends infer Input
    ? Input extends { readonly ingredients?: infer Given }
      ? Given
      : never
    : never
>;

function wholeIngredients(given: GivenIngredients): RecipeFacts['ingredients'] {
  return given.map((each) => ({ label: null, amount: null, unit: null, ...each }));
}
