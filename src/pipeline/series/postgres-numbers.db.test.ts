import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { createNumberSeries } from './number-series.ts';
import { createPostgresNumbers } from './postgres-numbers.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

test('several processes that draw at once get numbers without a gap between their blocks', async () => {
  const store = createPostgresNumbers({ database: db.database, bucketOf: () => 3 });
  const firsts = await Promise.all(Array.from({ length: 20 }, () => store.draw('t', 's', 50)));
  expect(firsts.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at * 50 + 1));
  expect(await store.draw('t', 'other', 50)).toBe(1);
  expect(await store.draw('u', 's', 50)).toBe(1);
});

test('a process that starts again goes on behind the blocks of the one before', async () => {
  const store = createPostgresNumbers({ database: db.database, bucketOf: () => 3 });
  const before = await createNumberSeries(store).next('again', 's');
  const after = await createNumberSeries(store).next('again', 's');
  expect(after).toBeGreaterThan(before);
});
