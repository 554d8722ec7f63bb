import { expect, test } from 'vitest';
import { fieldRows, limitWords, typeWords } from './docs-schema.ts';

test('fields are listed as deep as they go, items of lists with brackets', () => {
  const rows = fieldRows({
    type: 'object',
    required: ['lines'],
    properties: {
      lines: {
        type: 'array',
        items: {
          type: 'object',
          required: ['quantity'],
          properties: { quantity: { type: 'integer', minimum: 1, maximum: 999 } },
        },
      },
      names: { type: 'object', patternProperties: { '^[a-z]{2}$': { type: 'string' } } },
    },
  });
  expect(rows.map(({ path, type, required }) => [path.join('.'), type, required])).toEqual([
    ['lines', 'list of object', true],
    ['lines[].quantity', 'integer', true],
    ['names', 'object', false],
    ['names.*', 'string', false],
  ]);
  expect(rows[1]!.limits).toBe('1 to 999');
});

test('of several shapes a field is one row, required where all have it', () => {
  const shape = (properties: Record<string, { type: string }>, required: readonly string[]) => ({
    type: 'object',
    properties,
    required,
  });
  const rows = fieldRows({
    anyOf: [
      shape({ kind: { type: 'string' }, amount: { type: 'integer' } }, ['kind', 'amount']),
      shape({ kind: { type: 'integer' } }, ['kind']),
    ],
  });
  expect(rows.map(({ path, type, required }) => [path[0], type, required])).toEqual([
    ['kind', 'string or integer', true],
    ['amount', 'integer', false],
  ]);
});

test('a field in one shape only is never called required', () => {
  const object = (name: string) => ({
    type: 'object',
    properties: { [name]: {} },
    required: [name],
  });
  const rows = fieldRows({ oneOf: [object('a'), object('b')] });
  expect(rows.map(({ required }) => required)).toEqual([false, false]);
});

test('a schema without an end is cut', () => {
  const loop: { type: string; items?: object } = { type: 'array' };
  loop.items = { type: 'object', properties: { again: loop } };
  expect(fieldRows(loop).length).toBeLessThan(10);
});

test.each([
  [{ type: ['string', 'null'], format: 'date-time' }, 'date-time or null'],
  [{ anyOf: [{ const: 'a' }, { const: 'b' }] }, 'string'],
  [
    { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
    'list of (string or null)',
  ],
  [{ $ref: '#/components/schemas/Problem' }, 'Problem'],
  [{ type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._~-]*$' }, 'id'],
  [{}, 'anything'],
])('%j reads %s', (schema, words) => {
  expect(typeWords(schema)).toBe(words);
});

test.each([
  [{ type: 'string', minLength: 1, maxLength: 128 }, '1 to 128 characters'],
  [{ type: 'integer', maximum: 10_000 }, 'at most 10,000'],
  [{ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, 'at least 0'],
  [{ type: 'array', minItems: 2, maxItems: 2 }, '2 items'],
  [{ type: 'integer', default: 0 }, 'by default `0`'],
  [{ anyOf: [{ type: 'string', pattern: '^a' }, { type: 'null' }] }, 'matches `^a`'],
  [{ anyOf: [{ type: 'string' }, { type: 'integer', minimum: 1 }] }, ''],
])('limits of %j are "%s"', (schema, words) => {
  expect(limitWords(schema)).toBe(words);
});
