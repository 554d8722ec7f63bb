import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import type { Database, Queryable } from '../../platform/postgres/database.ts';
import { activeOf, planStart } from '../generation-changes.ts';
import { RowsRefused, type Place, type ProjectionStore } from '../projection-store.ts';
import { contractParts, describeStore } from '../contract/fixture.ts';
import { createPostgresStore } from './postgres-store.ts';

const referenceOf = (tenant: string, personId: string): string => `${tenant}/${personId}`;

describeStore('the store in PostgreSQL', async () => {
  const held = await testDatabase();
  const { database } = held;
  return {
    store: createPostgresStore({ database, bucketCount: 2, referenceOf }),
    async erase(bucket, tenant, person) {
      await database.query({
        text: 'insert into erased_persons (bucket, tenant, person) values ($1, $2, $3)',
        values: [bucket, tenant, referenceOf(tenant, person)],
      });
    },
    close: () => held.drop(),
  };
});

const { freshModel, row, START } = contractParts;
let held: TestDatabase;
let store: ProjectionStore;

beforeAll(async () => {
  held = await testDatabase();
  store = createPostgresStore({ database: held.database, bucketCount: 2 });
});

afterAll(() => held.drop());

async function begun(): Promise<Place> {
  const record = await store.change(freshModel(), (before) => planStart(before, 1));
  return { generation: activeOf(record!)!, bucket: 0 };
}

test('rows that no table can hold are refused as such', async () => {
  const place = await begun();
  // Beyond what an entry of an index may take, and not compressible.
  const text = Array.from({ length: 4_000 }, () => Math.random().toString(36).slice(2)).join('');
  const work = {
    expected: START,
    keys: [],
    position: 1n,
    fold: () => ({ rows: [row('a', { text })], park: [], settle: [] }),
  };
  await expect(store.commitChunk(place, work)).rejects.toThrow(RowsRefused);
  expect(await store.checkpoint(place)).toEqual(START);
});

test('a row that was taken for new is written over where it is there after all', async () => {
  const place = await begun();
  const commit = (position: bigint, text: string) =>
    store.commitChunk(place, {
      expected: { ...START, position: position - 1n },
      keys: [],
      position,
      fold: () => ({
        rows: [row('a', { text }), row(`b${position}`, { text })],
        allNew: true,
        park: [],
        settle: [],
      }),
    });
  expect(await commit(1n, 'first')).toBe('committed');
  expect(await commit(2n, 'second')).toBe('committed');
  const texts: unknown[] = [];
  await store.snapshot(place, (rows) => {
    texts.push(...rows.map((each) => [each.key, each.row?.['text']]));
  });
  expect(texts).toEqual([
    ['a', 'second'],
    ['b1', 'first'],
    ['b2', 'second'],
  ]);
  expect(await store.checkpoint(place)).toEqual({ ...START, position: 2n });
});

/** The connection breaks at the n-th statement: before it was sent, or after it took effect. */
function breakingAt(database: Database, at: { left: number; after: boolean }): Database {
  const breaking = (on: Queryable): Queryable => ({
    async query(statement) {
      at.left -= 1;
      if (at.left === 0 && !at.after) throw new Error('broken before');
      const rows = await on.query(statement);
      if (at.left === 0) throw new Error('broken after');
      // safe because the rows of the very statement go on unchanged
      return rows as never;
    },
  });
  return {
    ...breaking(database),
    transaction: (work) => database.transaction((tx) => work(breaking(tx))),
    get reachable() {
      return database.reachable;
    },
    close: () => database.close(),
  };
}

test.each([true, false])(
  'a worker killed at any statement leaves rows and checkpoint as one (parking: %s)',
  async (parking) => {
    for (let left = 1; left < 9; left += 1)
      for (const after of [false, true]) {
        const place = await begun();
        const at = { left, after };
        const broken = createPostgresStore({
          database: breakingAt(held.database, at),
          bucketCount: 2,
        });
        const rest = { type: 't', reason: 'r', attempts: 1, keys: [] };
        const park = parking ? [{ position: 1n, tenant: 'ana', stream: 's', ...rest }] : [];
        const work = {
          expected: START,
          keys: [{ tenant: 'ana', key: 'a' }],
          position: 1n,
          fold: () => ({ rows: [row('a', {})], park, settle: [] }),
        };
        await broken.commitChunk(place, work).catch(() => 'broken');
        const keys: string[] = [];
        const snapshot = await store.snapshot(place, (rows) => {
          keys.push(...rows.map(({ key }) => key));
        });
        const whole = snapshot?.position === 1n;
        expect(keys).toEqual(whole ? ['a'] : []);
        expect(snapshot?.leftOut).toEqual(whole && parking ? [1n] : []);
      }
  },
);

test('a worker that holds the checkpoint is not waited for by another', async () => {
  const place = await begun();
  const { generation, bucket } = place;
  const work = {
    expected: START,
    keys: [],
    position: 1n,
    fold: () => ({ rows: [], park: [], settle: [] }),
  };
  await held.database.transaction(async (tx) => {
    await tx.query({
      text: `select position from projection_checkpoints
              where bucket = $1 and name = $2 and generation = $3 for update`,
      values: [bucket, generation.name, generation.generation],
    });
    expect(await store.commitChunk(place, work)).toBe('lost');
    expect(await store.advance([{ ...work, place, sealed: false }])).toEqual([false]);
  });
  expect(await store.commitChunk(place, work)).toBe('committed');
});

test('a table that is dropped while its rows are to be read is a copy that is gone', async () => {
  const place = await begun();
  await held.database.query({ text: `drop table ${place.generation.table}` });
  expect(await store.snapshot(place, () => {})).toBeNull();
});
