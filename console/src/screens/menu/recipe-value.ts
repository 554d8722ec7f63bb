/** A recipe as it is typed, and how it is read. Pure. */
import type { RecipeRow, Texts } from './menu-types.ts';
import { filled, NONE } from './product-value.ts';

export interface TypedIngredient {
  readonly name: string;
  /** A certain brand or kind of it. */
  readonly label: string;
  readonly amount: number | null;
  readonly unit: string;
}

export interface RecipeValue {
  readonly name: Texts;
  readonly kind: string;
  readonly glass: string;
  readonly ingredients: readonly TypedIngredient[];
  readonly garnish: Texts;
  /** One step a line. */
  readonly method: Texts;
  readonly productId: string;
}

export const NO_INGREDIENT: TypedIngredient = { name: '', label: '', amount: null, unit: '' };
/** As the server takes them. */
export const INGREDIENTS_MAX = 60;
const AMOUNT_MAX = 100_000;

export function recipeValueOf(
  recipe: Omit<RecipeRow, 'id' | 'title' | 'status'> | null,
  productId: string | null,
): RecipeValue {
  return {
    name: recipe?.name ?? {},
    kind: recipe?.kind ?? '',
    glass: recipe?.glass ?? '',
    ingredients: (recipe?.ingredients ?? [NO_INGREDIENT]).map(({ name, label, amount, unit }) => ({
      name,
      label: label ?? '',
      amount,
      unit: unit ?? '',
    })),
    garnish: recipe?.garnish ?? {},
    method: recipe?.method ?? {},
    productId: (recipe === null ? productId : recipe.productId) ?? NONE,
  };
}

/** As the interface takes it; lines without a name are left out. */
export function recipeBodyOf(value: RecipeValue) {
  return {
    name: filled(value.name),
    kind: wordOrNull(value.kind),
    glass: wordOrNull(value.glass),
    ingredients: value.ingredients
      .filter(({ name }) => name.trim() !== '')
      .map(({ name, label, amount, unit }) => ({
        name: name.trim(),
        label: wordOrNull(label),
        amount,
        unit: wordOrNull(unit),
      })),
    garnish: textsOrNull(value.garnish),
    method: textsOrNull(value.method),
    productId: value.productId === NONE ? null : value.productId,
  };
}

function wordOrNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

function textsOrNull(texts: Texts): Texts | null {
  const kept = filled(texts);
  return Object.keys(kept).length === 0 ? null : kept;
}

/** What is missing before it can be saved; null for nothing. */
export function recipeFault(value: RecipeValue): 'name' | 'ingredients' | 'amount' | null {
  if (Object.keys(filled(value.name)).length === 0) return 'name';
  const named = value.ingredients.filter(({ name }) => name.trim() !== '');
  if (named.length === 0) return 'ingredients';
  const isWrong = named.some(
    ({ amount }) => amount !== null && (amount <= 0 || amount > AMOUNT_MAX),
  );
  return isWrong ? 'amount' : null;
}

/** Steps of a method: its lines, else its sentences. */
export function stepsOf(method: string): readonly string[] {
  const lines = method.split('\n').map((line) => line.trim());
  const steps = lines.filter((line) => line !== '');
  if (steps.length !== 1) return steps;
  return (steps[0] ?? '').split(/(?<=[.!])\s+(?=\p{Lu})/u);
}

/** For so many: 1.5 cl twice is 3 cl, without the dust of binary fractions. */
export function amountFor(amount: number, portions: number): number {
  return Math.round(amount * portions * 1000) / 1000;
}
