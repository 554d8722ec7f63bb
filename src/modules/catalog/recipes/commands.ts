import { Type } from 'typebox';
import type { Refusal } from '../../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../../core/command-type.ts';
import { recipeFacts, recipeIngredient } from './events.ts';

const { name, kind, glass, garnish, method, productId } = recipeFacts.properties;
const ingredientFields = recipeIngredient.properties;

/** What is not measured says its amount in words. */
const ingredients = Type.Array(
  Type.Object(
    {
      name: ingredientFields.name,
      label: Type.Optional(ingredientFields.label),
      amount: Type.Optional(ingredientFields.amount),
      unit: Type.Optional(ingredientFields.unit),
    },
    { additionalProperties: false },
  ),
  { minItems: 1, maxItems: 60 },
);

const rest = {
  kind: Type.Optional(kind),
  glass: Type.Optional(glass),
  garnish: Type.Optional(garnish),
  method: Type.Optional(method),
  productId: Type.Optional(productId),
};

export const addRecipe = defineCommand({
  name: 'AddRecipe',
  summary: 'Adds a recipe',
  permission: 'edit',
  input: Type.Object({ name, ingredients, ...rest }, { additionalProperties: false }),
  examples: [
    {
      name: { en: 'House Tonic' },
      kind: 'Longdrink',
      glass: 'highball',
      ingredients: [
        { name: 'Gin', amount: 4.5, unit: 'cl' },
        { name: 'Tonic water', label: 'dry', amount: 15, unit: 'cl' },
        { name: '2 dashes orange bitters' },
      ],
      garnish: { en: 'Lemon twist' },
      method: { en: 'Build over ice and stir once.' },
    },
  ],
});

export const changeRecipe = defineCommand({
  name: 'ChangeRecipe',
  word: 'change',
  summary: 'Changes what is given of a recipe; what is left out stays',
  permission: 'edit',
  input: Type.Object(
    { name: Type.Optional(name), ingredients: Type.Optional(ingredients), ...rest },
    { additionalProperties: false, minProperties: 1 },
  ),
  examples: [{ glass: 'old-fashioned' }, { garnish: null }],
});

export const retireRecipe = defineCommand({
  name: 'RetireRecipe',
  word: 'retire',
  summary: 'Takes a recipe out of use; history stays',
  permission: 'edit',
  input: Type.Object(
    { reason: Type.String({ minLength: 1, maxLength: 200 }) },
    { additionalProperties: false },
  ),
  examples: [{ reason: 'no longer on the card' }],
});

export const RECIPE_COMMANDS = [addRecipe, changeRecipe, retireRecipe] as const;
export type RecipeCommand = CommandFor<(typeof RECIPE_COMMANDS)[number]>;

export const RECIPE_REFUSALS = {
  RECIPE_EXISTS: {
    sentence: 'A recipe with this id exists already.',
    remedy: 'Change the existing recipe, or add one with another id.',
  },
  RECIPE_RETIRED: {
    sentence: 'The recipe was retired and takes no changes.',
    remedy: 'Add it anew.',
  },
} as const satisfies Record<string, Refusal>;
