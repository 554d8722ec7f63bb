/**
 * How much of a turn of the event loop goes to bodies that came whole. One that comes alone is worked on at once; those that
 * come with it wait until all that arrived in this turn was looked at, so that newcomers who are refused do not wait for them.
 * Then they get SHARE_MS, and what is beyond waits for the next turn in the order it came: a hundred batches that arrive
 * together would hold everything up for as long as all of them take to parse.
 */
import type { Ticket } from './admission.ts';

/**
 * A full batch is packed and answered in the same turn and takes twice as long. Whoever is refused waits up to a turn to be
 * read, and each of those who arrive meanwhile makes the next one longer.
 */
const SHARE_MS = 4;

export interface TurnShare {
  /** Runs `work` now or in one of the next turns; what counts is the time until it returns, not what it promises. */
  run<Value>(work: () => Promise<Value>, ticket: Waits): Promise<Value>;
}

/** Told when a piece of work has to wait, and when it waits no more. */
type Waits = Pick<Ticket, 'waits' | 'parsed'>;

export function createTurnShare(shareMs = SHARE_MS): TurnShare {
  const waiting: (() => void)[] = [];
  /** Since the last turn ended. */
  let usedMs = 0;
  let isAwaited = false;

  function measured<Value>(work: () => Value): Value {
    const startedMs = performance.now();
    try {
      return work();
    } finally {
      usedMs += performance.now() - startedMs;
    }
  }

  function awaitTurn(): void {
    isAwaited = true;
    setImmediate(turn);
  }

  function turn(): void {
    let done = 0;
    while (usedMs < shareMs && done < waiting.length) waiting[done++]?.();
    waiting.splice(0, done);
    usedMs = 0;
    isAwaited = false;
    if (waiting.length > 0) awaitTurn();
  }

  return {
    run(work, ticket) {
      if (!isAwaited) {
        awaitTurn();
        return measured(work);
      }
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
