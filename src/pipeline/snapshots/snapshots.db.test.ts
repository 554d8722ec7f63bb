import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { until } from '../../../test/support/until.ts';
import { bucketOfTenant } from '../../core/bucket.ts';
import { snapshotContract } from './fixture.ts';
import { createPostgresSnapshots } from './postgres-snapshots.ts';
import { encodeSnapshot } from './snapshot-codec.ts';
import type { SnapshotStore } from './snapshots.ts';

const BUCKETS = 16;
const bucketOf = (tenant: string): number => bucketOfTenant(tenant, BUCKETS);

let db: TestDatabase;
let store: SnapshotStore;
beforeAll(async () => {
  db = await testDatabase();
  store = createPostgresSnapshots({ database: db.database, bucketOf });
});
afterAll(() => db.drop());

async function noteErased(tenant: string, person: string): Promise<void> {
  await db.database.query({
    text: 'insert into erased_persons (bucket, tenant, person) values ($1, $2, $3)',
    values: [bucketOf(tenant), tenant, person],
  });
}

describe('the PostgreSQL store', () => snapshotContract(() => ({ store, noteErased })));

test('a snapshot of an erased person is not given out even before it was removed', async () => {
  const place = { tenant: 'early', stream: 'accounts/a', stateVersion: 1 };
  const taken = { version: 1n, eventId: 'e', state: {}, persons: ['p'] };
  await store.save(place, encodeSnapshot(place, taken));
  await noteErased('early', 'p');
  expect(await store.find(place)).toBeNull();
});

test('forgetting waits for a snapshot that began before the erasure', async () => {
  const tenant = 'racing';
  const place = { tenant, stream: 'accounts/a', stateVersion: 1 };
  const began = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const saving = db.database.transaction(async (tx) => {
    const within = createPostgresSnapshots({
      database: { ...db.database, query: tx.query.bind(tx) },
      bucketOf,
    });
    const taken = { version: 1n, eventId: 'e', state: {}, persons: ['p'] };
    expect(await within.save(place, encodeSnapshot(place, taken))).toBe(true);
    began.resolve();
    await goOn.promise;
  });
  await began.promise;
  await noteErased(tenant, 'p');
  const forgetting = store.forget({ tenant, personId: 'a', reference: 'p' });
  await until('the lock is waited for', async () => {
    const { rows } = await db.database.query({
      text: `select 1 from pg_locks where not granted and relation = 'snapshots'::regclass`,
    });
    return rows.length > 0;
  });
  goOn.resolve();
  await Promise.all([saving, forgetting]);
  const { rows } = await db.database.query({
    text: 'select 1 from snapshots where tenant = $1',
    values: [tenant],
  });
  expect(rows).toEqual([]);
});

test('what older versions of a module left is removed a day later', async () => {
  const place = { tenant: 'upgraded', stream: 'accounts/a', stateVersion: 1 };
  const taken = { version: 1n, eventId: 'e', state: {}, persons: [] };
  await store.save(place, encodeSnapshot(place, taken));
  const next = { ...place, stateVersion: 2 };
  await store.save(next, encodeSnapshot(next, taken));
  expect(await store.find(place)).not.toBeNull();
  await db.database.query({
    text: `update snapshots set written_at = now() - interval '25 hours' where tenant = 'upgraded'`,
  });
  await store.save(next, encodeSnapshot(next, { ...taken, version: 2n }));
  expect(await store.find(place)).toBeNull();
  expect(await store.find(next)).not.toBeNull();
});
