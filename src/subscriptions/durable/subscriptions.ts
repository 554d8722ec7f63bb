/**
 * Runs durable subscriptions: leases buckets, keeps one loop for each that it holds, tells how far they are.
 *
 * A process leases every bucket of every subscriber that nobody holds and renews while it lives; when it is killed,
 * others take over within LEASE_SECONDS + RENEW_MS, which is less than 10 s. Two processes that believe in the same
 * lease do some work twice and one of them finds the checkpoint moved.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { Failure } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import type { MetricRegistry } from '../../core/metrics.ts';
import type { PersonalData } from '../../core/personal-data.ts';
import type { LogReader } from '../../log/log.ts';
import { BucketSubscription } from './bucket-subscription.ts';
import { createChunkReader, createReadPermits, type ChunkReader } from './chunk-reader.ts';
import type { Subscriber, Subscriptions, SubscriptionStatus } from './durable.ts';
import { startFollowing, type Following } from './follow-bucket.ts';
import { statusOf } from './status.ts';
import type { Checkpoint, Place, SubscriptionStore } from './subscription-store.ts';

const LEASE_SECONDS = 6;
const RENEW_MS = 2_000;
/** Steps of each bucket in `drain` before it is taken for subscriptions that feed one another. */
const DRAIN_ROUNDS_MAX = 100_000;

export interface SubscriptionsDependencies {
  readonly log: LogReader;
  readonly store: SubscriptionStore;
  /** Absent where nothing is sealed. */
  readonly personalData?: Pick<PersonalData, 'prepare' | 'reveal'> | undefined;
  readonly clock: Clock;
  readonly metrics: MetricRegistry;
  readonly logger: Logger;
  /** Names this process in leases; a random UUID by default. */
  readonly owner?: string;
}

export interface SubscriptionRunner extends Subscriptions {
  /** Begins checkpoints that are missing; `start` does it too. */
  begin(): Promise<void>;
  /**
   * Without loops and leases: handles chunk after chunk, the buckets in turn, until every subscriber stands at the head.
   * For the simulator and tests. Throws what a subscriber throws.
   */
  drain(): Promise<void>;
  /** Lifts the suspension of a subscriber. Errors: NOT_FOUND. */
  resume(name: string): Promise<void>;
}

export function createSubscriptions(deps: SubscriptionsDependencies): SubscriptionRunner {
  return new Runner(deps);
}

