/**
 * How many commands a process takes on at once (L14). What comes beyond is refused early with OVERLOADED, before anything
 * is read for it, so that what is let in is answered soon and the connections to the database suffice.
 */
import { Failure } from '../core/errors.ts';

/** Commands under way, whoever gave them: a second of work at twice the rate promised. */
const INSIDE_MAX = 10_000;
/** So many are let in however slow they are: fewer would leave the processors idle while one slow command is waited for. */
const ALWAYS_INSIDE = 128;
/** Newcomers are refused while commands take longer than this on average; beyond it waiting only adds to waiting. */
const SLOW_MS = 500;
/**
 * Slow for less than this is a stall that is over, such as a disk that stood still, and what it held up is done within
 * the same time. Without it 150 sales were refused because of one stall of half a second. What stays slow is overload.
 */
const RIDE_OUT_MS = 1_000;
/** Whoever refused so lately is overloaded, not stalled: another second of patience would only make answers late. */
const CALM_AFTER_MS = 10_000;
/** The average follows the newest of about so many commands. */
const AVERAGED_OVER = 64;

const RETRY = { retryAfterSeconds: 1 };

export interface CommandGate {
  /**
   * `patient` work, such as that of policies, is refused at the hard limit only: whoever refuses it makes it come again.
   * Errors: OVERLOADED, UNAVAILABLE once the gate closes, and those of `work`.
   */
  pass<T>(work: () => Promise<T>, patient: boolean): Promise<T>;
  /** Refuses newcomers and waits for those inside. */
  close(): Promise<void>;
}

/** `nowMs` is monotonic. */
export function createCommandGate(nowMs: () => number, insideMax = INSIDE_MAX): CommandGate {
  const quiet = Promise.withResolvers<void>();
  let inside = 0;
  let averageMs = 0;
  let closing = false;
  /** Since when many are inside and take long; null while that is not so. */
  let slowSinceMs: number | null = null;
  let refusedMs = Number.NEGATIVE_INFINITY;

  function isFull(patient: boolean): boolean {
    if (inside >= insideMax) return true;
    if (patient || !isSlow()) return false;
    const now = nowMs();
    slowSinceMs ??= now;
    if (now - slowSinceMs < RIDE_OUT_MS && now - refusedMs > CALM_AFTER_MS) return false;
    refusedMs = now;
    return true;
  }

  function isSlow(): boolean {
    const slow = inside >= ALWAYS_INSIDE && averageMs > SLOW_MS;
    if (!slow) slowSinceMs = null;
    return slow;
  }

  return {
    async pass(work, patient) {
      if (closing)
        throw new Failure('UNAVAILABLE', 'The server is closing; nothing was stored.', RETRY);
      if (isFull(patient))
        throw new Failure('OVERLOADED', 'Too many commands are under way.', RETRY);
      inside += 1;
      const sinceMs = nowMs();
      try {
        return await work();
      } finally {
        inside -= 1;
        averageMs += (nowMs() - sinceMs - averageMs) / AVERAGED_OVER;
        isSlow();
        if (closing && inside === 0) quiet.resolve();
      }
    },
    async close() {
      closing = true;
      if (inside === 0) quiet.resolve();
      await quiet.promise;
    },
  };
}
