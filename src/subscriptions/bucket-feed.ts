/**
 * The live end of one bucket: reads every new batch once and hands each event to the tails that want it.
 *
 * `position` is the live point: everything up to it was offered to the tails in the index at that time. An event is
 * rendered at most once, when the first tail wants it. Offering a batch is synchronous, so a tail that joins or leaves
 * does so between two batches. Wake-ups only make reading sooner; without any the feed looks every POLL_MS.
 */
import type { StoredEvent } from '../core/event.ts';
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { LogBatch, LogReader } from '../log/log.ts';
import { conditionCount, matches, type TailFilter } from './tail-filter.ts';
import { createTailIndex, type TailIndex } from './tail-index.ts';

/** The log promises a wake-up within 250 ms; this is for the promise broken. */
const POLL_MS = 1000;
/** Rest between two reads: what is appended meanwhile comes in one read, at the price of this much delay. */
const ROUND_MS = 5;
const RETRY_MS = 250;
/** Bounds what one read holds in memory and how long one round keeps the event loop. */
const EVENTS_PER_READ = 2000;

/** What a feed needs to know of a tail. */
export interface FeedMember {
  readonly tenant: string;
  readonly filter: TailFilter;
  /** An event that the member wants, in order of position; the frame is shared and must not be changed. */
  offer(position: bigint, frame: Uint8Array): void;
  /** The round is over: what was offered may be written in one go. Called for members that were offered something. */
  flush(): void;
  /** The feed cannot go on for this member. */
  fail(failure: Failure): void;
}

export interface BucketFeed {
  readonly position: bigint;
  readonly size: number;
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
  const tenants = new Map<string, TailIndex<FeedMember>>();
  const offered = new Set<FeedMember>();
  let position = start;
  let size = 0;
  let stopped = false;
  const wakeUp = createWakeUp();
  const unsubscribe = deps.log.onAppend(bucket, wakeUp.wake);

  function offerEvent(batch: LogBatch, index: number, tails: TailIndex<FeedMember>): void {
    const at = batch.firstPosition + BigInt(index);
    let event: StoredEvent | null | undefined;
    let frame: Uint8Array | undefined;
    tails.candidates(batch, index, (member) => {
      event ??= batch.eventAt(index);
      // Removed by retention: the position stays, there is nothing to show.
      if (event === null) return;
      if (conditionCount(member.filter) > 1 && !matches(member.filter, event)) return;
      frame ??= deps.render(event);
      member.offer(at, frame);
      offered.add(member);
    });
  }

  function offerBatch(batch: LogBatch): void {
    // The first batch of a read may begin before the live point.
    const skip = position >= batch.firstPosition ? Number(position - batch.firstPosition) + 1 : 0;
    for (let index = skip; index < batch.count; index += 1) {
      const tails = tenants.get(batch.tenantAt(index));
      if (tails !== undefined) offerEvent(batch, index, tails);
    }
    position = batch.lastPosition;
  }

  async function round(): Promise<void> {
    wakeUp.reset();
    const batches = await deps.log.readBatches(bucket, position, { eventsMax: EVENTS_PER_READ });
    if (stopped) return;
    for (const batch of batches) offerBatch(batch);
    for (const member of offered) member.flush();
    offered.clear();
    await (batches.length === 0 ? wakeUp.wait(POLL_MS) : pause(ROUND_MS));
  }

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        await round();
      } catch (error) {
        deps.logger.warn('reading for tails failed, trying again', { bucket, error });
        if (error instanceof Failure && error.code === 'CURSOR_EXPIRED') await startAnew(error);
        await pause(RETRY_MS);
      }
    }
  }

  /** Retention overtook the feed: its members have missed events and are told so; those who come later have not. */
  async function startAnew(failure: Failure): Promise<void> {
    for (const tails of tenants.values())
      for (const member of [...tails.all()]) member.fail(failure);
    position = await deps.log.head(bucket).then(
      (head) => head.position,
      () => position,
    );
  }

  void run();
  return {
    get position() {
      return position;
    },
    get size() {
      return size;
    },
    join(member) {
      let tails = tenants.get(member.tenant);
      if (tails === undefined) tenants.set(member.tenant, (tails = createTailIndex()));
      tails.add(member);
      size += 1;
    },
    leave(member) {
      const tails = tenants.get(member.tenant);
      if (tails === undefined) return;
      const before = tails.size;
      tails.remove(member);
      size -= before - tails.size;
      offered.delete(member);
      if (tails.size === 0) tenants.delete(member.tenant);
    },
    stop() {
      stopped = true;
      unsubscribe();
      wakeUp.wake();
    },
  };
}

/** A wake-up that comes between `reset` and `wait` is not lost. */
function createWakeUp(): { wake(): void; reset(): void; wait(timeoutMs: number): Promise<void> } {
  let woken = false;
  let resume: (() => void) | null = null;
  return {
    wake() {
      woken = true;
      resume?.();
    },
    reset() {
      woken = false;
    },
    wait(timeoutMs) {
      if (woken) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(done, timeoutMs);
        function done(): void {
          clearTimeout(timer);
          resume = null;
          resolve();
        }
        resume = done;
      });
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
