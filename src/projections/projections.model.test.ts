import { systemClock } from '../core/clock.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { createMemoryStore } from './memory/memory-store.ts';
import { describeProjections } from './suite/fixture.ts';

describeProjections('in memory', () => {
  const log = createMemoryLog({ bucketCount: 4 });
  const store = createMemoryStore({ bucketCount: 4, clock: systemClock });
  return { log, store, close: () => log.close() };
});
