/**
 * How much of a turn of the event loop goes to bodies that came whole: SHARE_MS, and what is beyond waits for the next
 * turn in the order it came. Without it a hundred batches that arrive together hold everything up for as long as all of them
 * take to parse, refusals of newcomers included. Nothing waits while there is less.
 */
import type { Ticket } from './admission.ts';

/** Packing a full batch takes as long again, so that a turn stays below 20 ms. */
const SHARE_MS = 8;

export interface TurnShare {
  /** Runs `work` now or in one of the next turns; what counts is the time until it returns, not what it promises. */
  run<Value>(work: () => Promise<Value>, ticket: Waits): Promise<Value>;
}

/** Told when a piece of work has to wait, and when it waits no more. */
type Waits = Pick<Ticket, 'waits' | 'parsed'>;

export function createTurnShare(shareMs = SHARE_MS): TurnShare {
  const waiting: (() => void)[] = [];
  let usedMs = 0;
  let isAwaited = false;

  function measured<Value>(work: () => Value): Value {
    const startedMs = performance.now();
    try {
      return work();
    } finally {
      usedMs += performance.now() - startedMs;
      if (!isAwaited) {
        isAwaited = true;
        setImmediate(turn);
      }
    }
  }

  function turn(): void {
    isAwaited = false;
    usedMs = 0;
    let done = 0;
    while (usedMs < shareMs && done < waiting.length) waiting[done++]?.();
    waiting.splice(0, done);
  }

  return {
    run(work, ticket) {
      if (usedMs < shareMs && waiting.length === 0) return measured(work);
      ticket.waits();
      return new Promise((resolve, reject) => {
        waiting.push(() => {
          ticket.parsed();
          try {
            resolve(measured(work));
          } catch (error) {
            // oxlint-disable-next-line prefer-promise-reject-errors -- what `work` threw goes on as it is
            reject(error);
          }
        });
      });
    },
  };
}
