import { expect, test } from 'vitest';
import { differencesOf } from './differences.ts';
import { alignedData } from './plot-data.ts';
import { rowAfter } from './table-keys.ts';
import { nextOrder, ordered } from './table-order.ts';

test('differences are named by their path, added and removed ones too', () => {
  const before = { a: 1, lines: [{ q: 1 }, { q: 2 }], gone: true };
  const after = { a: 1, lines: [{ q: 1 }, { q: 3 }], made: null };
  expect(differencesOf(before, after)).toEqual([
    { path: 'lines[1].q', was: 2, is: 3 },
    { path: 'gone', was: true, is: undefined },
    { path: 'made', was: undefined, is: null },
  ]);
  expect(differencesOf(before, before)).toEqual([]);
});

test('rows without a value stand last, whichever way they are ordered', () => {
  const rows = [{ n: 2 }, { n: null }, { n: 1 }];
  const valueOf = ({ n }: { n: number | null }) => n;
  expect(ordered(rows, valueOf, { isDescending: false }).map(({ n }) => n)).toEqual([1, 2, null]);
  expect(ordered(rows, valueOf, { isDescending: true }).map(({ n }) => n)).toEqual([2, 1, null]);
});

test('a third click on a column gives the rows back as they came', () => {
  const first = nextOrder(null, 'name');
  const second = nextOrder(first, 'name');
  expect([first, second, nextOrder(second, 'name')]).toEqual([
    { key: 'name', isDescending: false },
    { key: 'name', isDescending: true },
    null,
  ]);
});

test('keys stay within the rows of a table', () => {
  expect(rowAfter('ArrowDown', 0, { count: 2 })).toBe(1);
  expect(rowAfter('ArrowDown', 1, { count: 2 })).toBe(1);
  expect(rowAfter('PageUp', 3, { count: 9 })).toBe(0);
  expect(rowAfter('End', 0, { count: 100_000 })).toBe(99_999);
  expect(rowAfter('a', 0, { count: 9 })).toBeNull();
});

test('series of a chart share one axis, and what one lacks is a gap', () => {
  const first = [
    [1, 10],
    [3, null],
  ] as const;
  const second = [
    [2, 5],
    [3, 6],
  ] as const;
  expect(alignedData([first, second])).toEqual([
    [1, 2, 3],
    [10, null, null],
    [null, 5, 6],
  ]);
});
