import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { FIELD_CODES, fieldErrorsOf, KEYWORD_FAULTS } from '../../../../src/core/field-faults.ts';
import { MODULES } from '../../../../src/modules/index.ts';
import { createInputValidators } from '../../../../src/pipeline/validate-input.ts';
import { LANGUAGES } from '../define-words.ts';
import { fieldMessages, sentenceOf } from './field-messages.ts';
import { words } from './words-fields.ts';

/** Keywords that say where others count, or nothing about the value: no fault is ever theirs. */
const SILENT = new Set(
  [
    'id $id $schema $ref $defs $vocabulary $comment $async $anchor $dynamicAnchor $dynamicRef $recursiveAnchor',
    '$recursiveRef definitions properties patternProperties prefixItems allOf then else dependentSchemas maxContains',
    'minContains title description default deprecated readOnly writeOnly examples contentEncoding contentMediaType',
    'contentSchema nullable',
  ]
    .join(' ')
    .split(' '),
);

function keywordsOf(ajv: Ajv2020): readonly string[] {
  return Object.keys(ajv.RULES.all).filter((keyword) => !SILENT.has(keyword));
}

function ajvOfTheBorder(): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, strict: true });
  ajvFormats.default(ajv, { mode: 'fast' });
  return ajv;
}

/** Every keyword of every input schema of the modules. */
function keywordsInUse(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(keywordsInUse);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, value]) =>
    keyword === 'properties' || keyword === 'patternProperties'
      ? Object.values(value as object).flatMap(keywordsInUse)
      : keyword === 'enum' || keyword === 'const' || keyword === 'default' || keyword === 'examples'
        ? [keyword]
        : [keyword, ...keywordsInUse(value)],
  );
}

describe('faults of fields', () => {
  test('every keyword that the validators know has a code, and every code has words', () => {
    const keywords = keywordsOf(ajvOfTheBorder());
    expect(keywords.length).toBeGreaterThan(25);
    expect(keywords.filter((keyword) => !Object.hasOwn(KEYWORD_FAULTS, keyword))).toEqual([]);
    const codes = [...FIELD_CODES, ...Object.values(KEYWORD_FAULTS).map(([code]) => code)];
    expect(codes.filter((code) => !Object.hasOwn(words.en, code))).toEqual([]);
  });

  test('every keyword of the inputs of the modules is among them', () => {
    const inputs = MODULES.flatMap(({ aggregates }) =>
      aggregates.flatMap(({ aggregate }) => aggregate.commands.map(({ input }) => input)),
    );
    const used = [...new Set(inputs.flatMap(keywordsInUse))].filter(
      (keyword) => !SILENT.has(keyword),
    );
    expect(used.length).toBeGreaterThan(10);
    expect(used.filter((keyword) => !Object.hasOwn(KEYWORD_FAULTS, keyword))).toEqual([]);
  });

  test('a keyword without a code is seen', () => {
    const ajv = ajvOfTheBorder();
    ajv.addKeyword({ keyword: 'even', type: 'number', validate: () => false });
    expect(keywordsOf(ajv).filter((keyword) => !Object.hasOwn(KEYWORD_FAULTS, keyword))).toEqual([
      'even',
    ]);
  });

  const faultsOf = createInputValidators()('a test', {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'kind'],
    properties: {
      name: { type: 'string', minLength: 2, maxLength: 5 },
      kind: { anyOf: [{ const: 'food' }, { const: 'drink' }] },
      count: { type: 'integer', minimum: 1, maximum: 2000 },
      since: { type: 'string', format: 'date' },
      tags: { type: 'array', maxItems: 2, uniqueItems: true, items: { type: 'string' } },
    },
  });

  test.each([
    [{ name: 'x', kind: 'food' }, '/name', 'Potrzebne są co najmniej 2 znaki.'],
    [{ name: 'abcdefg', kind: 'food' }, '/name', 'Zmieści się najwyżej 5 znaków.'],
    [{ kind: 'food' }, '/name', 'To pole jest wymagane.'],
    [{ name: 'tea', kind: 'glass' }, '/kind', 'Tu ma być jedno z: jedzenie, drink.'],
    [{ name: 'tea', kind: 'food', count: 3000 }, '/count', 'Najwięcej 2000.'],
    [{ name: 'tea', kind: 'food', count: 'x' }, '/count', 'Tu ma być liczba całkowita.'],
    [
      { name: 'tea', kind: 'food', since: 'x' },
      '/since',
      'Tu ma być data, na przykład 2026-11-21.',
    ],
    [{ name: 'tea', kind: 'food', extra: 1 }, '/extra', 'Tego pola tu się nie przyjmuje.'],
    [{ name: 'tea', kind: 'food', tags: ['a', 'a'] }, '/tags', 'Ten sam wpis jest dwa razy.'],
  ])('%j is told at its field', (input, at, said) => {
    const messages = fieldMessages(faultsOf(input), 'pl', (_, value) =>
      value === 'food' ? 'jedzenie' : undefined,
    );
    expect([...messages]).toEqual([[at, said]]);
  });

  test('a fault without a code, or with one of a newer server, is told as the server tells it', () => {
    const errors = [
      { at: '/a', message: 'is odd' },
      { at: '/b', message: 'is new', code: 'OF_TOMORROW' },
    ];
    expect([...fieldMessages(errors, 'pt').values()]).toEqual(['is odd', 'is new']);
  });

  test('no sentence of any keyword is left with a gap', () => {
    for (const [code, names = {}] of Object.values(KEYWORD_FAULTS)) {
      const params = Object.fromEntries(Object.values(names).map((name) => [name, 3]));
      for (const language of LANGUAGES) {
        const said = sentenceOf({ at: '/a', message: '', code, params }, language);
        expect(said).toMatch(/^[^{}]+\.$/);
      }
    }
  });

  const GIVEN = {
    type: 'string',
    format: 'date',
    allowed: ['a'],
    others: ['b'],
    other: 'c',
    pattern: 'd',
    ...Object.fromEntries(
      ['limit', 'multipleOf', 'min', 'max', 'line', 'cells', 'columns', 'example'].map((name) => [
        name,
        3,
      ]),
    ),
  };

  test.each(FIELD_CODES)('%s is a whole sentence of its own in every language', (code) => {
    const said = LANGUAGES.map((language) =>
      sentenceOf({ at: '/a', message: '', code, params: GIVEN }, language),
    );
    for (const sentence of said) expect(sentence).toMatch(/^\p{Lu}[^{}]+\.$/u);
    expect(new Set(said).size).toBe(LANGUAGES.length);
  });

  test('values come from the schema and never from the input', () => {
    const secret = 'Anna Kowalska';
    const told = JSON.stringify(faultsOf({ name: secret, kind: secret, count: secret }));
    expect(told).not.toContain(secret);
    const many = [{ instancePath: '', keyword: 'type', params: { type: 'object' } }];
    expect(fieldErrorsOf(many)).toEqual([
      { at: '', message: 'does not match', code: 'WRONG_TYPE', params: { type: 'object' } },
    ]);
  });
});
