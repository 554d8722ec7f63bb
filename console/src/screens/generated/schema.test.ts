import { describe, expect, test } from 'vitest';
import { initialOf, kindOf, variantOf, withoutGaps, type Schema } from './schema.ts';

const MONEY: Schema = {
  type: 'object',
  required: ['amount', 'currency'],
  properties: { amount: { type: 'integer' }, currency: { type: 'string' } },
};

describe('a schema becomes a field', () => {
  test.each<readonly [string, Schema, string]>([
    ['a text', { type: 'string', maxLength: 100 }, 'text'],
    ['a whole number', { type: 'integer' }, 'number'],
    ['yes or no', { type: 'boolean' }, 'boolean'],
    ['listed values', { anyOf: [{ const: 'a' }, { const: 'b' }] }, 'choice'],
    ['an enum', { type: 'string', enum: ['a', 'b'] }, 'choice'],
    ['a moment', { type: 'string', format: 'date-time' }, 'moment'],
    ['a day', { type: 'string', format: 'date' }, 'date'],
    ['money', MONEY, 'money'],
    ['money or a bare amount', { anyOf: [{ type: 'integer' }, MONEY] }, 'money'],
    ['a value or none', { anyOf: [{ type: 'string' }, { type: 'null' }] }, 'nullable'],
    ['a type or null', { type: ['string', 'null'] }, 'nullable'],
    ['a list', { type: 'array', items: { type: 'string' } }, 'list'],
    [
      'texts by language',
      { type: 'object', patternProperties: { '^[a-z]{2}(-[A-Z]{2})?$': { type: 'string' } } },
      'record',
    ],
    [
      'one of several shapes',
      { anyOf: [{ type: 'object', properties: { a: {} } }, { type: 'string' }] },
      'variants',
    ],
    ['anything', {}, 'json'],
  ])('%s', (_, schema, kind) => {
    expect(kindOf(schema).kind).toBe(kind);
  });
});

test('a form begins with what must be there and nothing else', () => {
  const schema: Schema = {
    type: 'object',
    required: ['contact', 'lines', 'kind'],
    properties: {
      contact: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
      lines: { type: 'array', minItems: 1, items: { type: 'object', properties: {} } },
      kind: { const: 'a' },
      note: { type: 'string' },
    },
  };
  expect(initialOf(schema)).toEqual({ contact: {}, lines: [{}], kind: 'a' });
});

test('a value is shown under the shape that fits it', () => {
  const variants: readonly Schema[] = [
    { type: 'object', required: ['kind'], properties: { kind: { const: 'a' } } },
    { type: 'object', required: ['kind'], properties: { kind: { const: 'b' } } },
    { type: 'string' },
  ];
  expect(
    [{ kind: 'a' }, { kind: 'b' }, 'text', 7].map((value) => variantOf(variants, value)),
  ).toEqual([0, 1, 2, 0]);
});

test('what was left empty is not sent', () => {
  expect(withoutGaps({ a: undefined, b: [1, undefined], c: { d: undefined }, e: null })).toEqual({
    b: [1],
    c: {},
    e: null,
  });
});