class Runner implements SubscriptionRunner {
  readonly #deps: SubscriptionsDependencies;
  readonly #reads = createReadPermits();
  readonly #reader: ChunkReader;
  readonly #owner: string;
  readonly #subscribers = new Map<string, Subscriber>();
  readonly #following = new Map<string, Following>();
  readonly #metrics: ReturnType<typeof defineMetrics>;
  #renewing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(deps: SubscriptionsDependencies) {
    this.#deps = deps;
    this.#reader = createChunkReader({ ...deps, reads: this.#reads });
    this.#owner = deps.owner ?? randomUUID();
    this.#metrics = defineMetrics(deps.metrics);
  }

  add(subscriber: Subscriber): void {
    if (this.#subscribers.has(subscriber.name))
      throw new TypeError(`a subscriber is named ${subscriber.name} already`);
    this.#subscribers.set(subscriber.name, subscriber);
  }

  async begin(): Promise<void> {
    const { log, store } = this.#deps;
    const names = [...this.#subscribers.keys()];
    const known = new Set((await store.read(names)).map(keyOf));
    const missing: (Place & { position: bigint })[] = [];
    for (let bucket = 0; bucket < log.bucketCount; bucket += 1) {
      const anew = [...this.#subscribers.values()].filter(
        ({ name }) => !known.has(keyOf({ name, bucket })),
      );
      if (anew.length === 0) continue;
      const head = await log.head(bucket);
      for (const { name, from } of anew)
        missing.push({ name, bucket, position: from === 'now' ? head.position : head.lowMark });
    }
    if (missing.length > 0) await store.begin(missing);
  }

  async start(): Promise<void> {
    await this.begin();
    if (this.#subscribers.size === 0) return;
    await this.#renew();
    this.#timer = setInterval(() => {
      this.#renewing = this.#renewing.then(() => this.#renew());
    }, RENEW_MS);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    await this.#renewing;
    await Promise.all([...this.#following.values()].map((following) => following.stop()));
    this.#following.clear();
    // When the store is gone, the leases expire.
    await this.#deps.store.release(this.#owner).catch(() => undefined);
  }

  status(): Promise<readonly SubscriptionStatus[]> {
    const here = new Map(
      [...this.#following].map(([key, { subscription }]) => [key, subscription] as const),
    );
    const reading = { ...this.#deps, reader: this.#reader, here };
    return statusOf([...this.#subscribers.values()], reading);
  }

  async drain(): Promise<void> {
    const { log } = this.#deps;
    await this.begin();
    const all = [...this.#subscribers.values()].flatMap((subscriber) =>
      Array.from({ length: log.bucketCount }, (_, bucket) =>
        this.#subscription(subscriber, bucket),
      ),
    );
    // What one subscriber causes may be another's to handle.
    for (let rounds = 0, moved = true; moved && rounds < DRAIN_ROUNDS_MAX; rounds += 1) {
      moved = false;
      for (const subscription of all) {
        const before = subscription.position;
        const result = await subscription.step();
        if (result === 'moved' || (result === 'idle' && subscription.position !== before))
          moved = true;
      }
    }
    for (const subscription of all) await subscription.save();
  }

  async resume(name: string): Promise<void> {
    if (!this.#subscribers.has(name)) throw new Failure('NOT_FOUND', `No subscription is ${name}.`);
    await this.#deps.store.resume(name);
  }

  async #renew(): Promise<void> {
    if (this.#stopping) return;
    const { store, logger } = this.#deps;
    const names = [...this.#subscribers.keys()];
    try {
      const lease = { owner: this.#owner, seconds: LEASE_SECONDS };
      const places = await store.lease(names, lease);
      const checkpoints = await store.read(names);
      this.#adopt(places, new Map(checkpoints.map((each) => [keyOf(each), each])));
      const suspended = checkpoints.filter((checkpoint) => checkpoint.suspended);
      this.#measure(new Set(suspended.map(({ name }) => name)));
    } catch (error) {
      logger.warn('leases of subscriptions could not be renewed', { error });
    }
  }

  /**
   * Starts what was won and stops what was lost; a lost loop ends with its chunk. `checkpoints` were read after the leases
   * were won, so nobody else moves them and no loop has to ask for its own.
   */
  #adopt(places: readonly Place[], checkpoints: ReadonlyMap<string, Checkpoint>): void {
    if (this.#stopping) return;
    const held = new Set(places.map(keyOf));
    for (const [key, following] of this.#following)
      if (!held.has(key)) {
        this.#following.delete(key);
        void following.stop();
      }
    for (const place of places) {
      const subscriber = this.#subscribers.get(place.name);
      if (subscriber === undefined || this.#following.has(keyOf(place))) continue;
      const subscription = this.#subscription(subscriber, place.bucket);
      const checkpoint = checkpoints.get(keyOf(place));
      if (checkpoint !== undefined) subscription.stand(checkpoint);
      const failed = (): void => {
        this.#metrics.failures.add(1, { subscription: place.name });
      };
      this.#following.set(keyOf(place), startFollowing(subscription, { ...this.#deps, failed }));
    }
  }

  #subscription(subscriber: Subscriber, bucket: number): BucketSubscription {
    return new BucketSubscription(subscriber, bucket, {
      ...this.#deps,
      reader: this.#reader,
      reads: this.#reads,
      alarm: (what, name) => {
        this.#metrics.alarms.add(1, { subscription: name, alarm: what });
      },
    });
  }

  #measure(suspended: ReadonlySet<string>): void {
    for (const name of this.#subscribers.keys()) {
      const lags = [...this.#following.values()]
        .filter(({ subscription }) => subscription.place.name === name)
        .map(({ subscription }) => subscription.lagMs());
      this.#metrics.lag.set(Math.max(0, ...lags) / 1000, { subscription: name });
      this.#metrics.suspended.set(suspended.has(name) ? 1 : 0, { subscription: name });
    }
  }
}

export function keyOf({ name, bucket }: Place): string {
  return `${bucket} ${name}`;
}

function defineMetrics(metrics: MetricRegistry) {
  const labels = ['subscription'];
  return {
    lag: metrics.gauge({
      name: 'comptoir_subscription_lag_seconds',
      help: 'Age of the oldest event not handled, over the buckets that this process works on.',
      labels,
    }),
    suspended: metrics.gauge({
      name: 'comptoir_subscription_suspended',
      help: '1 while a subscription is suspended in some bucket because it made no progress for 7 days.',
      labels,
    }),
    failures: metrics.counter({
      name: 'comptoir_subscription_failures_total',
      help: 'Chunks that could not be handled and are tried again.',
      labels,
    }),
    alarms: metrics.counter({
      name: 'comptoir_subscription_alarms_total',
      help: 'Subscriptions suspended, and gaps that retention tore into what they had not handled.',
      labels: ['subscription', 'alarm'],
    }),
  };
}
