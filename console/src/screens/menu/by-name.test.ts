import { expect, test } from 'vitest';
import { byName } from './menu-types.ts';

const MENU = [
  { id: 'a', name: { 'fr-FR': 'Zeste', 'pl-PL': 'Ćwikła', 'en-GB': 'Apple 10' } },
  { id: 'b', name: { 'fr-FR': 'Abricot', 'pl-PL': 'Dorsz', 'en-GB': 'Apple 9' } },
  { id: 'c', name: { 'fr-FR': 'Miel', 'pl-PL': 'Cykoria', 'en-GB': 'zest' } },
];

test('the menu stands in the order of the names that the reader sees', () => {
  const ids = (language: 'en' | 'pl' | 'pt'): string =>
    byName(MENU, language)
      .map(({ id }) => id)
      .join('');
  expect(ids('en')).toBe('bac');
  expect(ids('pl')).toBe('cab');
  // Without a name of theirs they see the first one, in French.
  expect(ids('pt')).toBe('bca');
});
