import { setTimeout as pause } from 'node:timers/promises';

/** Short beside what is waited for, long beside the cost of one look. */
const INTERVAL_MS = 20;
/** Nothing takes as long: what has not come by then never comes, on a machine shared by eight as well. */
const TIMEOUT_MS = 45_000;

export interface UntilOptions {
  readonly timeoutMs?: number | undefined;
  readonly intervalMs?: number | undefined;
  /** Called once, when the deadline has passed, for the message. */
  readonly explain?: (() => string) | undefined;
}

/**
 * Looks at `condition` until it gives something other than false, null or undefined, and returns that. Throws after
 * the deadline, naming `what` was waited for. An error of the condition ends the waiting.
 */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  options: UntilOptions = {},
): Promise<Exclude<T, false | null | undefined>> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value !== false && value !== null && value !== undefined)
      // safe because the three excluded values were just ruled out
      return value as Exclude<T, false | null | undefined>;
    if (performance.now() > deadline)
      throw new Error(`waited ${timeoutMs} ms in vain for ${what}\n${options.explain?.() ?? ''}`);
    await pause(options.intervalMs ?? INTERVAL_MS);
  }
}
