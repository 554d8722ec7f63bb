import { expect, test } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { Failure } from '../core/errors.ts';
import type { EventLog } from '../log/log.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { createMemoryStore } from './memory/memory-store.ts';
import { createWriter, projectionsOf, trailModel } from './projections.fixture.ts';

test('the state is told although the key of a person whose events are next is missing', async () => {
  const log = createMemoryLog({ bucketCount: 1 });
  const store = createMemoryStore({ bucketCount: 1, clock: systemClock });
  await createWriter(log)({ tenant: 'ana', stream: 'notes/a' }, [{ key: 'a', number: 1 }]);
  const keyless: EventLog = {
    ...log,
    readBatches: (bucket, after, options) =>
      options.types?.size === 0
        ? log.readBatches(bucket, after, options)
        : Promise.reject(new Failure('UNAVAILABLE', 'The key of a person is missing.')),
  };
  const later = { nowMs: () => systemClock.nowMs() + 1_000 };
  const projections = projectionsOf({ log: keyless, store, models: [trailModel()], clock: later });
  await projections.start();
  const [status] = await projections.status();
  expect(status?.generations).toMatchObject([{ state: 'active', behindEvents: 1n }]);
  expect(status?.lagSeconds).toBeGreaterThan(0);
  await projections.stop();
});
