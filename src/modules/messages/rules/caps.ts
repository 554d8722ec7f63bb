/** Frequency caps: at most so many marketing messages to one person within any so many hours. Pure. */
import type { FrequencyCap } from '../shapes.ts';

const HOUR_MS = 3_600_000;

/**
 * When one more fits every cap, RFC 3339 in UTC; null when it does now. `sentAt` are moments of earlier ones in any order,
 * as far back as the longest cap.
 */
export function capFreeAt(
  at: string,
  caps: readonly FrequencyCap[],
  sentAt: readonly string[],
): string | null {
  const nowMs = Date.parse(at);
  const sentMs = sentAt.map((each) => Date.parse(each)).sort((a, b) => b - a);
  const freeMs = caps.reduce((latest, { count, hours }) => {
    const windowMs = hours * HOUR_MS;
    // The one that has to leave the window before another fits: the count-th newest.
    const blocking = sentMs.filter((ms) => ms > nowMs - windowMs)[count - 1];
    return blocking === undefined ? latest : Math.max(latest, blocking + windowMs);
  }, nowMs);
  return freeMs > nowMs ? new Date(freeMs).toISOString() : null;
}
