/** Requests that wait until a read model shows what they wrote. Woken by the lanes of this process; what other
 * processes handle is asked for while somebody waits, and not otherwise. */
import { Failure } from '../core/errors.ts';
import { WAIT_POLL_MS } from './limits.ts';
import type { ProjectionStore } from './projection-store.ts';

export class Waiting {
  readonly #listeners = new Map<string, Set<() => void>>();

  /** To be called when something was handled under `id`. */
  wake(id: string): void {
    for (const listener of this.#listeners.get(id) ?? []) listener();
  }

  /**
   * Resolves once `isReached` says so: it is asked at first, after every wake-up and every WAIT_POLL_MS (`polled`, when
   * it may ask the database). Errors: WAIT_TIMEOUT, and what `isReached` throws.
   */
  async until(
    id: string,
    isReached: (polled: boolean) => boolean | Promise<boolean>,
    timeoutMs: number,
  ): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    let polledAt = performance.now();
    if (await isReached(true)) return;
    for (;;) {
      const now = performance.now();
      if (now >= deadline)
        throw new Failure('WAIT_TIMEOUT', `The read model was not there within ${timeoutMs} ms.`);
      await this.#next(id, Math.min(WAIT_POLL_MS, deadline - now));
      const polled = performance.now() - polledAt >= WAIT_POLL_MS;
      if (polled) polledAt = performance.now();
      if (await isReached(polled)) return;
    }
  }

  #next(id: string, ms: number): Promise<void> {
    return new Promise((resolve) => {
      let listeners = this.#listeners.get(id);
      if (listeners === undefined) this.#listeners.set(id, (listeners = new Set()));
      const held = listeners;
      const end = (): void => {
        clearTimeout(timer);
        held.delete(end);
        if (held.size === 0 && this.#listeners.get(id) === held) this.#listeners.delete(id);
        resolve();
      };
      const timer = setTimeout(end, ms);
      held.add(end);
    });
  }
}

/**
 * Positions of active generations as the database has them. However many wait for one bucket, one question is under
 * way: positions only grow, so an answer that began before is a safe one.
 */
export class ActivePositions {
  readonly #store: Pick<ProjectionStore, 'activePosition'>;
  readonly #underWay = new Map<string, Promise<bigint | null>>();

  constructor(store: Pick<ProjectionStore, 'activePosition'>) {
    this.#store = store;
  }

  activePosition(name: string, bucket: number): Promise<bigint | null> {
    const id = waitId(name, bucket);
    const shared = this.#underWay.get(id);
    if (shared !== undefined) return shared;
    const asking = this.#store
      .activePosition(name, bucket)
      .finally(() => this.#underWay.delete(id));
    this.#underWay.set(id, asking);
    return asking;
  }
}

/** What lanes wake and requests wait for. */
export function waitId(name: string, bucket: number): string {
  return `${name} ${bucket}`;
}
