import { expect, test } from 'vitest';
import { defineReadModel } from '../../core/read-model.ts';
import { itemWriter } from './item-json.ts';

const model = defineReadModel({
  name: 'things.list',
  version: 1,
  columns: { title: 'text', made_at: 'timestamptz', line_2: 'text' },
  on: [],
  keys: () => [],
  project: () => null,
  personal: 'none',
});
const row = { title: 'a', made_at: '2026-11-21T09:30:00Z', line_2: null, position: 7n };

test('an item has its id and the declared columns in camelCase, nothing else', () => {
  expect(itemWriter(model)({ key: 'k', row, incomplete: false })).toEqual({
    id: 'k',
    title: 'a',
    madeAt: '2026-11-21T09:30:00Z',
    line2: null,
  });
});

test('a row that waits for a parked event says so', () => {
  expect(itemWriter(model)({ key: 'k', row, incomplete: true })).toMatchObject({
    incomplete: true,
  });
});
