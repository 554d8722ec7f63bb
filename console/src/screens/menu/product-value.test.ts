import { expect, test } from 'vitest';
import { inOrder, textIn, type Product } from './menu-types.ts';
import { bodyOf, changesOf, idFor, valueOf } from './product-value.ts';

const product: Product = {
  id: 'p1',
  name: { en: 'Soup' },
  description: null,
  categoryId: null,
  price: 500,
  variants: [],
  groupIds: [],
  taxClass: 'food',
  stationId: null,
  ingredients: [],
  allergens: ['celery', 'milk'],
  windows: [],
  status: 'active',
};
const first = { taxClass: 'food', categoryId: '-' };

test('a change says only what differs', () => {
  const before = valueOf(product, first);
  expect(changesOf(before, before)).toEqual({});
  expect(changesOf({ ...before, price: 600, name: { en: 'Soup ' } }, before)).toEqual({
    price: 600,
  });
  expect(changesOf({ ...before, allergens: 'milk, ,celery' }, before)).toEqual({
    allergens: ['milk', 'celery'],
  });
});

test('a product with sizes needs no price of its own', () => {
  expect('price' in bodyOf({ ...valueOf(null, first), price: null })).toBe(false);
});

test('ids of sizes are made of their names and never twice', () => {
  expect(idFor('Duży kufel 0,5 l', [])).toBe('duzy-kufel-0-5-l');
  expect(idFor('Big', ['big', 'big-2'])).toBe('big-3');
  expect(idFor('…', [])).toBe('x');
});

test('sections stand in the order of the menu, each below the one it stands in', () => {
  const category = (id: string, parentId: string | null, positionInParent: number) => ({
    id,
    title: id,
    name: { en: id },
    parentId,
    positionInParent,
  });
  const all = [
    category('wine', 'drinks', 2),
    category('drinks', null, 2),
    category('food', null, 1),
    category('beer', 'drinks', 1),
  ];
  expect(inOrder(all).map(({ id, depth }) => `${id}${depth}`)).toEqual([
    'food0',
    'drinks0',
    'beer1',
    'wine1',
  ]);
});

test('a text is shown in the language of the reader, else in the first there is', () => {
  expect(textIn({ fr: 'Soupe', 'pt-BR': 'Sopa' }, 'pt')).toBe('Sopa');
  expect(textIn({ fr: 'Soupe' }, 'en')).toBe('Soupe');
  expect(textIn(null, 'en')).toBe('');
});
