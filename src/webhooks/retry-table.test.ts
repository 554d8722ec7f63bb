import { describe, expect, it } from 'vitest';
import { nextAttemptMs, RETRY_DELAYS_MS, retryAfterMs } from './retry-table.ts';

const NOW = Date.UTC(2026, 10, 21);
const retry = { nowMs: NOW, retryAfterMs: null, random: 0 };

describe('nextAttemptMs', () => {
  it('follows the table of the specification', () => {
    const hours = RETRY_DELAYS_MS.map((ms) => ms / 3_600_000);
    expect(hours).toEqual([0, 5 / 3600, 5 / 60, 0.5, 2, 5, 10, 14, 20, 24]);
    for (const [tries, delay] of RETRY_DELAYS_MS.entries())
      expect(nextAttemptMs({ ...retry, tries })).toBe(NOW + delay);
  });

  it('ends after the last', () => {
    expect(nextAttemptMs({ ...retry, tries: RETRY_DELAYS_MS.length })).toBeNull();
  });

  it('adds at most a tenth by chance', () => {
    expect(nextAttemptMs({ ...retry, tries: 3, random: 0.999 })).toBeGreaterThan(NOW + 1_970_000);
    expect(nextAttemptMs({ ...retry, tries: 3, random: 0.999 })).toBeLessThanOrEqual(
      NOW + 1_980_000,
    );
  });

  it('waits longer when asked, never shorter, and a day at most', () => {
    const asked = (ms: number) => nextAttemptMs({ ...retry, tries: 2, retryAfterMs: ms })! - NOW;
    expect([asked(1000), asked(600_000), asked(1e12)]).toEqual([300_000, 600_000, 86_400_000]);
  });
});

describe('retryAfterMs', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Sat, 21 Nov 2026 00:01:00 GMT', 60_000],
    ['Sat, 21 Nov 2020 00:01:00 GMT', 0],
    ['-1', null],
    ['1.5', null],
    ['soon', null],
    ['', null],
    ['9999999999', null],
    [undefined, null],
  ])('of %j is %j', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });
});
