import { expect, test } from 'vitest';
import { checkReadModel } from '../../test/support/module-folds.ts';
import { trailModel } from './projections.fixture.ts';
import type { PreparedEvent } from './read-chunk.ts';
import { RowSet } from './row-set.ts';
import { keysToLoad } from './rows-to-load.ts';

let position = 0n;

function touching(keys: readonly string[] | null, begins = false): PreparedEvent {
  position += 1n;
  const failure = keys === null ? 'keys: Error' : null;
  const rest = { stream: 'notes/a', type: 'noted', bytes: 1, event: null, failure };
  return { position, tenant: 'ana', keys, begins, ...rest };
}

const keysOf = (events: readonly PreparedEvent[], rows = new RowSet()) =>
  keysToLoad(rows, events).map(({ key }) => key);

test('rows that are held are not loaded, and the others once', () => {
  const rows = new RowSet();
  rows.take('ana', 'held');
  expect(keysOf([touching(['held', 'a']), touching(['a', 'b']), touching(null)], rows)).toEqual([
    'a',
    'b',
  ]);
});

test('what an event begins is not looked for, whatever touches it afterwards', () => {
  expect(keysOf([touching(['new'], true), touching(['new', 'old'])])).toEqual(['old']);
});

test('a row that an earlier event of the chunk touched is looked for', () => {
  expect(keysOf([touching(['row']), touching(['row'], true)])).toEqual(['row']);
});

test('a model that says of an event with a row before it that it begins the row is found by the check of every module', () => {
  const happened = [1, 2].map((number) => ({
    event: { type: 'Noted', data: { key: 'k', number } },
    moment: { at: '2026-11-22T10:00:00.000Z', version: number },
    category: 'notes',
    id: 'a',
    eventId: `e${number}`,
  }));
  const first = { ...trailModel(), begins: ({ version }: { version: number }) => version === 1 };
  expect(() => checkReadModel(first, happened)).not.toThrow();
  expect(() => checkReadModel({ ...first, begins: () => true }, happened)).toThrow('begins a row');
});
