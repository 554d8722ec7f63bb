/**
 * Open-loop pacing: request k is due at a fixed moment whether or not earlier ones were answered, and its latency
 * counts from that moment. So a stall of the server is charged to every request that should have been sent meanwhile
 * (Gil Tene's "coordinated omission").
 */
export interface Pace {
  readonly startMs: number;
  readonly perSecond: number;
}

/** Paced benches offer this much more than the rate asked, so that timer slop cannot make the claim smaller. */
export const OFFERED_SHARE = 1.05;

/** Requests due in total at `nowMs`; the first is due at the start. */
export function dueCount(pace: Pace, nowMs: number): number {
  if (nowMs < pace.startMs) return 0;
  return Math.floor(((nowMs - pace.startMs) * pace.perSecond) / 1000) + 1;
}

/** The moment in milliseconds at which request `index` (from 0) is due. */
export function dueAtMs(pace: Pace, index: number): number {
  return pace.startMs + (index * 1000) / pace.perSecond;
}
