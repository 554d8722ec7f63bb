/** Removes, at start and once a day, what a crash left behind. Several processes may do so at once. */
import type { Logger } from '../core/logger.ts';

export interface Sweep {
  /** For the log: `blobs without a row`. */
  readonly what: string;
  /** Answers with how many it removed. */
  run(): Promise<number>;
}

const EVERY_MS = 24 * 60 * 60 * 1000;

/** A class because it owns a timer. */
export class Sweeps {
  readonly #sweeps: readonly Sweep[];
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(sweeps: readonly Sweep[], logger: Logger) {
    this.#sweeps = sweeps;
    this.#logger = logger;
  }

  /** Does not wait for the first round. */
  start(): void {
    this.#running = this.#round();
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(() => this.#round());
    }, EVERY_MS);
    this.#timer.unref();
  }

  /** Resolves when the sweep under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  /** A sweep that fails is tried again the next day: nothing depends on it. */
  async #round(): Promise<void> {
    for (const { what, run } of this.#sweeps) {
      if (this.#stopped) return;
      try {
        const count = await run();
        if (count > 0) this.#logger.info('what a crash left was removed', { name: what, count });
      } catch (error) {
        this.#logger.warn('a sweep failed and will be tried again', { name: what, error });
      }
    }
  }
}
