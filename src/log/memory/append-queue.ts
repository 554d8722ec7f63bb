import { Failure } from '../../core/errors.ts';

/** How the next appends fail; `lost-*` answer `unknown`, with or without having stored the events. */
export type AppendFault = 'unavailable' | 'storage-full' | 'lost-stored' | 'lost-not-stored';

export interface AppendQueue {
  run<T>(count: number, work: { append: () => T; unknown: () => T }): Promise<T>;
  setFault(fault: AppendFault | null): void;
  hold(): () => void;
  close(): Promise<void>;
}

/** Appends wait one turn of the event loop, in order, so that callers overlap as they do with a database. */
export function createAppendQueue(eventsMax: number): AppendQueue {
  let waiting = 0;
  let closed = false;
  let fault: AppendFault | null = null;
  let gate: Promise<void> = Promise.resolve();
  let tail: Promise<void> = Promise.resolve();

  async function turn(): Promise<void> {
    await gate;
    await new Promise((resolve) => setImmediate(resolve));
  }

  return {
    async run(count, work) {
      if (closed) throw new Failure('UNAVAILABLE', 'The log is closed.');
      if (waiting > 0 && waiting + count > eventsMax)
        throw new Failure('OVERLOADED', 'Too many events wait for their append.', {
          retryAfterSeconds: 1,
        });
      waiting += count;
      const before = tail;
      const { promise, resolve: finished } = Promise.withResolvers<void>();
      tail = promise;
      try {
        await before;
        await turn();
        if (fault === 'unavailable') throw new Failure('UNAVAILABLE', 'The storage is gone.');
        if (fault === 'storage-full') throw new Failure('STORAGE_FULL', 'The storage is full.');
        const outcome = fault === 'lost-not-stored' ? work.unknown() : work.append();
        return fault === 'lost-stored' ? work.unknown() : outcome;
      } finally {
        waiting -= count;
        finished();
      }
    },
    setFault: (next) => void (fault = next),
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
    async close() {
      closed = true;
      await tail;
    },
  };
}
