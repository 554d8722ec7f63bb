import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { silentLogger } from '../../core/logger.ts';
import { createMemoryLog } from '../../log/memory/memory-log.ts';
import type { BucketSubscription } from './bucket-subscription.ts';
import { BUSY_ROUND_MS, startFollowing } from './follow-bucket.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Counts chunks of one that finds something at each of its first `chunks` steps. */
function following(isBehind: boolean, chunks: number) {
  const found = { steps: 0 };
  const step = () => {
    found.steps += 1;
    return Promise.resolve(found.steps <= chunks ? ('moved' as const) : ('idle' as const));
  };
  const place = { name: 'policy.notes', bucket: 0 };
  // safe because the loop asks a subscription for nothing else
  const subscription = {
    place,
    isBehind,
    uninterested: false,
    wantedNothing: false,
    step,
    save: () => Promise.resolve(),
  } as unknown as BucketSubscription;
  const log = createMemoryLog({ bucketCount: 1 });
  const followed = startFollowing(subscription, { log, logger: silentLogger, failed: () => {} });
  return { followed, found };
}

test('one that keeps up rests between two chunks, so that what is appended meanwhile is one', async () => {
  const { followed, found } = following(false, 20);
  await vi.advanceTimersByTimeAsync(BUSY_ROUND_MS - 1);
  expect(found.steps).toBe(1);
  await vi.advanceTimersByTimeAsync(10 * BUSY_ROUND_MS);
  expect(found.steps).toBe(11);
  await followed.stop();
});

test('one that rests stops at once', async () => {
  const { followed, found } = following(false, 20);
  await vi.advanceTimersByTimeAsync(1);
  await followed.stop();
  expect(found.steps).toBe(1);
});

test('one that is far behind does not rest', async () => {
  const { followed, found } = following(true, 20);
  await vi.advanceTimersByTimeAsync(BUSY_ROUND_MS - 1);
  expect(found.steps).toBe(21);
  await followed.stop();
});

test('one that read to an end far behind the head does not wait to be woken', async () => {
  const { followed, found } = following(true, 0);
  await vi.advanceTimersByTimeAsync(10 * BUSY_ROUND_MS);
  expect(found.steps).toBe(11);
  await followed.stop();
});
