import { expect, test } from 'vitest';
import { flatSections, found, productsById } from './menu-search.ts';
import type { MenuProduct, MenuSection } from './order-types.ts';

function product(name: string): MenuProduct {
  return {
    productId: name,
    name,
    description: null,
    price: { amount: 100, currency: 'EUR' },
    regularPrice: null,
    variants: [],
    groups: [],
    allergens: [],
    soldNow: true,
    soldOut: false,
  };
}
function section(
  name: string,
  products: readonly MenuProduct[],
  sections: readonly MenuSection[] = [],
) {
  return { categoryId: name, name, products, sections };
}
const menu = {
  sections: [
    section('Drinks', [], [section('Wine', [product('Rouge de la maison')])]),
    section('Food', [product('Crème brûlée'), product('Żurek łódzki')]),
  ],
};

test('sections within sections are named after both and empty ones are left out', () => {
  expect(flatSections(menu).map(({ name }) => name)).toEqual(['Drinks · Wine', 'Food']);
  expect([...productsById(menu).keys()]).toEqual([
    'Rouge de la maison',
    'Crème brûlée',
    'Żurek łódzki',
  ]);
});

test.each([
  ['creme', ['Crème brûlée']],
  ['BRU cr', ['Crème brûlée']],
  ['zurek', ['Żurek łódzki']],
  ['lodz', ['Żurek łódzki']],
  ['ouge', []],
  ['', []],
  ['de mai', ['Rouge de la maison']],
])('a search for "%s" finds %j', (search, names) => {
  expect(found(flatSections(menu), search).map(({ name }) => name)).toEqual(names);
});
