import { describeSubscriptionStoreContract } from '../store-contract.fixture.ts';
import { createMemorySubscriptionStore } from './memory-subscription-store.ts';

let nowMs = Date.now();
const store = createMemorySubscriptionStore({ clock: { nowMs: () => nowMs }, bucketCount: 4 });

describeSubscriptionStoreContract('memory', () => ({
  store,
  bucketCount: 4,
  async wait(ms) {
    nowMs += ms;
  },
}));
