import { expect, test } from 'vitest';
import { tillNames } from './till-names.ts';

test('a till is called by its name, where the field is of a till and the till is known', () => {
  const called = tillNames([
    { id: 'a1', name: 'Bar' },
    { id: 'a2', name: null },
  ]);
  expect(called('tillId', 'a1')).toBe('Bar');
  expect(called('paymentId', 'a1')).toBeUndefined();
  expect([called('tillId', 'a2'), called('tillId', 'gone')]).toEqual([undefined, undefined]);
});
