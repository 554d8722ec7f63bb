/** The loop around one subscription of one bucket: steps while there is something, waits, pauses after failures. */
import type { Logger } from '../../core/logger.ts';
import type { LogReader } from '../../log/log.ts';
import { createWakeUp } from '../wake-up.ts';
import type { BucketSubscription } from './bucket-subscription.ts';

/** The log promises a wake-up within 250 ms of an append; this is for the promise broken, and saves what was skipped. */
const POLL_MS = 5_000;
/** Rest between two reads: what is appended meanwhile comes in one, at the price of this much delay. */
const ROUND_MS = 5;
/** The same where the next chunk is there already but not full: at a thousand appends a second it is one of twenty. */
export const BUSY_ROUND_MS = 15;
/**
 * The same where nothing of what was read mattered: twenty subscribers of which one or two want an append would else read
 * two hundred times a second each.
 */
const NOTHING_WANTED_ROUND_MS = 25;
/** The same where nothing mattered to a subscriber that has to ask what does: asking costs a query. */
const UNINTERESTED_ROUND_MS = 100;
const RETRY_MS = 100;
/** Somebody who repairs a receiver should not wait longer than this for the next try. */
const RETRY_MS_MAX = 30_000;
const SUSPENDED_MS = 5_000;

export interface Following {
  readonly subscription: BucketSubscription;
  /** Resolves when the chunk under way has ended. */
  stop(): Promise<void>;
}

export function startFollowing(
  subscription: BucketSubscription,
  deps: { readonly log: LogReader; readonly logger: Logger; readonly failed: () => void },
): Following {
  const { log, logger, failed } = deps;
  const { place } = subscription;
  const wakeUp = createWakeUp();
  const stopping = createWakeUp();
  const unsubscribe = log.onAppend(place.bucket, wakeUp.wake);
  let stopped = false;
  let failures = 0;

  async function round(): Promise<void> {
    wakeUp.reset();
    const result = await subscription.step();
    failures = 0;
    if (stopped) return;
    if (result === 'suspended') return stopping.wait(SUSPENDED_MS);
    if (result === 'moved' && subscription.isBehind) return;
    // One read of large batches ends before what a busy writer appended since.
    if (result === 'moved' || subscription.isBehind) return stopping.wait(BUSY_ROUND_MS);
    await wakeUp.wait(POLL_MS);
    await stopping.wait(restOf(subscription));
  }

  async function run(): Promise<void> {
    while (!stopped)
      try {
        await round();
      } catch (error) {
        failures += 1;
        failed();
        logger.warn('a subscription failed and will be tried again', {
          ...place,
          attempt: failures,
          error,
        });
        await stopping.wait(pauseAfter(failures));
      }
    await subscription.save().catch((error: unknown) => {
      logger.warn('a checkpoint was not saved', { ...place, error });
    });
  }

  const running = run();
  return {
    subscription,
    stop() {
      stopped = true;
      unsubscribe();
      wakeUp.wake();
      stopping.wake();
      return running;
    },
  };
}

function restOf({ uninterested, wantedNothing }: BucketSubscription): number {
  if (uninterested) return UNINTERESTED_ROUND_MS;
  return wantedNothing ? NOTHING_WANTED_ROUND_MS : ROUND_MS;
}

function pauseAfter(failures: number): number {
  return Math.min(RETRY_MS * 2 ** Math.min(failures - 1, 20), RETRY_MS_MAX);
}
