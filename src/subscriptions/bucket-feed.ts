/**
 * The live end of one bucket: reads every new batch once and hands each event to the tails that want it.
 *
 * `position` is the live point: everything up to it was offered to the members of that time. Offering a batch is
 * synchronous, so a tail that joins or leaves does so between two batches. Wake-ups only make reading sooner; without
 * any the feed looks every POLL_MS.
 */
import type { StoredEvent } from '../core/event.ts';
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { LogReader } from '../log/log.ts';
import { createFeedMembers, type FeedMember } from './feed-members.ts';
import { createWakeUp } from './wake-up.ts';

/** The log promises a wake-up within 250 ms; this is for the promise broken. */
const POLL_MS = 1000;
/**
 * A read that gave fewer events has most likely reached the head, and what is appended next wakes the feed. It may
 * also have ended before another process's batch that was announced already, so the wait is short. Reading on at once
 * instead meant one empty query for each batch, which at 5,000 events a second in batches of 100 cost PostgreSQL as
 * much as the appends did (8 us an event).
 */
const FEW_EVENTS = 500;
const FEW_WAIT_MS = 50;
/** Rest between two reads: what is appended meanwhile comes in one read, at the price of this much delay. */
const ROUND_MS = 5;
const RETRY_MS = 250;
/** Bounds what one read holds in memory and how long one round keeps the event loop. */
const EVENTS_PER_READ = 2000;

export interface BucketFeed {
  readonly position: bigint;
  join(member: FeedMember): void;
  leave(member: FeedMember): void;
  stop(): void;
}

export interface FeedDependencies {
  readonly log: LogReader;
  readonly logger: Logger;
  readonly render: (event: StoredEvent) => Uint8Array;
}

/** Starts reading behind `start`, the head as the caller has just seen it. */
export function startBucketFeed(deps: FeedDependencies, bucket: number, start: bigint): BucketFeed {
  const { log, logger } = deps;
  const members = createFeedMembers(deps.render);
  const wakeUp = createWakeUp();
  const unsubscribe = log.onAppend(bucket, wakeUp.wake);
  let position = start;
  let stopped = false;

  async function round(): Promise<void> {
    wakeUp.reset();
    const batches = await log.readBatches(bucket, position, { eventsMax: EVENTS_PER_READ });
    if (stopped) return;
    for (const batch of batches) {
      members.offerBatch(batch, position);
      position = batch.lastPosition;
    }
    members.flush();
    if (batches.length > 0) await pause(ROUND_MS);
    const events = batches.reduce((sum, batch) => sum + batch.count, 0);
    if (events < FEW_EVENTS) await wakeUp.wait(events === 0 ? POLL_MS : FEW_WAIT_MS);
  }

  /** Retention overtook the feed: its members have missed events and are told so; those who come later have not. */
  async function startAnew(failure: Failure): Promise<void> {
    members.failAll(failure);
    position = (await log.head(bucket)).position;
  }

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        await round();
      } catch (error) {
        logger.warn('reading for tails failed, trying again', { bucket, error });
        if (error instanceof Failure && error.code === 'CURSOR_EXPIRED')
          await startAnew(error).catch(() => undefined);
        await pause(RETRY_MS);
      }
    }
  }

  void run();
  return {
    get position() {
      return position;
    },
    join: members.join,
    leave: members.leave,
    stop() {
      stopped = true;
      unsubscribe();
      wakeUp.wake();
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
