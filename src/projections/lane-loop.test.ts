import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { silentLogger } from '../core/logger.ts';
import { LaneLoop } from './lane-loop.ts';
import type { Lane } from './lane.ts';
import { WAKE_REST_MS } from './limits.ts';
import { Slots } from './slots.ts';

// What waits for the next turn alone goes on by itself.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** A lane that always finds more, and counts its chunks. */
function looping(bulk: boolean) {
  const found = { chunks: 0 };
  const step = () => {
    found.chunks += 1;
    return Promise.resolve('progress' as const);
  };
  // safe because the loop asks a lane for nothing else
  const lane = { bulk, step } as unknown as Lane;
  const slots = { live: new Slots(1), bulk: new Slots(1) };
  const onStep = () => {};
  const loop = new LaneLoop({ lane, slots, clock: systemClock, logger: silentLogger, onStep });
  loop.wake();
  return { loop, found };
}

test('a lane that keeps up rests between two chunks, so that what is appended meanwhile is one', async () => {
  const { loop, found } = looping(false);
  await vi.advanceTimersByTimeAsync(WAKE_REST_MS - 1);
  expect(found.chunks).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(found.chunks).toBe(2);
  await vi.advanceTimersByTimeAsync(10 * WAKE_REST_MS);
  expect(found.chunks).toBe(12);
  await loop.stop();
});

test('a lane that rests stops at once', async () => {
  const { loop, found } = looping(false);
  await vi.advanceTimersByTimeAsync(1);
  await loop.stop();
  expect(found.chunks).toBe(1);
});

test('a lane that catches up does not rest', async () => {
  const { loop, found } = looping(true);
  for (let turns = 0; turns < 10; turns += 1)
    await new Promise((resolve) => void setImmediate(resolve));
  expect(found.chunks).toBeGreaterThan(3);
  await loop.stop();
});
