import { expect, test } from 'vitest';
import { byName, nextTableName, seatsOf } from './location-types.ts';

test('the next table is called by the number after the largest one', () => {
  expect(nextTableName([])).toBe('1');
  expect(nextTableName([{ name: '2' }, { name: '10' }, { name: 'Bar' }])).toBe('11');
  expect(nextTableName([{ name: 'Bar' }, { name: 'Window' }])).toBe('3');
});

test('tables stand in the order in which people count', () => {
  const names = byName([{ name: '10' }, { name: '2' }, { name: 'Bar' }]).map(({ name }) => name);
  expect(names).toEqual(['2', '10', 'Bar']);
});

test('seats are added up', () => {
  expect(seatsOf([{ seats: 2 }, { seats: 4 }])).toBe(6);
  expect(seatsOf([])).toBe(0);
});
