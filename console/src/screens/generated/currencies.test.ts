import { describe, expect, test } from 'vitest';
import { MINOR_UNITS } from '../../../../src/core/money.ts';
import { currencyAmong } from './currencies.ts';
import { kindOf } from './schema.ts';

const PLACES = new Map([
  ['bar', 'PLN'],
  ['tokyo', 'JPY'],
]);

describe('the currency of amounts', () => {
  test.each([
    ['is the one beside them', [{ currency: 'EUR', locationId: 'bar' }], 'EUR'],
    ['is that of the location', [{ locationId: 'tokyo' }], 'JPY'],
    ['is that of the location whose rules they are', [{ id: 'bar', settings: {} }], 'PLN'],
    [
      'is that of the form before that of the thing',
      [{ locationId: 'tokyo' }, { id: 'bar' }],
      'JPY',
    ],
    ['is that of the thing where the form says nothing', [{}, { id: 'bar' }], 'PLN'],
    ['is not guessed from another id', [{ id: 'p1', locationId: 'gone' }, null, 7], undefined],
  ])('%s', (_, things, currency) => {
    expect(currencyAmong(things, PLACES)).toBe(currency);
  });
});

test('a number that the server marks as minor units is typed as money, alone, as a choice and beside money', () => {
  const minor = { type: 'integer', ...MINOR_UNITS };
  const money = {
    type: 'object',
    properties: { amount: { type: 'integer' }, currency: { type: 'string' } },
  };
  expect(kindOf(minor).kind).toBe('minor-units');
  expect(kindOf({ ...minor, type: ['integer', 'null'] })).toMatchObject({
    kind: 'nullable',
    inner: MINOR_UNITS,
  });
  expect(kindOf({ anyOf: [minor, money] }).kind).toBe('money');
  expect(kindOf({ anyOf: [minor, { type: 'integer', ...MINOR_UNITS }] }).kind).toBe('minor-units');
  expect(kindOf({ type: 'integer' }).kind).toBe('number');
});
