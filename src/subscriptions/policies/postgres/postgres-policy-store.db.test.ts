import { afterAll, beforeAll } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import type { PolicyStore } from '../policy-store.ts';
import { describePolicyStoreContract } from '../store-contract.fixture.ts';
import { createPostgresPolicyStore } from './postgres-policy-store.ts';

let held: TestDatabase;
let store: PolicyStore;

beforeAll(async () => {
  held = await testDatabase();
  store = createPostgresPolicyStore(held.database);
});

afterAll(() => held.drop());

describePolicyStoreContract('postgres', () => ({
  store,
  transaction: (work) => held.database.transaction(work),
}));
