import { afterEach, expect, test, vi } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { silentLogger } from '../core/logger.ts';
import { noMetrics } from '../core/metrics.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { until } from '../../test/support/until.ts';
import { COMPARE_MS, LOOK_MS } from './limits.ts';
import { createMemoryStore } from './memory/memory-store.ts';
import { defineProjectionMetrics } from './projection-metrics.ts';
import { createWriter, ignored, noted, trailModel } from './projections.fixture.ts';
import type { ProjectionStore } from './projection-store.ts';
import { Runner } from './runner.ts';

const to = { tenant: 'ana', stream: 'notes/a' };
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  vi.useRealTimers();
});

/** A runner over a log that tells nobody what was appended. */
async function unwoken(wrap: (store: ProjectionStore) => ProjectionStore = (store) => store) {
  // The intervals are turned by hand; pauses and turns of the loop are real.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const log = createMemoryLog({ bucketCount: 1 });
  const model = trailModel();
  let steps = 0;
  const runner = new Runner({
    log: { ...log, onAppend: () => () => {} },
    models: [model],
    store: wrap(createMemoryStore({ bucketCount: 1, clock: systemClock })),
    clock: systemClock,
    logger: silentLogger,
    metrics: defineProjectionMetrics(noMetrics),
    works: true,
    onStep: () => (steps += 1),
  });
  await runner.start();
  ends.push(() => runner.stop());
  const generation = runner.record(model.name)!.generations[0]!;
  const [lane] = runner.lanesOf(generation);
  await until('the lane stands at the head', () => lane!.caughtUp);
  return { lane: lane!, steps: () => steps, write: createWriter(log) };
}

test('a lane whose wake-up was lost handles what was appended at the next look', async () => {
  const { lane, write } = await unwoken();
  await write(to, [{ key: 'a', number: 1 }], noted);
  await write(to, [{ key: 'a', number: 2 }], ignored);
  await new Promise((resolve) => setImmediate(resolve));
  expect(lane.handled).toBe(0n);
  vi.advanceTimersByTime(LOOK_MS);
  await until('the lane has handled both', () => lane.handled === 2n);
});

test('looking costs a lane that stands at the head no step', async () => {
  const { lane, steps, write } = await unwoken();
  await write(to, [{ key: 'a', number: 1 }], noted);
  vi.advanceTimersByTime(LOOK_MS);
  await until('the lane has handled it', () => lane.handled === 1n && lane.caughtUp);
  const before = steps();
  vi.advanceTimersByTime(3 * LOOK_MS);
  await new Promise((resolve) => setImmediate(resolve));
  expect(steps()).toBe(before);
});

test('what a database lost that had committed it is folded again, although nothing is appended', async () => {
  let lost = 1;
  let held: ProjectionStore | undefined;
  const { lane, write } = await unwoken((store) => {
    held = store;
    return {
      ...store,
      commitChunk: (place, work) =>
        lost-- > 0 ? Promise.resolve('committed') : store.commitChunk(place, work),
    };
  });
  await write(to, [{ key: 'a', number: 1 }], noted);
  vi.advanceTimersByTime(LOOK_MS);
  await until('the lane takes it for committed', () => lane.handled === 1n && lane.caughtUp);
  const stored = async () => (await held!.checkpoint(lane.options.place))?.position;
  expect(await stored()).toBe(0n);
  vi.advanceTimersByTime(COMPARE_MS);
  await until('it is stored', async () => (await stored()) === 1n);
  expect(lane.handled).toBe(1n);
});
