import { expect, test } from 'vitest';
import { hasWords, searchOf } from './search.ts';

test('what is typed says by what it is looked for', () => {
  expect(searchOf('  ')).toEqual({ by: 'none' });
  expect(searchOf('ana@example.com')).toEqual({ by: 'email', email: 'ana@example.com' });
  expect(searchOf('+48 123-456 789')).toEqual({ by: 'phone', phone: '+48123456789' });
  expect(searchOf('Ana 2')).toEqual({ by: 'name', text: 'Ana 2' });
});

test('a name is found by the beginnings of its words, whatever the accents', () => {
  expect(hasWords(['Rémi Łabędź', 'regular'], 'lab rem')).toBe(true);
  expect(hasWords(['Rémi Łabędź'], 'emi')).toBe(false);
  expect(hasWords([null], 'a')).toBe(false);
});
