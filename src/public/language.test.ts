import { expect, test } from 'vitest';
import { languageOf } from './language.ts';

const of = (chosen?: string, accepted?: string, house: readonly string[] = []) =>
  languageOf({ chosen, accepted, house });

test.each([
  ['pl', 'en-GB', 'pl'],
  [undefined, 'pl-PL,pl;q=0.9,en;q=0.8', 'pl'],
  [undefined, 'de;q=1, pt;q=0.3, pl;q=0.5', 'pl'],
  [undefined, 'pt-PT', 'pt-BR'],
  ['xx"><script>', 'pl', 'pl'],
  [undefined, 'pl;q=0, en', 'en'],
  [undefined, ';;,,=;q=9,pl', 'pl'],
])('the switch says %s, the browser %s: %s', (chosen, accepted, expected) => {
  expect(of(chosen, accepted)).toBe(expected);
});

test('without a wish the house speaks its own language, and English where it has none of ours', () => {
  expect(of(undefined, undefined, ['de', 'pl'])).toBe('pl');
  expect(of(undefined, '*', ['de'])).toBe('en');
});
