import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { silentLogger } from '../core/logger.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { until } from '../../test/support/until.ts';
import { BucketWake } from './bucket-wake.ts';
import { planStart } from './generation-changes.ts';
import { LaneLoop } from './lane-loop.ts';
import { Lane } from './lane.ts';
import { createMemoryStore } from './memory/memory-store.ts';
import { createWriter, ignored, noted, trailModel } from './projections.fixture.ts';
import { SharedReads } from './shared-reads.ts';
import { Slots } from './slots.ts';

const to = { tenant: 'ana', stream: 'notes/a' };
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A lane whose steps are counted, woken by every append. */
async function following() {
  const log = createMemoryLog({ bucketCount: 1 });
  const asked: bigint[] = [];
  const state = { isBroken: false };
  const reads = new SharedReads(
    {
      ...log,
      readBatches: (...[bucket, after, options]: Parameters<typeof log.readBatches>) => {
        asked.push(after);
        if (state.isBroken) return Promise.reject(new Error('the log cannot be read'));
        return log.readBatches(bucket, after, options);
      },
    },
    0,
  );
  const store = createMemoryStore({ bucketCount: 1, clock: systemClock });
  const model = trailModel();
  const record = await store.change(model, (before) => planStart(before, 1));
  const place = { generation: record!.generations[0]!, bucket: 0 };
  const lane = new Lane({ model, place, store, log, reads, clock: systemClock });
  let steps = 0;
  const slots = { live: new Slots(1), bulk: new Slots(1) };
  const step = lane.step.bind(lane);
  lane.step = () => {
    steps += 1;
    return step();
  };
  const loop = new LaneLoop({
    lane,
    slots,
    clock: systemClock,
    logger: silentLogger,
    onStep: () => {},
  });
  loop.wake();
  await until('the lane stands at the head', () => lane.caughtUp);
  const wake = new BucketWake({ reads, from: 0n, loops: () => [loop] });
  ends.push(
    log.onAppend(0, () => wake.wake()),
    () => wake.stop(),
    () => loop.stop(),
  );
  return { lane, asked, state, wake, steps: () => steps, write: createWriter(log) };
}

test('appends of no concern move a lane without a step of its own', async () => {
  const { lane, steps, write } = await following();
  const before = steps();
  for (let number = 0; number < 20; number += 1) await write(to, [{ key: 'a', number }], ignored);
  await until('the lane stands behind them', () => lane.handled === 20n);
  expect(steps()).toBe(before);
});

test('an append that concerns a lane is handled, whatever was appended around it', async () => {
  const { lane, write } = await following();
  await write(to, [{ key: 'a', number: 1 }], ignored);
  await write(to, [{ key: 'a', number: 2 }], noted);
  await write(to, [{ key: 'a', number: 3 }], ignored);
  await until('the lane has handled it', () => lane.handled === 3n);
  expect(lane.unwritten?.expected.position ?? 3n).toBeGreaterThanOrEqual(2n);
});

test('appends that come together are looked at together', async () => {
  const { lane, asked, write } = await following();
  await Promise.all([
    write({ ...to, stream: 'notes/1' }, [{ key: 'a', number: 1 }], ignored),
    write({ ...to, stream: 'notes/2' }, [{ key: 'b', number: 2 }], ignored),
    write({ ...to, stream: 'notes/3' }, [{ key: 'c', number: 3 }], ignored),
  ]);
  await until('the lane stands behind them', () => lane.handled === 3n);
  expect(asked.length).toBeLessThanOrEqual(2);
});

test('when the log cannot be read every lane looks for itself, and goes on when it can', async () => {
  const { lane, state, write } = await following();
  state.isBroken = true;
  await write(to, [{ key: 'a', number: 1 }], ignored);
  state.isBroken = false;
  await write(to, [{ key: 'a', number: 2 }], ignored);
  await until('the lane stands behind them', () => lane.handled === 2n);
});

test('nobody is woken after the end', async () => {
  const { lane, wake, write } = await following();
  wake.stop();
  await write(to, [{ key: 'a', number: 1 }], noted);
  await new Promise((resolve) => setImmediate(resolve));
  expect(lane.handled).toBe(0n);
});
