/**
 * Numbers of a series, such as the order numbers of a location and day. A process draws a block of them in one statement
 * and gives them out from memory, so a thousand orders a second cost twenty statements. Unique over all processes and
 * rising within one; what is left of a block when the process ends, or it is closed for want of room, is skipped.
 */

/** Few numbers are lost with a restart, and few statements are needed while a house is busy. */
export const BLOCK_NUMBERS = 50;
/** Series with an open block, each about 150 bytes: more than the locations that are open at one time. */
const OPEN_BLOCKS_MAX = 1_000;

/** Where blocks come from: `memory-numbers.ts` for tests, `postgres-numbers.ts`. */
export interface NumberStore {
  /** Takes `count` numbers in a row that nobody else gets; resolves with the first. Errors: UNAVAILABLE. */
  draw(tenant: string, series: string, count: number): Promise<number>;
}

export interface NumberSeries {
  /** The next number, from 1; at once where a block is open. Errors: UNAVAILABLE. */
  next(tenant: string, series: string): number | Promise<number>;
}

interface Block {
  next: number;
  /** The first number that is not in it. */
  end: number;
}

interface Waiter {
  resolve(number: number): void;
  reject(error: unknown): void;
}

export function createNumberSeries(
  store: NumberStore,
  openBlocksMax = OPEN_BLOCKS_MAX,
): NumberSeries {
  /** In order of use, oldest first. */
  const blocks = new Map<string, Block>();
  const waiting = new Map<string, Waiter[]>();

  function open(key: string, block: Block): void {
    blocks.delete(key);
    if (block.next === block.end) return;
    blocks.set(key, block);
    const [oldest] = blocks.keys();
    if (blocks.size > openBlocksMax && oldest !== undefined) blocks.delete(oldest);
  }

  async function draw(place: { tenant: string; series: string }, key: string): Promise<void> {
    const waiters = waiting.get(key) ?? [];
    while (waiters.length > 0) {
      const count = Math.max(BLOCK_NUMBERS, waiters.length);
      const first = await store.draw(place.tenant, place.series, count);
      const block = { next: first, end: first + count };
      while (block.next < block.end) {
        const waiter = waiters.shift();
        if (waiter === undefined) break;
        waiter.resolve(block.next++);
      }
      open(key, block);
    }
    // In the same turn as the last look at those who wait: whoever asks from now on takes from the block.
    waiting.delete(key);
  }

  return {
    next(tenant, series) {
      const key = `${tenant}\0${series}`;
      const waiters = waiting.get(key);
      const block = blocks.get(key);
      if (waiters === undefined && block !== undefined) {
        const number = block.next++;
        open(key, block);
        return number;
      }
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      if (waiters !== undefined) {
        waiters.push({ resolve, reject });
        return promise;
      }
      const first = [{ resolve, reject }];
      waiting.set(key, first);
      draw({ tenant, series }, key).catch((error: unknown) => {
        waiting.delete(key);
        for (const waiter of first) waiter.reject(error);
      });
      return promise;
    },
  };
}
