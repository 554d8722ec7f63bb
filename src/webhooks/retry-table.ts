/** When a delivery is tried again. Delays by the Standard Webhooks specification, "Retries": about three days in all. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Pause before each attempt, the first at once. */
export const RETRY_DELAYS_MS: readonly number[] = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** Share of the delay that is added at random, so that what failed together does not come back together. */
const JITTER_SHARE = 0.1;
/** What a receiver may ask for: as long as the longest pause of our own. */
const RETRY_AFTER_MAX_MS = 24 * HOUR;

export interface Retry {
  /** Attempts made in this round, the failed one included. */
  readonly tries: number;
  readonly nowMs: number;
  /** Pause that the receiver asked for, null when it did not. */
  readonly retryAfterMs: number | null;
  /** From 0 to below 1. */
  readonly random: number;
}

/** When to try again in milliseconds since the epoch; null when the attempts are used up. */
export function nextAttemptMs(retry: Retry): number | null {
  const delay = RETRY_DELAYS_MS[retry.tries];
  if (delay === undefined) return null;
  const jittered = delay * (1 + JITTER_SHARE * retry.random);
  const asked = Math.min(retry.retryAfterMs ?? 0, RETRY_AFTER_MAX_MS);
  return retry.nowMs + Math.ceil(Math.max(jittered, asked));
}

/** Milliseconds of a Retry-After header: seconds or an HTTP date (RFC 9110, section 10.2.3); null when it is neither. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  if (!/^[A-Za-z]{3}, /.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
