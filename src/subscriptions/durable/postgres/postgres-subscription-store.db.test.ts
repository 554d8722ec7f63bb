import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { describeSubscriptionStoreContract } from '../store-contract.fixture.ts';
import type { SubscriptionStore } from '../subscription-store.ts';
import { createPostgresSubscriptionStore } from './postgres-subscription-store.ts';

let held: TestDatabase;
let store: SubscriptionStore;

beforeAll(async () => {
  held = await testDatabase();
  store = createPostgresSubscriptionStore(held.database, { bucketCount: 4 });
});

afterAll(() => held.drop());

// The clock is the database's: letting time pass is what is tested.
describeSubscriptionStoreContract('postgres', () => ({
  store,
  bucketCount: 4,
  wait: (ms) => pause(ms),
}));
