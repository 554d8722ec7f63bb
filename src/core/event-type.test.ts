import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { defineEvent, upcast, wireType, wireTypes } from './event-type.ts';

const priced = defineEvent({
  name: 'ProductPriced',
  wireName: 'comptoir.test.priced',
  version: 3,
  data: Type.Object({ amount: Type.Integer(), currency: Type.String(), taxed: Type.Boolean() }),
  upcasters: {
    // safe because version 1 had a price in whole units
    1: (data) => ({ amount: (data as { price: number }).price * 100 }),
    // safe because version 2 had an amount
    2: (data) => ({ ...(data as { amount: number }), currency: 'EUR', taxed: true }),
  },
});

test('an event of an old version passes every upcaster in turn', () => {
  expect(upcast(priced, 1, { price: 3 })).toEqual({ amount: 300, currency: 'EUR', taxed: true });
  expect(upcast(priced, 2, { amount: 5 })).toEqual({ amount: 5, currency: 'EUR', taxed: true });
});

test('an event of the newest version stays the same object', () => {
  const data = { amount: 1, currency: 'PLN', taxed: false };
  expect(upcast(priced, 3, data)).toBe(data);
});

test('the wire type carries the version', () => {
  expect(wireType(priced)).toBe('comptoir.test.priced.v3');
  expect(wireTypes(priced)).toEqual([
    'comptoir.test.priced.v1',
    'comptoir.test.priced.v2',
    'comptoir.test.priced.v3',
  ]);
});

test('a version without its upcaster is refused when the module is loaded', () => {
  expect(() =>
    defineEvent({
      name: 'ProductPriced',
      wireName: 'comptoir.test.priced',
      version: 2,
      data: Type.Object({}),
    }),
  ).toThrow('an upcaster from version 1 is missing');
});

test('a wire name outside the namespace of decided events is refused', () => {
  expect(() =>
    defineEvent({ name: 'Foreign', wireName: 'com.example.foreign', data: Type.Object({}) }),
  ).toThrow('must start with "comptoir."');
});
