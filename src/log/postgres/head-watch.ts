import type { Logger } from '../../core/logger.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import { readAllHeads } from './read-head.ts';

/** How often heads are asked for while somebody listens: the longest a reader waits for another process's append. */
const POLL_MS = 200;

/**
 * Wakes readers. Appends of this process wake at once, those of others by polling one small table. A wake-up is only
 * a hint: readers go by position.
 */
export class HeadWatch {
  readonly #on: Queryable;
  readonly #logger: Logger;
  readonly #listeners = new Map<number, Set<() => void>>();
  #heads: ReadonlyMap<number, number> = new Map();
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(on: Queryable, logger: Logger) {
    this.#on = on;
    this.#logger = logger;
  }

  listen(bucket: number, listener: () => void): () => void {
    const listeners = this.#listeners.get(bucket) ?? new Set();
    this.#listeners.set(bucket, listeners);
    listeners.add(listener);
    this.#schedule();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(bucket);
    };
  }

  wake(bucket: number): void {
    for (const listener of this.#listeners.get(bucket) ?? []) listener();
  }

  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (this.#timer || this.#closed || this.#listeners.size === 0) return;
    this.#timer = setTimeout(() => void this.#poll(), POLL_MS);
    this.#timer.unref();
  }

  async #poll(): Promise<void> {
    try {
      const heads = await readAllHeads(this.#on);
      const before = this.#heads;
      this.#heads = heads;
      for (const [bucket, head] of heads) if (before.get(bucket) !== head) this.wake(bucket);
    } catch (error) {
      this.#logger.debug('heads could not be polled', { error });
    } finally {
      this.#timer = null;
      this.#schedule();
    }
  }
}
