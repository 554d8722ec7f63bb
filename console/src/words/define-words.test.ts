import { expect, test } from 'vitest';
import { defineWords, LANGUAGES, say } from './define-words.ts';

const words = defineWords({
  en: { orders: { one: '{count} order', other: '{count} orders' }, course: 'Course {count}' },
  pl: {
    orders: { one: '{count} danie', few: '{count} dania', other: '{count} dań' },
    course: 'Danie {count}',
  },
  pt: { orders: { one: '{count} pedido', other: '{count} pedidos' }, course: 'Curso {count}' },
});

const orders = (count: number | string) =>
  LANGUAGES.map((language) => say(words, language, { key: 'orders', values: { count } }));

test('the number of a sentence is grouped as the reader writes it', () => {
  expect(orders(1)).toEqual(['1 order', '1 danie', '1 pedido']);
  expect(orders(12_345)).toEqual(['12,345 orders', '12\u00a0345 dań', '12.345 pedidos']);
  expect(orders(1234)).toEqual(['1,234 orders', '1234 dania', '1.234 pedidos']);
  expect(orders(2.5)[1]).toBe('2,5 dań');
});

test('a number that was written before stays as it was, and its form is found all the same', () => {
  expect(orders('2')).toEqual(['2 orders', '2 dania', '2 pedidos']);
});

test('what is missing stays in the sentence', () => {
  expect(say(words, 'en', { key: 'course' })).toBe('Course {count}');
});
