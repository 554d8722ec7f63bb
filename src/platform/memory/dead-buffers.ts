/**
 * Lets V8 collect dead buffers sooner while that costs little.
 *
 * It begins a full collection whenever buffers have grown by 64 MB since the last one, so that on a server with steady
 * load as much is always dead or about to be. A reserve that counts for half of that, and takes no memory since nobody ever
 * writes to it, halves what gathers. Under full load collections follow one another anyway: then there is none.
 */
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { gcKind } from '../telemetry/gc-kind.ts';

/** Half of what V8 lets gather (kExternalAllocationSoftLimit). */
export const RESERVE_BYTES = 32 * 1024 * 1024;
/** Full collections take some 10 ms of the main thread and 100 of others: more often the reserve shall not ask for them. */
export const REST_MS = 5_000;
const LOOK_MS = 1_000;

/** A part of `PerformanceEntry`, for tests to make. */
interface Collected {
  /** Milliseconds on the clock of `performance.now`. */
  readonly startTime: number;
}

/** Whether a reserve is held; the decision without the memory. */
export function wantsReserve(nowMs: number, last: Collected | null): boolean {
  return last === null || nowMs - last.startTime >= REST_MS;
}

/** Runs until the answer is called, and keeps no process alive. */
export function collectDeadBuffersSooner(): () => void {
  let reserve: ArrayBuffer | null = null;
  let last: Collected | null = null;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (gcKind(entry) === constants.NODE_PERFORMANCE_GC_MAJOR) last = entry;
  });
  observer.observe({ entryTypes: ['gc'] });
  // Made anew each time: what was there at a collection does not count for the next.
  const timer = setInterval(() => {
    reserve?.transfer(0);
    reserve = wantsReserve(performance.now(), last) ? new ArrayBuffer(RESERVE_BYTES) : null;
  }, LOOK_MS).unref();
  return () => {
    clearInterval(timer);
    observer.disconnect();
    reserve?.transfer(0);
  };
}
