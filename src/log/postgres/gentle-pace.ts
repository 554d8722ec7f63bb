/**
 * Pauses of background work on the event loop that also answers requests. Yielding a turn is not enough: a request takes
 * ten turns and more, and each then waits for a slice. Sealing 2^18 keys took 0.37 s of which 0.34 were ours, and five
 * appends came through where there should have been ninety: a stall that refused 150 sales.
 */
import { setTimeout as delayMs } from 'node:timers/promises';

/** Work of less is not worth a pause. */
const SLICE_MS = 2;
/** Others get three times what was taken. */
const PAUSE_SHARE = 3;
/** A slice that took longer was itself kept from going on. */
const PAUSE_MS_MAX = 30;

export interface GentlePace {
  /** Work begins now: what went before was waiting for the database. */
  begin(): void;
  /** Pauses when enough was worked since `begin` or the last pause. */
  breathe(): Promise<void>;
}

/** Real time and real pauses, unless a test has its own. */
export function createGentlePace(
  nowMs: () => number = () => performance.now(),
  pause: (ms: number) => Promise<unknown> = delayMs,
): GentlePace {
  let sinceMs = nowMs();
  return {
    begin() {
      sinceMs = nowMs();
    },
    async breathe() {
      const workedMs = nowMs() - sinceMs;
      if (workedMs < SLICE_MS) return;
      await pause(Math.min(workedMs * PAUSE_SHARE, PAUSE_MS_MAX));
      sinceMs = nowMs();
    },
  };
}
