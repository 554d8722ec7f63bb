import { expect, test } from 'vitest';
import { manageAddress } from './manage-link.ts';

test('the link of a reservation leads to its page below the house', () => {
  expect(
    manageAddress({ origin: 'https://house.example', tenant: 'demo', token: '01J9.abc_-' }),
  ).toBe('https://house.example/public/demo/booking/01J9.abc_-');
});

test('nothing in a token leaves its place in the address', () => {
  expect(manageAddress({ origin: 'https://h.example', tenant: 'a', token: '../x?y#z' })).toBe(
    'https://h.example/public/a/booking/..%2Fx%3Fy%23z',
  );
});
