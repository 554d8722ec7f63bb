import { systemClock } from '../../../core/clock.ts';
import { inMemoryTransaction } from '../../../platform/jobs/memory-transaction.ts';
import { describePolicyStoreContract } from '../store-contract.fixture.ts';
import { createMemoryPolicyStore } from './memory-policy-store.ts';

const store = createMemoryPolicyStore({ clock: systemClock });

describePolicyStoreContract('memory', () => ({ store, transaction: inMemoryTransaction }));
