/**
 * Tails: readers that follow the log from a place on and are handed every event they want, once and in order (L3).
 *
 * States of a tail:
 *   catching-up  reads bounded pages of its own, from its place towards the live point of the bucket's feed;
 *   joining      stands in the feed's index; what the feed offers is held while its own pages reach the live point at
 *                which it joined;
 *   live         what it held and its pages had not is written; from here on the feed writes to it;
 *   closed       by the caller, or dropped with a code.
 * catching-up -> joining when fewer than JOIN_WITHIN events are missing; joining -> catching-up when it holds too much;
 * joining -> live when its pages have reached the join point. `position` never falls and nothing at or below it is
 * written again, so neither the hand-over nor a repeated read can repeat an event; pages and feed overlap at the join
 * point, so none is missed.
 */
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { MetricRegistry } from '../core/metrics.ts';
import type { LogReader } from '../log/log.ts';
import type { StoredEvent } from '../core/event.ts';
import { createBufferBudget } from './buffer-budget.ts';
import { startBucketFeed, type BucketFeed } from './bucket-feed.ts';
import { Tail, type TailRequest } from './follow-tail.ts';
import { createPermits } from './permits.ts';

/** 1,000 must work; the rest is room. A tail costs about 20 kB of memory and a socket. */
export const TAILS_PER_PROCESS_MAX = 5000;
export const TAILS_PER_TENANT_MAX = 2000;
/** Somebody else's tail has to end first. */
const FULL_RETRY_SECONDS = 5;
/** Pages read at the same time by tails that catch up, so that they leave connections for the others. */
const PAGES_AT_ONCE = 4;

export interface TailHubDependencies {
  readonly log: LogReader;
  readonly logger: Logger;
  readonly metrics: MetricRegistry;
  /** One event as it is written to readers; called once per event for all live tails together. */
  readonly render: (event: StoredEvent) => Uint8Array;
}

export interface TailHub {
  /** Whether there is room for another tail of the tenant. Errors: OVERLOADED. */
  admit(tenant: string): void;
  /**
   * Starts a tail behind `request.after`; the caller has checked that position against the head. Errors: OVERLOADED
   * as of `admit`.
   */
  open(request: TailRequest): Tail;
  readonly size: number;
  /** Events committed in buckets with tails and not yet offered, as far as known. */
  lagEvents(): Promise<number>;
  /** Drops every tail with UNAVAILABLE and stops reading. */
  close(): void;
}

export function createTailHub(deps: TailHubDependencies): TailHub {
  const open = new Set<Tail>();
  const perTenant = new Map<string, number>();
  const feeds = createFeeds(deps);
  const permits = createPermits(PAGES_AT_ONCE);
  const buffers = createBufferBudget();
  const dropped = deps.metrics.counter({
    name: 'comptoir_tails_dropped_total',
    help: 'Tails closed by the server, by code.',
    labels: ['code'],
  });
  deps.metrics.gauge({
    name: 'comptoir_tails_open',
    help: 'Open tails of this process.',
    collect: () => open.size,
  });

  function admit(tenant: string): void {
    if (open.size < TAILS_PER_PROCESS_MAX && (perTenant.get(tenant) ?? 0) < TAILS_PER_TENANT_MAX)
      return;
    throw new Failure('OVERLOADED', 'As many tails are open as this server allows.', {
      retryAfterSeconds: FULL_RETRY_SECONDS,
    });
  }

  function count(tenant: string, by: 1 | -1): void {
    const tails = (perTenant.get(tenant) ?? 0) + by;
    if (tails === 0) perTenant.delete(tenant);
    else perTenant.set(tenant, tails);
  }

  return {
    get size() {
      return open.size;
    },
    admit,
    open(request) {
      const { tenant, bucket } = request;
      admit(tenant);
      const feed = feeds.take(bucket, request.head);
      const tail = new Tail({ ...deps, feed, permits, buffers }, request, (code) => {
        open.delete(tail);
        count(tenant, -1);
        feeds.giveBack(bucket);
        if (code !== null) dropped.add(1, { code });
      });
      open.add(tail);
      count(tenant, 1);
      void tail.follow();
      return tail;
    },
    lagEvents: feeds.lagEvents,
    close() {
      // A tail that is dropped leaves the set while it is walked, which sets allow.
      for (const tail of open) tail.drop('UNAVAILABLE');
    },
  };
}

/** The feeds of the buckets that have tails: started by the first, stopped with the last. */
function createFeeds(deps: TailHubDependencies) {
  const feeds = new Map<number, { readonly feed: BucketFeed; tails: number }>();
  return {
    take(bucket: number, head: bigint): BucketFeed {
      let entry = feeds.get(bucket);
      if (entry === undefined) {
        entry = { feed: startBucketFeed(deps, bucket, head), tails: 0 };
        feeds.set(bucket, entry);
      }
      entry.tails += 1;
      return entry.feed;
    },
    giveBack(bucket: number): void {
      const entry = feeds.get(bucket);
      if (entry === undefined || (entry.tails -= 1) > 0) return;
      entry.feed.stop();
      feeds.delete(bucket);
    },
    async lagEvents(): Promise<number> {
      const lags = await Promise.all(
        [...feeds].map(async ([bucket, { feed }]) => {
          const head = await deps.log.head(bucket);
          return Number(head.position - feed.position);
        }),
      );
      return lags.reduce((sum, lag) => sum + Math.max(0, lag), 0);
    },
  };
}
