import { systemClock } from '../../core/clock.ts';
import { describeStore } from '../contract/fixture.ts';
import { createMemoryStore } from './memory-store.ts';

describeStore('the store in memory', () => {
  const erased = new Set<string>();
  return {
    store: createMemoryStore({
      bucketCount: 2,
      clock: systemClock,
      isErased: (tenant, person) => erased.has(`${tenant} ${person}`),
    }),
    erase: async (_bucket, tenant, person) => void erased.add(`${tenant} ${person}`),
    close: async () => {},
  };
});
