import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, say, type Entry, type Language, type Words } from './src/words/define-words.ts';

const SCREENS = path.join(import.meta.dirname, 'src');
const files = readdirSync(SCREENS, { recursive: true, encoding: 'utf8' })
  .filter(
    (file) => /words[\w-]*\.ts$/.test(file) && !/define-words|event-words|\.test\.ts/.test(file),
  )
  .sort();

const PLACEHOLDER = /\{\w+\}/g;

function textsOf(entry: Entry): readonly string[] {
  return typeof entry === 'string' ? [entry] : Object.values(entry);
}

function placeholdersOf(entry: Entry): readonly string[] {
  return [...new Set(textsOf(entry).flatMap((text) => text.match(PLACEHOLDER) ?? []))].sort();
}

/** What is wrong with the words of a file, as lines. */
function faultsOf(words: Words<string>): readonly string[] {
  const keys = new Set(LANGUAGES.flatMap((language) => Object.keys(words[language])));
  return [...keys].flatMap((key) =>
    LANGUAGES.flatMap((language) => {
      const entry = words[language][key];
      if (entry === undefined) return [`${language} lacks ${key}`];
      const faults = [];
      if (textsOf(entry).some((text) => text.trim() === ''))
        faults.push(`${language} has no text for ${key}`);
      if (String(placeholdersOf(entry)) !== String(placeholdersOf(words.en[key] ?? '')))
        faults.push(`${language} fills in other values in ${key}`);
      // `other` stands in for forms that do not differ; two rows are never counted as five are.
      if (
        language === 'pl' &&
        typeof entry !== 'string' &&
        entry.one !== entry.other &&
        entry.few === undefined
      )
        faults.push(`pl lacks the few of ${key}`);
      return faults;
    }),
  );
}

test('there are words to look at', () => {
  expect(files.length).toBeGreaterThan(5);
});

describe.each(files)('%s', (file) => {
  test('says everything in all three languages, with the same values', async () => {
    const module: Readonly<Record<string, unknown>> = await import(path.join(SCREENS, file));
    expect(wordsOf(module).flatMap(faultsOf)).toEqual([]);
  });
});

function wordsOf(module: Readonly<Record<string, unknown>>): readonly Words<string>[] {
  return (
    Object.values(module)
      .filter(
        (words) =>
          typeof words === 'object' &&
          words !== null &&
          'en' in words &&
          'pl' in words &&
          'pt' in words,
      )
      // safe because defineWords made it
      .map((words) => words as Words<string>)
  );
}

test('a missing key, a lost value and a missing plural form are seen', () => {
  const words = {
    en: { hello: 'Hello {name}', bye: 'Bye', rows: { one: '{count} row', other: '{count} rows' } },
    pl: {
      hello: 'Cześć',
      bye: 'Pa',
      rows: { one: '{count} wiersz', other: '{count} wierszy' },
    },
    pt: { hello: 'Olá {name}', rows: { one: '{count} linha', other: '{count} linhas' } },
  };
  expect(faultsOf(words as unknown as Words<string>)).toEqual([
    'pl fills in other values in hello',
    'pt lacks bye',
    'pl lacks the few of rows',
  ]);
});

/** Words that the glossary of define-words.ts has another one for, and marks of other languages. */
const UNWANTED: Readonly<Record<Language, RegExp>> = {
  en: /\{\w+\} (?:min|ms|s|kB|MB|GB|%)(?![\w/])/,
  pl: /odnośnik|receptur|storno|w karcie|Członk|Ustaw lokal|\b(?:Ciebie|Twoi|Twoim|Twoich)\b|“|"|\{\w+\} (?:min|godz\.|os\.|ms|s|kB|MB|GB|%)(?![\p{L}/])/u,
  pt: /\bCurso\b|\bIncluir\b|Acrescent|negócio|Ajustes|para levar|„|"|\{\w+\} (?:min|h|ms|s|kB|MB|GB|%)(?![\p{L}/])/u,
};

function unwantedOf(words: Words<string>): readonly string[] {
  return LANGUAGES.flatMap((language) =>
    Object.values(words[language])
      .flatMap(textsOf)
      .filter((text) => UNWANTED[language].test(text)),
  );
}

test.each(files)(
  '%s keeps to the glossary and to the typography of its languages',
  async (file) => {
    const module: Readonly<Record<string, unknown>> = await import(path.join(SCREENS, file));
    expect(wordsOf(module).flatMap(unwantedOf)).toEqual([]);
  },
);

test('a word beside the glossary, a wrong quote and a space that breaks are seen', () => {
  const words = {
    en: { a: 'took {ms} ms', b: 'a link' },
    pl: { a: 'trwało {ms}\u00a0ms', b: 'odnośnik “x”' },
    pt: { a: 'levou {ms}\u00a0ms', b: 'Incluir' },
  };
  expect(unwantedOf(words as unknown as Words<string>)).toEqual([
    'took {ms} ms',
    'odnośnik “x”',
    'Incluir',
  ]);
});

test.each([
  [1, '1 wiersz'],
  [3, '3 wiersze'],
  [5, '5 wierszy'],
  [22, '22 wiersze'],
])('%i is counted in Polish as its grammar asks', (count, text) => {
  const rows = {
    one: '{count} wiersz',
    few: '{count} wiersze',
    many: '{count} wierszy',
    other: '{count} wiersza',
  };
  const words = { en: { rows }, pl: { rows }, pt: { rows } };
  expect(say(words, 'pl', { key: 'rows', values: { count } })).toBe(text);
});
