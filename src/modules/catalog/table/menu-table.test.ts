import { describe, expect, test } from 'vitest';
import { csvLine } from '../../../core/csv.ts';
import { idsByPath, pathKey } from './category-paths.ts';
import { cellsOf, headerOf, MENU_COLUMNS, priceText, rowOf } from './menu-table.ts';
import { readCsv } from '../../../core/read-csv.ts';

describe('a table of products', () => {
  test('needs a header of known columns, each once, with a name or an id', () => {
    expect(headerOf([' Name', 'PRICE'])).toEqual(['name', 'price']);
    for (const header of [['name', 'colour'], ['name', 'name'], ['price'], []])
      expect(headerOf(header)).toBeNull();
  });

  test('leaves alone what it has no column or no text for', () => {
    expect(rowOf(['name', 'price', 'station'], ['Tea', '', ''])).toEqual({
      id: null,
      name: 'Tea',
      category: undefined,
      price: undefined,
      taxClass: undefined,
      stationId: null,
      description: undefined,
      ingredients: undefined,
      allergens: undefined,
    });
  });

  test.each([
    ['12.50', 1250],
    ['12,5', 1250],
    ['12', 1200],
    ['0.05', 5],
  ])('the price %s is %d', (text, price) => {
    expect(rowOf(['name', 'price'], ['Tea', text])).toMatchObject({ price });
  });

  test.each(['-1', '1.234', '1e9', '12.', 'free', '999999999'])('%s is no price', (text) => {
    expect(rowOf(['name', 'price'], ['Tea', text])).toMatchObject({
      fault: { at: '/price', code: 'PRICE_FORM', params: { example: '12.50' } },
    });
  });

  test('a row with another number of cells, or nothing to know its product by, is told', () => {
    expect(rowOf(['name', 'price'], ['Tea'])).toMatchObject({
      fault: { code: 'ROW_CELLS', params: { cells: 1, columns: 2 } },
    });
    expect(rowOf(['name', 'price'], ['', '1'])).toMatchObject({
      fault: { code: 'ONE_NEEDED', message: 'has neither a name nor an id' },
    });
  });

  test('what is exported is read back the same, and no cell is run as a formula', () => {
    const product = {
      id: 'p1',
      name: '=HYPERLINK("http://evil")',
      category: ['Drinks', '@Hot'],
      price: 1205,
      taxClass: 'standard',
      stationId: null,
      description: '-2+3',
      ingredients: ['tea', 'milk'],
      allergens: ['milk'],
      status: 'active',
    };
    const line = csvLine(cellsOf(product));
    const read = readCsv(line);
    const cells = read.outcome === 'read' ? (read.records[0]?.cells ?? []) : [];
    expect(cells.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
    const { status: _status, ...rest } = product;
    expect(rowOf(MENU_COLUMNS, cells)).toEqual(rest);
  });
});

test('categories are found by their names from the top down, in any language and case', () => {
  const ids = idsByPath([
    { id: 'a', name: { en: 'Drinks', pl: 'Napoje' }, parentId: null },
    { id: 'b', name: { en: 'Coffee' }, parentId: 'a' },
    { id: 'c', name: { en: 'Loop' }, parentId: 'c' },
  ]);
  expect(ids.get(pathKey(['drinks ', 'COFFEE']))).toBe('b');
  expect(ids.get(pathKey(['Napoje']))).toBe('a');
  expect(ids.get(pathKey(['Coffee']))).toBeUndefined();
});

test('prices of a currency with three digits are read with three', () => {
  expect(rowOf(['name', 'price'], ['Tea', '1.250'], 3)).toMatchObject({ price: 1250 });
  expect(rowOf(['name', 'price'], ['Tea', '1.5'], 3)).toMatchObject({ price: 1500 });
  expect(rowOf(['name', 'price'], ['Tea', '1.2505'], 3)).toMatchObject({
    fault: { params: { example: '12.500' } },
  });
  expect(rowOf(['name', 'price'], ['Tea', '1.250'], 2)).toMatchObject({
    fault: { params: { example: '12.50' } },
  });
  expect(priceText(1250, 3)).toBe('1.250');
});

test('prices of a currency without a smaller unit are whole, and come back as they were', () => {
  expect(rowOf(['name', 'price'], ['Tea', '1250'], 0)).toMatchObject({ price: 1250 });
  expect(rowOf(['name', 'price'], ['Tea', '12.50'], 0)).toMatchObject({
    fault: { params: { example: '1250' } },
  });
  expect(priceText(1250, 0)).toBe('1250');
  expect(priceText(5)).toBe('0.05');
});
