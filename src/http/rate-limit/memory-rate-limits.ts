/** Limits of one process, over sliding windows in memory. */
import type { Clock } from '../../core/clock.ts';
import { createSlidingCounts, type SlidingCounts } from '../../core/sliding-counts.ts';
import { QUOTAS, type RateLimits, type RateRequest, type RateTaken } from './rate-limits.ts';

/** For each quota; about 100 bytes each. Whoever has more addresses to come from gains one window. */
const KEYS_MAX = 50_000;

/** `quotas` are QUOTAS but in tests. */
export function createMemoryRateLimits(clock: Clock, quotas = QUOTAS): RateLimits {
  const counts = new Map<string, SlidingCounts>();

  function countsFor(policy: string, windowSeconds: number): SlidingCounts {
    let found = counts.get(policy);
    if (found === undefined) {
      found = createSlidingCounts({ windowMs: windowSeconds * 1000, keysMax: KEYS_MAX });
      counts.set(policy, found);
    }
    return found;
  }

  return {
    take({ subject, id, class: of }: RateRequest): RateTaken {
      const { requests: quota, windowSeconds } = quotas[subject][of];
      const policy = `${subject}-${of}`;
      const sliding = countsFor(policy, windowSeconds);
      const nowMs = clock.nowMs();
      const before = sliding.read(id, nowMs);
      const state = { policy, quota, windowSeconds };
      // What is refused is not counted: whoever keeps asking gets through at the rate of the quota.
      if (before + 1 > quota) {
        const resetSeconds = Math.ceil(sliding.untilBelow(id, nowMs, quota - 1) / 1000);
        return { ...state, allowed: false, remaining: 0, resetSeconds: Math.max(1, resetSeconds) };
      }
      const remaining = Math.max(0, Math.floor(quota - sliding.add(id, nowMs)));
      return { ...state, allowed: true, remaining, resetSeconds: windowSeconds };
    },
  };
}
