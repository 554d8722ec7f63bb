import { expect, test } from 'vitest';
import type { ChosenOption } from './basket.ts';
import { firstChoice, isComplete, withOption } from './choice.ts';
import type { MenuProduct } from './order-types.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const wine: MenuProduct = {
  productId: 'wine',
  name: 'Wine',
  description: null,
  price: null,
  regularPrice: null,
  variants: [
    { variantId: 'glass', name: 'Glass', price: eur(600), regularPrice: null },
    { variantId: 'bottle', name: 'Bottle', price: eur(2800), regularPrice: null },
  ],
  groups: [
    { groupId: 'ice', name: 'Ice', min: 1, max: 1, options: [] },
    { groupId: 'extra', name: 'Extra', min: 0, max: 2, options: [] },
  ],
  allergens: [],
  soldNow: true,
  soldOut: false,
};
const option = (groupId: string, optionId: string): ChosenOption => ({
  groupId,
  optionId,
  name: optionId,
  price: 0,
  quantity: 1,
});

test('a size and what a group asks for must be chosen', () => {
  const none = firstChoice(wine);
  expect(isComplete(none, wine)).toBe(false);
  const sized = { ...none, variantId: 'glass', unitPrice: 600 };
  expect(isComplete(sized, wine)).toBe(false);
  expect(isComplete({ ...sized, options: [option('ice', 'yes')] }, wine)).toBe(true);
});

test('the only size is chosen at once', () => {
  const [glass] = wine.variants;
  expect(firstChoice({ ...wine, variants: [glass!] })).toMatchObject({
    variantId: 'glass',
    unitPrice: 600,
  });
});

test('of a group that takes one, the other one goes', () => {
  const first = withOption([], { option: option('ice', 'yes'), max: 1 });
  const other = withOption(first, { option: option('ice', 'no'), max: 1 });
  expect(other.map(({ optionId }) => optionId)).toEqual(['no']);
});

test('a group takes no more than its most, and a second tap takes an option off', () => {
  const two = [option('extra', 'a'), option('extra', 'b')];
  expect(withOption(two, { option: option('extra', 'c'), max: 2 })).toBe(two);
  expect(withOption(two, { option: option('extra', 'a'), max: 2 })).toEqual([two[1]]);
});
