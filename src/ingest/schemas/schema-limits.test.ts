import { describe, expect, it } from 'vitest';
import { Failure } from '../../core/errors.ts';
import { DataKind, draftOf, jsonDraftOf } from '../../core/event.ts';
import { createSchemaCompiler } from './schema-compiler.ts';
import { parseDefinition } from './schema-definition.ts';

const compiler = createSchemaCompiler();
const nested = (depth: number): object => (depth === 0 ? {} : { items: nested(depth - 1) });
const attributes = { id: 'a', source: '/pos', type: 'order.placed' };

function refusal(body: unknown): string {
  try {
    compiler.compile(parseDefinition(body));
    return 'accepted';
  } catch (error) {
    if (error instanceof Failure) return `${error.code} ${error.errors[0]?.at ?? ''}`.trim();
    throw error;
  }
}

describe('a schema', () => {
  it.each([
    [
      'of another dialect',
      { $schema: 'http://json-schema.org/draft-07/schema#' },
      'INPUT_INVALID /schema/$schema',
    ],
    ['with a remote reference', { $ref: 'https://example.com/s' }, 'INPUT_INVALID /schema/$ref'],
    ['with a relative reference', { $ref: 'other.json' }, 'INPUT_INVALID /schema/$ref'],
    ['that refers to nothing', { $ref: '#/$defs/none' }, 'INPUT_INVALID /schema'],
    [
      'that refers to itself',
      { properties: { child: { $ref: '#' } } },
      'INPUT_INVALID /schema/properties/child/$ref',
    ],
    [
      'that refers to itself by a way round',
      {
        $ref: '#/$defs/a',
        $defs: { a: { anyOf: [{ $ref: '#/$defs/b' }] }, b: { items: { $ref: '#/$defs/a' } } },
      },
      'INPUT_INVALID /schema/items/$ref',
    ],
    ['nested too deep', nested(40), `INPUT_INVALID /schema${'/items'.repeat(33)}`],
    [
      'nested far too deep',
      { const: JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)) },
      'INPUT_INVALID /schema',
    ],
    ['with too many bytes', { description: 'x'.repeat(70_000) }, 'TOO_LARGE'],
    ['with a pattern that looks behind', { pattern: '(?<=a)b' }, 'INPUT_INVALID /schema'],
    [
      'with a long pattern as a name',
      { patternProperties: { ['a'.repeat(300)]: {} } },
      'INPUT_INVALID /schema',
    ],
    [
      'with unbounded unique items',
      { type: 'array', uniqueItems: true },
      'INPUT_INVALID /schema/uniqueItems',
    ],
    ['that would answer later', { $async: true }, 'INPUT_INVALID /schema/$async'],
    ['that is not valid', { type: 'text' }, 'INPUT_INVALID /schema'],
    ['with an unknown format', { format: 'regex' }, 'INPUT_INVALID /schema/format'],
    ['that expands a thousandfold', expanding(), 'INPUT_INVALID /schema'],
  ])('%s is refused', (_, schema, expected) => {
    expect(refusal({ schema })).toBe(expected);
  });

  it('is given whole or with its members beside its keywords', () => {
    const whole = parseDefinition({
      schema: { type: 'object' },
      mode: 'observe',
      personal: ['/phone'],
      person: '/customer/id',
    });
    const beside = parseDefinition({
      type: 'object',
      mode: 'observe',
      personal: ['/phone'],
      person: '/customer/id',
    });
    expect(beside).toEqual(whole);
    expect(parseDefinition({ type: 'object' }).mode).toBe('strict');
  });

  it.each([
    [{ schema: {}, mode: 'loose' }, '/mode'],
    [{ schema: {}, personal: ['phone'] }, '/personal'],
    [{ schema: {}, personal: ['/$sealed/x'] }, '/personal'],
    [{ schema: {}, person: 'id' }, '/person'],
    [{ schema: {}, rules: [{ name: 'r', expression: 'a +' }] }, '/rules/0/expression'],
    [
      {
        schema: {},
        rules: [
          { name: 'r', expression: 'a' },
          { name: 'r', expression: 'b' },
        ],
      },
      '/rules/1/name',
    ],
    [{ schema: {}, extra: 1 }, '/extra'],
    [{ schema: 1 }, '/schema'],
    [[], ''],
  ])('is refused as %j', (body, at) => {
    expect(refusal(body)).toBe(`INPUT_INVALID ${at}`.trim());
  });

  function expanding(): object {
    const $defs = Object.fromEntries(
      [...Array(16).keys()].map((n) => [
        `d${n}`,
        { allOf: [{ $ref: `#/$defs/d${n + 1}` }, { $ref: `#/$defs/d${n + 1}` }] },
      ]),
    );
    return { $ref: '#/$defs/d0', $defs: { ...$defs, d16: { type: 'object' } } };
  }
});

describe('a compiled schema', () => {
  const check = compiler.compile(
    parseDefinition({
      schema: {
        $id: 'https://example.com/order',
        type: 'object',
        required: ['total'],
        properties: {
          total: { $ref: '#/$defs/amount' },
          email: { format: 'email' },
          code: { pattern: '^[A-Z]{2}\\d+$' },
        },
        $defs: { amount: { type: 'integer', minimum: 0 } },
      },
      rules: [{ name: 'small', expression: 'total < 100' }],
    }),
  );

  it.each([
    [{ total: 1, email: 'a@b.example', code: 'AB1' }, []],
    [{}, ['schema', 'required', 'rules']],
    [{ total: '1' }, ['schema', 'types', 'rules']],
    [{ total: -1 }, ['schema']],
    [{ total: 100 }, ['rules']],
    [{ total: 1, email: 'nobody' }, ['schema']],
    [{ total: 1, code: 'ab' }, ['schema']],
  ])('finds in %j what fails', (data, failed) => {
    expect(check(jsonDraftOf(attributes, data)).failed).toEqual(failed);
  });

  it('says where, without the value', () => {
    const { detail } = check(jsonDraftOf(attributes, { total: 'secret' }));
    expect(detail).toBe('/total must be integer; the rule "small" does not hold.');
  });

  it('refuses data that is not JSON', () => {
    const text = draftOf(attributes, { kind: DataKind.text, bytes: Buffer.from('{"total":1}') });
    expect(check(text).failed).toEqual(['schema']);
    expect(check(draftOf(attributes)).failed).toEqual(['schema']);
  });
});
