import { Type } from 'typebox';
import { defineEvent, type EventOf } from '../../../core/event-type.ts';
import { texts } from '../products/events.ts';

const recipeId = Type.String();
const textsOrNone = Type.Union([texts, Type.Null()]);
const wordOrNone = Type.Union([Type.String({ minLength: 1, maxLength: 60 }), Type.Null()]);

/** 4.5 cl of gin; `amount` and `unit` are null for what is not measured: `2 dashes of bitters`, `soda water`. */
export const recipeIngredient = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    /** A certain brand or kind of it. */
    label: Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()]),
    amount: Type.Union([Type.Number({ exclusiveMinimum: 0, maximum: 100_000 }), Type.Null()]),
    /** `cl`, `ml`, `g`, `piece`. */
    unit: Type.Union([Type.String({ minLength: 1, maxLength: 20 }), Type.Null()]),
  },
  { additionalProperties: false },
);

/** As a whole: each change carries all of it. */
export const recipeFacts = Type.Object({
  name: texts,
  /** What it is, such as `Longdrink`. */
  kind: wordOrNone,
  glass: wordOrNone,
  ingredients: Type.Array(recipeIngredient, { minItems: 1, maxItems: 60 }),
  garnish: textsOrNone,
  method: textsOrNone,
  /** The product that is made by it. */
  productId: Type.Union([Type.String({ minLength: 1, maxLength: 128 }), Type.Null()]),
});

export const recipeAdded = defineEvent({
  name: 'RecipeAdded',
  wireName: 'comptoir.recipe.added',
  data: Type.Object({ recipeId, recipe: recipeFacts }),
});

export const recipeChanged = defineEvent({
  name: 'RecipeChanged',
  wireName: 'comptoir.recipe.changed',
  data: Type.Object({ recipeId, recipe: recipeFacts }),
});

export const recipeRetired = defineEvent({
  name: 'RecipeRetired',
  wireName: 'comptoir.recipe.retired',
  data: Type.Object({ recipeId, reason: Type.String() }),
});

export const RECIPE_EVENTS = [recipeAdded, recipeChanged, recipeRetired] as const;
export type RecipeEvent = EventOf<(typeof RECIPE_EVENTS)[number]>;
