import { expect, test } from 'vitest';
import {
  largestPartyOf,
  setsFor,
  TABLE_SETS_MAX,
  TABLES_JOINED_MAX,
  tableSetsOf,
} from './table-sets.ts';

const table = (tableId: string, seats: number, ...joinableWith: string[]) => ({
  tableId,
  seats,
  areaId: 'hall',
  joinableWith,
});
const first = (tables: Parameters<typeof setsFor>[0], partySize: number) =>
  setsFor(tables, { partySize, areaId: null, wholeArea: false, tableIds: null })[0];

test('the smallest table that seats the party comes first', () => {
  const tables = [table('big', 8), table('small', 2), table('middle', 4)];
  expect([1, 3, 5].map((size) => first(tables, size))).toEqual([['small'], ['middle'], ['big']]);
});

test('of equal seats one table comes before several, and joined ones before a larger table', () => {
  const tables = [table('a', 2), table('b', 2, 'a'), table('c', 4), table('d', 6)];
  expect(first(tables, 4)).toEqual(['c']);
  expect(first(tables.slice(0, 2).concat(tables[3]!), 4)).toEqual(['a', 'b']);
});

test('tables join only along their neighbours, whichever of the two names the other', () => {
  const row = [table('a', 2), table('b', 2, 'a'), table('c', 2, 'b'), table('x', 2)];
  expect(first(row, 6)).toEqual(['a', 'b', 'c']);
  expect(first(row, 7)).toBeUndefined();
  expect(
    setsFor(row, { partySize: 3, areaId: null, wholeArea: false, tableIds: null }),
  ).not.toContainEqual(['a', 'c']);
  expect(largestPartyOf(row)).toBe(6);
});

test('a name of a table that is gone joins nothing', () => {
  expect(first([table('a', 2, 'gone'), table('b', 2)], 3)).toBeUndefined();
});

test('the search is bounded and gives the same whatever the order of the tables', () => {
  const ids = Array.from({ length: 60 }, (_, index) => `t${String(index).padStart(2, '0')}`);
  const tables = ids.map((id) => table(id, 2, ...ids));
  const sets = tableSetsOf(tables);
  expect(sets).toHaveLength(TABLE_SETS_MAX);
  expect(Math.max(...sets.map(({ tableIds }) => tableIds.length))).toBeLessThanOrEqual(
    TABLES_JOINED_MAX,
  );
  expect(tableSetsOf([...tables].reverse())).toEqual(sets);
});
