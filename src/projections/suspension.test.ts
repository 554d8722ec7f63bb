import { expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { RETIRED_KEPT_MS, SUSPEND_AFTER_MS } from './limits.ts';
import { createMemoryStore } from './memory/memory-store.ts';
import { createWriter, projectionsOf, trailModel, trailsOf } from './projections.fixture.ts';

/** In memory this takes a moment; a machine may stand still for seconds. */
const LONG_MS = 30_000;

const tenant = 'ana';
const stream = 'notes/a';

function world() {
  let nowMs = Date.UTC(2026, 10, 21);
  const clock = { nowMs: () => nowMs };
  const log = createMemoryLog({ bucketCount: 1, clock });
  const store = createMemoryStore({ bucketCount: 1, clock });
  const begin = () => projectionsOf({ log, store, models: [trailModel()], clock });
  return { log, store, begin, write: createWriter(log), move: (ms: number) => void (nowMs += ms) };
}

test('a projection that does not move for 7 days holds retention no longer', async () => {
  const { log, store, begin, write, move } = world();
  const model = trailModel();
  const before = begin();
  await before.start();
  const first = await write({ tenant, stream }, [{ key: 'a', number: 1 }]);
  await before.waitFor(model, { tenant, position: first }, LONG_MS);
  await before.pause(model.name);
  await before.stop();
  const second = await write({ tenant, stream }, [{ key: 'a', number: 2 }]);
  expect(await before.passed(0)).toBe(first);
  move(SUSPEND_AFTER_MS + 1_000);
  const after = begin();
  await after.start();
  await until('the suspension', async () => (await store.read())[0]?.stoppedBy === 'lagging');
  expect(await after.passed(0)).toBeNull();
  // What retention then takes is gone; what is left is handled once somebody lets it go on.
  log.setLowMark(0, 1n);
  await after.resume(model.name);
  await after.waitFor(model, { tenant, position: second }, LONG_MS);
  expect(await trailsOf(after, model, { tenant })).toEqual({ a: [1, 2] });
  expect(await after.passed(0)).toBe(second);
  await after.stop();
});

test('a quiet week is no reason to suspend', async () => {
  const { store, begin, write, move } = world();
  const model = trailModel();
  const projections = begin();
  await projections.start();
  const first = await write({ tenant, stream }, [{ key: 'a', number: 1 }]);
  await projections.waitFor(model, { tenant, position: first }, LONG_MS);
  await projections.stop();
  move(SUSPEND_AFTER_MS + 1_000);
  const second = await write({ tenant, stream }, [{ key: 'a', number: 2 }]);
  const again = begin();
  await again.start();
  await again.waitFor(model, { tenant, position: second }, LONG_MS);
  await again.stop();
  expect((await store.read())[0]?.stoppedBy).toBeNull();
});

test('a retired copy is dropped when its time is over', async () => {
  const { store, begin, move } = world();
  const model = trailModel();
  const projections = begin();
  await projections.start();
  await projections.stop();
  await store.change(model, () => ({
    begin: { state: 'retired', asOfMicros: null, indexed: true },
  }));
  move(RETIRED_KEPT_MS + 1_000);
  const again = begin();
  await again.start();
  await until('the drop', async () => (await store.read())[0]?.generations.length === 1);
  await again.stop();
  expect((await store.read())[0]?.generations[0]?.state).toBe('active');
});
