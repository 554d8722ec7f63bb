import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { LogBatch } from '../log/log.ts';
import type { Lane } from './lane.ts';
import { RETRY_FIRST_MS, RETRY_MAX_MS, WAKE_REST_MS } from './limits.ts';
import type { Slots } from './slots.ts';

export interface LoopOptions {
  readonly lane: Lane;
  /** Transactions that keep up, and those that catch up. */
  readonly slots: { readonly live: Slots; readonly bulk: Slots };
  readonly clock: Clock;
  readonly logger: Logger;
  /** After every step. */
  readonly onStep: (lane: Lane) => void;
}

/** Drives a lane whenever there may be something to do; costs nothing while there is not. */
export class LaneLoop {
  readonly lane: Lane;
  readonly #options: LoopOptions;
  #wanted = false;
  #stopped = false;
  #running: Promise<void> | null = null;
  #failures = 0;
  #endPause: (() => void) | null = null;

  constructor(options: LoopOptions) {
    this.lane = options.lane;
    this.#options = options;
  }

  wake(): void {
    this.#wanted = true;
    if (this.#stopped) return;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      // A wake-up between the last look and here must not be lost.
      if (this.#wanted && !this.#stopped) this.wake();
    });
  }

  /** Whether the lane is at rest and these batches hold nothing for it; then it stands behind them. */
  passOver(batches: readonly LogBatch[]): boolean {
    if (this.#stopped) return true;
    if (this.#wanted || this.#running !== null || !this.lane.passOver(batches)) return false;
    this.#options.onStep(this.lane);
    return true;
  }

  /** Resolves when the step under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#endPause?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#wanted && !this.#stopped) {
      this.#wanted = false;
      const pauseMs = await this.#step();
      if (pauseMs === null) continue;
      this.#wanted = true;
      if (pauseMs > 0) await this.#pause(pauseMs);
      // Requests and the other lanes come first: a lane that catches up would otherwise keep the process to itself.
      else await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Milliseconds after which to go on, null to wait for a wake-up. */
  async #step(): Promise<number | null> {
    const { slots, clock, onStep } = this.#options;
    const { lane } = this;
    const give = await (lane.bulk ? slots.bulk : slots.live).take();
    try {
      if (this.#stopped) return null;
      const step = await lane.step();
      this.#failures = 0;
      // What is appended meanwhile makes one chunk; a lane that catches up has enough for one.
      if (step === 'progress') return lane.bulk ? 0 : WAKE_REST_MS;
      if (step === 'aside') return Math.max(0, lane.asideUntilMs - clock.nowMs());
      if (step === 'gone') this.#stopped = true;
      return null;
    } catch (error) {
      return this.#failed(error);
    } finally {
      give();
      onStep(lane);
    }
  }

  #failed(error: unknown): number {
    const { generation, bucket } = this.lane.options.place;
    const attempt = (this.#failures += 1);
    const fields = { name: generation.name, bucket, attempt, error };
    if (attempt === 1)
      this.#options.logger.warn('a projection could not go on; it tries again', fields);
    else this.#options.logger.debug('a projection could not go on', fields);
    return Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.min(attempt - 1, 10));
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#endPause?.(), ms);
      this.#endPause = () => {
        clearTimeout(timer);
        this.#endPause = null;
        resolve();
      };
    });
  }
}
