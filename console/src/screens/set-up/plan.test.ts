import { expect, test } from 'vitest';
import { CURRENCIES as SERVER_CURRENCIES } from '../../../../src/core/money.ts';
import { minorDigitsOf } from '../../words/format.ts';
import { areaIdsOf, CURRENCIES, percentOf, rateOf, tablesOf } from './plan.ts';

test('areas get ids from their names, and no two the same', () => {
  const area = (name: string) => ({ name, tables: 1, seats: 2 });
  expect(areaIdsOf([area('Hall'), area('Salão'), area('hall'), area('厨房')])).toEqual([
    'hall',
    'salao',
    'hall-3',
    'area-4',
  ]);
});

test('tables are numbered through the house', () => {
  const tables = tablesOf([
    { name: 'Hall', tables: 2, seats: 4 },
    { name: 'Bar', tables: 1, seats: 2 },
  ]);
  expect(tables).toEqual([
    { tableId: 't1', areaId: 'hall', name: '1', seats: 4 },
    { tableId: 't2', areaId: 'hall', name: '2', seats: 4 },
    { tableId: 't3', areaId: 'bar', name: '3', seats: 2 },
  ]);
});

test('a rate of 5.5 percent survives being shown and written back', () => {
  expect(percentOf(5500)).toBe(5.5);
  expect(rateOf(5.5)).toBe(5500);
});

test('currencies are those of the server, with its digits', () => {
  expect([...CURRENCIES]).toEqual(Object.keys(SERVER_CURRENCIES));
  for (const [currency, digits] of Object.entries(SERVER_CURRENCIES))
    expect([currency, minorDigitsOf(currency)]).toEqual([currency, digits]);
});
