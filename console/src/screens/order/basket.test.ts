import { expect, test } from 'vitest';
import {
  added,
  basketTotal,
  lineInput,
  plainChoice,
  priceOfOne,
  quantitySet,
  QUANTITY_MAX,
  repriced,
  type Choice,
} from './basket.ts';
import type { MenuProduct } from './order-types.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const burger: MenuProduct = {
  productId: 'burger',
  name: 'Burger',
  description: null,
  price: eur(1590),
  regularPrice: null,
  variants: [],
  groups: [
    {
      groupId: 'extras',
      name: 'Extras',
      min: 0,
      max: 2,
      options: [{ optionId: 'bacon', name: 'Bacon', price: eur(200) }],
    },
  ],
  allergens: [],
  soldNow: true,
  soldOut: false,
};
const plain = plainChoice(burger)!;
const withBacon: Choice = {
  ...plain,
  options: [{ optionId: 'bacon', groupId: 'extras', name: 'Bacon', price: 200, quantity: 2 }],
};

test('the same thing twice is one line of two', () => {
  const lines = added(added([], plain, 'a'), plain, 'b');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ key: 'a', quantity: 2 });
});

test('things with other options, notes or courses stay lines of their own', () => {
  let lines = added([], plain, 'a');
  lines = added(lines, withBacon, 'b');
  lines = added(lines, { ...plain, note: 'no onion' }, 'c');
  lines = added(lines, { ...plain, course: 2 }, 'd');
  expect(lines.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd']);
});

test('the expected price of one contains its options', () => {
  expect(priceOfOne(withBacon)).toBe(1990);
  const [line] = added([], { ...withBacon, quantity: 3 }, 'a');
  expect(lineInput(line!)).toMatchObject({ expectedPrice: 1990, quantity: 3 });
  expect(basketTotal([line!], 'EUR')).toEqual(eur(5970));
});

test('a quantity below one takes the line off and none is above the most', () => {
  const lines = added([], plain, 'a');
  expect(quantitySet(lines, 'a', 0)).toEqual([]);
  expect(quantitySet(lines, 'a', 5000)[0]!.quantity).toBe(QUANTITY_MAX);
});

test('what needs a choice is not added by one tap', () => {
  const variants = [{ variantId: 's', name: 'small', price: eur(100), regularPrice: null }];
  expect(plainChoice({ ...burger, variants, price: null })).toBeNull();
  expect(plainChoice({ ...burger, groups: [{ ...burger.groups[0]!, min: 1 }] })).toBeNull();
});

test('a menu read again says which lines cost something else now', () => {
  const lines = added(added([], plain, 'a'), { ...plain, productId: 'gone' }, 'b');
  const dearer = new Map([['burger', { ...burger, price: eur(1650) }]]);
  const { lines: fresh, changed } = repriced(lines, dearer);
  expect(changed).toEqual(['a']);
  expect(fresh.map(priceOfOne)).toEqual([1650, 1590]);
});

test('an empty note is not sent', () => {
  const [line] = added([], { ...plain, note: '   ' }, 'a');
  expect(lineInput(line!)).not.toHaveProperty('note');
});
