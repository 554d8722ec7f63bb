import { expect, test, vi } from 'vitest';
import { collectDeadBuffersSooner, RESERVE_BYTES, REST_MS, wantsReserve } from './dead-buffers.ts';

test('there is a reserve while no full collection was lately', () => {
  expect(wantsReserve(1_000, null)).toBe(true);
  expect(wantsReserve(10_000 + REST_MS - 1, { startTime: 10_000 })).toBe(false);
  expect(wantsReserve(10_000 + REST_MS, { startTime: 10_000 })).toBe(true);
});

test('the reserve counts as buffers, takes no memory, and goes at the end', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const before = process.memoryUsage();
  const stop = collectDeadBuffersSooner();
  try {
    vi.advanceTimersByTime(REST_MS);
    const held = process.memoryUsage();
    expect(held.arrayBuffers - before.arrayBuffers).toBeGreaterThan(RESERVE_BYTES / 2);
    expect(held.rss - before.rss).toBeLessThan(RESERVE_BYTES / 2);
  } finally {
    stop();
    vi.useRealTimers();
  }
  expect(process.memoryUsage().arrayBuffers - before.arrayBuffers).toBeLessThan(RESERVE_BYTES / 2);
});
