import { expect, test } from 'vitest';
import { addressFault, addressOf, draftOf } from './address.ts';

const RYNEK = {
  lines: ['Rynek 1', 'Oficyna'],
  postalCode: '31-042',
  city: 'Kraków',
  country: 'PL',
};

test('an address survives being typed', () => {
  expect(addressOf(draftOf(RYNEK, 'FR'))).toEqual(RYNEK);
  const { postalCode: _none, ...without } = RYNEK;
  expect(addressOf(draftOf(without, 'FR'))).toEqual(without);
});

test('with the country alone there is no address', () => {
  expect(addressOf(draftOf(null, 'PL'))).toBeNull();
  expect(addressFault(draftOf(null, 'PL'))).toBeNull();
});

test('an address needs a line, a town and a country', () => {
  const draft = draftOf(RYNEK, '');
  expect(addressFault(draft)).toBeNull();
  expect(addressFault({ ...draft, lines: ' \n ' })).toBe('lines');
  expect(addressFault({ ...draft, lines: 'a\nb\nc\nd\ne' })).toBe('lines');
  expect(addressFault({ ...draft, lines: 'x'.repeat(101) })).toBe('long');
  expect(addressFault({ ...draft, city: ' ' })).toBe('city');
  expect(addressFault({ ...draft, country: '' })).toBe('country');
});
