import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../test/support/database.ts';
import { Failure } from './core/errors.ts';
import { healthOf } from './health.ts';
import { openDatabase } from './platform/postgres/pool.ts';

let held: TestDatabase;
beforeAll(async () => {
  held = await testDatabase();
});
afterAll(() => held.drop());

test('a database that takes writes is ready, a full disk is not', async () => {
  const { database } = held;
  // It gives the database half a second, which a busy machine may take once.
  const status = async () => (await healthOf({ database, refusal: undefined })).status;
  await expect.poll(status).toBe('ok');
  const refusal = new Failure('STORAGE_FULL', 'full');
  expect((await healthOf({ database, refusal })).status).toBe('unavailable');
});

test('a database that is read-only is not ready', async () => {
  const name = new URL(held.url).pathname.slice(1);
  await held.database.query({
    text: `alter database "${name}" set default_transaction_read_only = on`,
  });
  const database = openDatabase({
    url: held.url,
    connectionsMax: 1,
    connectTimeoutMs: 5_000,
    statementTimeoutMs: 5_000,
  });
  try {
    expect(await healthOf({ database, refusal: undefined })).toMatchObject({
      status: 'unavailable',
      dependencies: { database: { status: 'unavailable' }, storage: { status: 'ok' } },
    });
  } finally {
    await database.close();
  }
});
