import { expect, test } from 'vitest';
import { amountFor, recipeBodyOf, recipeFault, recipeValueOf, stepsOf } from './recipe-value.ts';

const TONIC = {
  name: { en: 'House Tonic' },
  kind: 'Longdrink',
  glass: 'highball',
  ingredients: [
    { name: 'Gin', label: null, amount: 4.5, unit: 'cl' },
    { name: '2 dashes orange bitters', label: 'dry', amount: null, unit: null },
  ],
  garnish: { en: 'Lemon twist' },
  method: null,
  productId: 'p1',
};

test('a recipe survives being typed', () => {
  expect(recipeBodyOf(recipeValueOf(TONIC, null))).toEqual(TONIC);
});

test('a new one belongs to the product that it was begun on', () => {
  expect(recipeBodyOf(recipeValueOf(null, 'p9')).productId).toBe('p9');
  expect(recipeBodyOf(recipeValueOf(null, null)).productId).toBeNull();
});

test('lines without an ingredient are left out, and one has to be there', () => {
  const value = recipeValueOf(TONIC, null);
  expect(recipeFault(value)).toBeNull();
  expect(recipeFault({ ...value, name: {} })).toBe('name');
  expect(recipeFault(recipeValueOf({ ...TONIC, ingredients: [] }, null))).toBe('ingredients');
  const [gin] = value.ingredients;
  expect(recipeFault({ ...value, ingredients: [{ ...gin!, amount: 0 }] })).toBe('amount');
  const empty = { ...gin!, name: ' ' };
  expect(recipeBodyOf({ ...value, ingredients: [gin!, empty] }).ingredients).toHaveLength(1);
});

test('a method is read step by step', () => {
  expect(stepsOf('Shake hard.\n\n Strain. ')).toEqual(['Shake hard.', 'Strain.']);
  expect(stepsOf('Build over ice. Stir once.')).toEqual(['Build over ice.', 'Stir once.']);
  expect(stepsOf('Add 1.5 cl')).toEqual(['Add 1.5 cl']);
  expect(stepsOf('')).toEqual([]);
});

test('amounts for several are what a person would write', () => {
  expect(amountFor(0.1, 3)).toBe(0.3);
  expect(amountFor(4.5, 2)).toBe(9);
});
