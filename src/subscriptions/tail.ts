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
import { Failure, type ErrorCode } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { MetricRegistry } from '../core/metrics.ts';
import type { LogReader } from '../log/log.ts';
import type { StoredEvent } from '../core/event.ts';
import { startBucketFeed, type BucketFeed } from './bucket-feed.ts';
import { followTail, type Tail, type TailRequest } from './follow-tail.ts';
import { createPermits } from './permits.ts';

/** 1,000 must work; the rest is room. A tail costs about 20 kB of memory and a socket. */
export const TAILS_PER_PROCESS_MAX = 5000;
export const TAILS_PER_TENANT_MAX = 2000;
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
  const feeds = new Map<number, { feed: BucketFeed; tails: number }>();
  const open = new Set<Tail>();
  const perTenant = new Map<string, number>();
  const permits = createPermits(PAGES_AT_ONCE);
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
    const ofTenant = perTenant.get(tenant) ?? 0;
    if (open.size >= TAILS_PER_PROCESS_MAX || ofTenant >= TAILS_PER_TENANT_MAX)
      throw new Failure('OVERLOADED', 'As many tails are open as this server allows.', {
        retryAfterSeconds: 5,
      });
  }

  function feedOf(bucket: number, position: bigint): BucketFeed {
    let entry = feeds.get(bucket);
    if (entry === undefined) {
      entry = { feed: startBucketFeed(deps, bucket, position), tails: 0 };
      feeds.set(bucket, entry);
    }
    entry.tails += 1;
    return entry.feed;
  }

  function release(tail: Tail, request: TailRequest, code: ErrorCode | null): void {
    open.delete(tail);
    const ofTenant = (perTenant.get(request.tenant) ?? 1) - 1;
    if (ofTenant === 0) perTenant.delete(request.tenant);
    else perTenant.set(request.tenant, ofTenant);
    const entry = feeds.get(request.bucket);
    if (entry !== undefined && (entry.tails -= 1) === 0) {
      entry.feed.stop();
      feeds.delete(request.bucket);
    }
    if (code !== null) dropped.add(1, { code });
  }

  return {
    get size() {
      return open.size;
    },
    admit,
    open(request) {
      admit(request.tenant);
      perTenant.set(request.tenant, (perTenant.get(request.tenant) ?? 0) + 1);
      const feed = feedOf(request.bucket, request.head);
      const tail = followTail({ ...deps, feed, permits }, request, (code) =>
        release(tail, request, code),
      );
      open.add(tail);
      return tail;
    },
    async lagEvents() {
      const lags = await Promise.all(
        [...feeds].map(async ([bucket, { feed }]) => {
          const head = await deps.log.head(bucket);
          return Number(head.position - feed.position);
        }),
      );
      return lags.reduce((sum, lag) => sum + Math.max(0, lag), 0);
    },
    close() {
      for (const tail of [...open]) tail.drop('UNAVAILABLE');
    },
  };
}
