import type { Logger } from '../../core/logger.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import { readAllHeads } from './read-head.ts';

/** How often heads are asked for while somebody listens: the longest a reader waits for another process's append. */
const POLL_MS = 200;

/**
 * Knows the heads and wakes readers. Appends of this process wake at once, those of others by polling one small table. A
 * wake-up is only a hint: readers go by position.
 */
export class HeadWatch {
  readonly #on: Queryable;
  readonly #logger: Logger;
  readonly #listeners = new Map<number, Set<() => void>>();
  readonly #heads: Map<number, number>;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  /** `heads`: as they were read just now. */
  constructor(on: Queryable, logger: Logger, heads: ReadonlyMap<number, number>) {
    this.#on = on;
    this.#logger = logger;
    this.#heads = new Map(heads);
  }

  known(bucket: number): number {
    return this.#heads.get(bucket) ?? 0;
  }

  listen(bucket: number, listener: () => void): () => void {
    const listeners = this.#listeners.get(bucket) ?? new Set();
    this.#listeners.set(bucket, listeners);
    listeners.add(listener);
    this.#schedule();
    return () => {
      listeners.delete(listener);
      // Those who began to listen since they were all gone have a set of their own.
      if (listeners.size === 0 && this.#listeners.get(bucket) === listeners)
        this.#listeners.delete(bucket);
    };
  }

  /** To be called when the head of a bucket is known to be at `head` or beyond. */
  moved(bucket: number, head: number): void {
    if (head <= this.known(bucket)) return;
    this.#heads.set(bucket, head);
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
      for (const [bucket, head] of await readAllHeads(this.#on)) this.moved(bucket, head);
    } catch (error) {
      this.#logger.debug('heads could not be polled', { error });
    } finally {
      this.#timer = null;
      this.#schedule();
    }
  }
}
