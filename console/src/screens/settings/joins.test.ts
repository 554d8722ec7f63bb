import { expect, test } from 'vitest';
import { forgetting, joinsOf } from './joins.ts';
import type { Table } from './location-types.ts';

function table(tableId: string, ...joinableWith: readonly string[]): Table {
  return { tableId, areaId: 'hall', name: tableId, seats: 2, joinableWith };
}

const TABLES = [table('t1', 't2'), table('t2'), table('t3', 't2', 't1')];

test('a table is joined with those it names and those that name it', () => {
  expect(joinsOf(TABLES, 't1')).toEqual(['t2', 't3']);
  expect(joinsOf(TABLES, 't2')).toEqual(['t1', 't3']);
  expect(joinsOf(TABLES, 'new')).toEqual([]);
});

test('whoever named a table forgets it when it is no longer chosen, and nobody else does', () => {
  expect(forgetting(TABLES, { tableId: 't2', chosen: ['t1'] })).toEqual([table('t3', 't1')]);
  expect(forgetting(TABLES, { tableId: 't2', chosen: ['t1', 't3'] })).toEqual([]);
});
