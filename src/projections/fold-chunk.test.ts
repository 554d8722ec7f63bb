import { expect, test } from 'vitest';
import type { ReadModel, Row } from '../core/read-model.ts';
import type { RecordedEvent } from '../core/recorded-event.ts';
import { foldEvents } from './fold-chunk.ts';
import { noted, trailModel } from './projections.fixture.ts';
import type { PreparedEvent } from './read-chunk.ts';
import { RowSet } from './row-set.ts';
import { rowShapeOf } from './row-values.ts';

/** The name is what the newest event says, the numbers what one of them says. */
const model: ReadModel = {
  ...trailModel(),
  project(row: Row | null, event: RecordedEvent) {
    // safe because the events below are all there are
    const { name, numbers } = event.data as { readonly name: string; readonly numbers?: number[] };
    return { count: 1, noted_at: null, name, numbers: numbers ?? row?.['numbers'] ?? [] };
  },
};

function fold(before: Row, ...data: readonly object[]) {
  const rows = new RowSet();
  const shape = rowShapeOf(model.columns);
  rows.add([
    { tenant: 'ana', key: 'a', row: shape.canonical({ count: 1, ...before }, null), position: 1n },
  ]);
  const events = data.map((each, index): PreparedEvent => ({
    position: BigInt(index + 2),
    tenant: 'ana',
    stream: 'notes/a',
    type: noted.name,
    bytes: 1,
    // safe because the model above reads nothing but the data
    event: { data: each } as RecordedEvent,
    keys: ['a'],
    begins: false,
    failure: null,
  }));
  return foldEvents({ model, shape, rows }, events, new Set());
}

test('a row that its events leave as it was is not written', async () => {
  const before = { name: 'Ana', numbers: [1] };
  const { rows } = await fold(before, { name: 'Ana' }, { name: 'Ana', numbers: [1] });
  expect(rows).toEqual([]);
});

test('a row that changes is written, also when it is changed back', async () => {
  const before = { name: 'Ana', numbers: [1] };
  const { rows, allNew } = await fold(before, { name: 'Eva' }, { name: 'Ana' }, { name: 'Ana' });
  expect(rows).toMatchObject([{ key: 'a', row: { name: 'Ana', numbers: [1] }, position: 3n }]);
  expect(allNew).toBe(false);
});
