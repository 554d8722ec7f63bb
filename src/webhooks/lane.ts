/** The slots of one endpoint in this process, and how fast they come free. */
import type { Clock } from '../core/clock.ts';

/** With answers in 50 ms, 160 deliveries a second. */
export const ENDPOINT_SLOTS = 8;
/** Of an endpoint that takes SLOW_MS for an attempt, so that many dead ones leave workers to the living. */
export const SLOW_SLOTS = 1;
const SLOW_MS = 5000;
/** Jobs that wait in their workers for one lane; beyond, the workers are better used for others. */
const WAITING_MAX = 8;
/** A place this far ahead is worth waiting for: coming back costs the queue two statements. */
const WAIT_MAX_MS = 500;
/** A shorter pause would turn the queue over for nothing. */
const PAUSE_MIN_MS = 1000;
/** A lane that becomes free is used again within this time. */
const PAUSE_MAX_MS = 60_000;
/** Weight of the newest attempt in the average of durations. */
const NEWEST_SHARE = 0.3;

export interface LaneOptions {
  readonly clock: Clock;
  /** Milliseconds of a clock that never jumps. */
  readonly monotonicMs: () => number;
}

export class Lane {
  readonly #options: LaneOptions;
  /** When each attempt under way began, oldest first. */
  readonly #running: number[] = [];
  readonly #waiting: (() => void)[] = [];
  #averageMs = 0;
  /** The latest time given to somebody who was sent away. */
  #lastPlaceMs = 0;
  #pausedUntilMs = 0;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  get isFree(): boolean {
    return !this.#isPaused && this.#running.length < this.#slots;
  }

  /** Nobody uses it, nobody waits for it, and it says nothing about the future. */
  get isIdle(): boolean {
    const untilMs = Math.max(this.#lastPlaceMs, this.#pausedUntilMs);
    const isUsed = this.#running.length > 0 || this.#waiting.length > 0;
    return !isUsed && untilMs < this.#options.clock.nowMs();
  }

  /** Whether a slot should come free within WAIT_MAX_MS for one more that waits. */
  get isWorthWaiting(): boolean {
    if (this.#isPaused || this.#running.length === 0) return false;
    const aheadMs = this.#paceMs * (1 + this.#waiting.length / this.#slots);
    return this.#waiting.length < WAITING_MAX && aheadMs <= WAIT_MAX_MS;
  }

  /** True when a slot may have come free, false when none did within WAIT_MAX_MS. */
  turn(): Promise<boolean> {
    return new Promise((resolve) => {
      const leave = (isCalled: boolean): void => {
        clearTimeout(timer);
        const at = this.#waiting.indexOf(called);
        if (at >= 0) this.#waiting.splice(at, 1);
        resolve(isCalled);
      };
      const called = (): void => leave(true);
      const timer = setTimeout(() => leave(false), WAIT_MAX_MS);
      this.#waiting.push(called);
    });
  }

  /** Takes a slot; the function given back frees it and calls the next who waits. To be called once. */
  begin(): () => void {
    const { monotonicMs } = this.#options;
    const began = monotonicMs();
    this.#running.push(began);
    return () => {
      this.#running.splice(this.#running.indexOf(began), 1);
      this.#averageMs += NEWEST_SHARE * (monotonicMs() - began - this.#averageMs);
      this.#waiting.shift()?.();
    };
  }

  /** When to come back, in milliseconds since the epoch; everybody gets another time. */
  placeMs(): number {
    const nowMs = this.#options.clock.nowMs();
    const spacingMs = Math.max(1, this.#paceMs / this.#slots);
    const earliestMs = Math.max(nowMs + PAUSE_MIN_MS, this.#pausedUntilMs);
    const atMs = Math.max(earliestMs, this.#lastPlaceMs + spacingMs);
    this.#lastPlaceMs = Math.min(atMs, nowMs + PAUSE_MAX_MS);
    return Math.ceil(this.#lastPlaceMs);
  }

  pause(untilMs: number): void {
    this.#pausedUntilMs = Math.min(untilMs, this.#options.clock.nowMs() + PAUSE_MAX_MS);
  }

  get #isPaused(): boolean {
    return this.#pausedUntilMs > this.#options.clock.nowMs();
  }

  /** What an attempt takes: the average, or longer when one under way takes longer. */
  get #paceMs(): number {
    const oldest = this.#running[0];
    if (oldest === undefined) return this.#averageMs;
    return Math.max(this.#averageMs, this.#options.monotonicMs() - oldest);
  }

  get #slots(): number {
    return this.#paceMs >= SLOW_MS ? SLOW_SLOTS : ENDPOINT_SLOTS;
  }
}
