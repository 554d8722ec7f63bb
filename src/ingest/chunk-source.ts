import type { Readable } from 'node:stream';
import type { Patience } from './request-body.ts';

export interface ChunkOptions {
  readonly patience: Patience;
  /** What an error of the stream means to whoever sent it. */
  readonly failureOf: (error: unknown) => Error;
}

/**
 * The chunks of a stream one by one: it is paused in between. Unlike the stream's own iterator, `return` lets go at once,
 * also while a chunk is awaited, and leaves the stream open: the answer needs its connection.
 */
export function chunksOf(
  source: Readable,
  { patience, failureOf }: ChunkOptions,
): AsyncIterableIterator<Buffer> {
  const queue: Buffer[] = [];
  let ended = false;
  let failure: Error | undefined;
  let waiter: (() => void) | undefined;

  function wake(): void {
    patience.end();
    waiter?.();
    waiter = undefined;
  }
  const onData = (chunk: Buffer): void => {
    queue.push(chunk);
    source.pause();
    wake();
  };
  const onEnd = (): void => {
    ended = true;
    wake();
  };
  const onCut = (error?: unknown): void => {
    if (!ended) failure ??= failureOf(error);
    wake();
  };
  function letGo(): void {
    source.off('data', onData).off('end', onEnd).off('close', onCut);
    ended = true;
    wake();
  }
  // The error listener stays: what happens to a stream that nobody reads any more must not end the process.
  source.on('error', onCut).on('close', onCut).on('end', onEnd).on('data', onData).pause();

  return {
    async next() {
      if (queue.length === 0 && !ended && failure === undefined) {
        // Only the sender's silence counts, not the time that this server takes for what it has.
        patience.begin(onCut);
        source.resume();
        await new Promise<void>((resolve) => {
          waiter = resolve;
        });
      }
      const value = queue.shift();
      if (value !== undefined) return { done: false, value };
      if (failure !== undefined) throw failure;
      return { done: true, value: undefined };
    },
    return() {
      letGo();
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
