/** Every language says everything: with the same places for values, and none left in another one's words. */
import { expect, test } from 'vitest';
import { WORDS } from './index.ts';
import { filled, plural } from './words.ts';

function textsIn(value: unknown, at = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[at, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, `${at}/${name}`));
}
const placesIn = (text: string): string => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();
/** Plurals have forms of their own, and some words are the same everywhere. */
const isPlural = (at: string): boolean => /\/(guests|stays)\//.test(at);

test.each(['pl', 'pt-BR'] as const)('%s has every text of English, with its values', (language) => {
  const own = new Map(textsIn(WORDS[language]));
  for (const [at, text] of textsIn(WORDS.en)) {
    if (isPlural(at)) continue;
    expect([at, placesIn(own.get(at) ?? 'missing')]).toEqual([at, placesIn(text)]);
    // A sentence that is the same in both was not translated.
    if (text.split(' ').length > 3) expect([at, own.get(at)]).not.toEqual([at, text]);
  }
});

test.each(Object.entries(WORDS))('%s has a form for every number', (language, words) => {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  for (const forms of [words.book.guests, words.book.stays])
    for (const category of categories) expect(forms[category]).toContain('{n}');
});

test('numbers choose their form', () => {
  const { guests } = WORDS.pl.book;
  expect([1, 2, 5, 22].map((count) => plural('pl', count, guests))).toEqual([
    '1 osoba',
    '2 osoby',
    '5 osób',
    '22 osoby',
  ]);
});

test('a value is put in once, and an unknown place stays', () => {
  expect(filled('{a} {b} {a}', { a: '{b}', b: 1 })).toBe('{b} 1 {b}');
  expect(filled('{x}', {})).toBe('{x}');
});
