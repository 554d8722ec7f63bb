/** Outgoing webhooks put together: what app.ts mounts, adds, registers, starts and stops. */
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { MetricRegistry } from '../core/metrics.ts';
import type { PersonalData } from '../core/personal-data.ts';
import type { LogReader } from '../log/log.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { Subscriber } from '../subscriptions/durable/durable.ts';
import type { SubscriptionStore } from '../subscriptions/durable/subscription-store.ts';
import { createPermits } from '../subscriptions/permits.ts';
import { DELIVER_QUEUE, deliveryOfPayload } from './delivery-job.ts';
import { deliver } from './deliver.ts';
import { createSender, type SenderTimeouts } from './egress/sender.ts';
import { createResolve, type Resolve } from './egress/resolve.ts';
import { PUBLIC_EGRESS, type Egress } from './egress/url.ts';
import { createFanOut } from './fan-out.ts';
import { ATTEMPTS_CONCURRENCY, createLanes, DELIVERY_CONNECTIONS } from './lanes.ts';
import { REPLAY_QUEUE, replayPage } from './replay.ts';
import type { SecretBox } from './secret-box.ts';
import { createWebhookService, type WebhookService } from './service.ts';
import type { WebhookStore } from './store.ts';
import { createSweeper } from './sweep.ts';
import { createWebhookMetrics } from './webhook-metrics.ts';

/** The queue repeats a job only when our own side failed; after that the sweep finds the delivery. */
const JOB_ATTEMPTS_MAX = 20;

/** A page costs a few hundred rows. */
const REPLAYS_CONCURRENCY = 2;

export interface WebhookDependencies {
  readonly store: WebhookStore;
  readonly log: LogReader;
  /** Absent where nothing is sealed or where `log` reveals by itself. */
  readonly personalData?: Pick<PersonalData, 'prepare' | 'reveal'> | undefined;
  readonly jobs: Jobs;
  /** Of the durable subscriptions that `subscriber` is added to. */
  readonly checkpoints: Pick<SubscriptionStore, 'readOne' | 'resume'>;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: MetricRegistry;
  /** Ids of endpoints and test messages: sortable, unique, unguessable (UUID version 7). */
  readonly newId: () => string;
  /** From 0 to below 1, for the jitter of retries. */
  readonly random: () => number;
  /** PUBLIC_EGRESS when absent. */
  readonly egress?: Egress;
  readonly resolve?: Resolve;
  readonly timeouts?: Partial<SenderTimeouts>;
  /** Certificate authorities instead of the well-known ones. */
  readonly ca?: string;
}

export interface Webhooks {
  /** For the routes; works in a process that delivers nothing, too. */
  readonly service: WebhookService;
  /** To be added to the durable subscriptions of processes that work. */
  readonly subscriber: Subscriber;
  /** Registers the deliveries with the job queue: before the queue starts, in processes that work. */
  work(): void;
  /** Begins to sweep. */
  start(): void;
  /** Ends attempts under way, which are made again later, and the sweep. Call before the job queue stops. */
  stop(): Promise<void>;
}

export function createWebhooks(deps: WebhookDependencies): Webhooks {
  const { egress = PUBLIC_EGRESS, resolve = createResolve(), jobs } = deps;
  const metrics = createWebhookMetrics(deps.metrics);
  const sender = createSender({ egress, resolve, timeouts: deps.timeouts, ca: deps.ca });
  const sweeper = createSweeper({ ...deps, metrics, bucketCount: deps.log.bucketCount });
  const connections = createPermits(DELIVERY_CONNECTIONS);
  const attempts = { ...deps, metrics, sender, lanes: createLanes(deps), connections };
  return {
    service: createWebhookService({ ...deps, egress }),
    subscriber: createFanOut(deps),
    work() {
      const options = { concurrency: ATTEMPTS_CONCURRENCY, attemptsMax: JOB_ATTEMPTS_MAX };
      jobs.work(
        DELIVER_QUEUE,
        ({ payload }) => deliver(deliveryOfPayload(payload), attempts),
        options,
      );
      jobs.work(REPLAY_QUEUE, ({ payload }) => replayPage(payload, deps), {
        ...options,
        concurrency: REPLAYS_CONCURRENCY,
      });
    },
    start: () => sweeper.start(),
    async stop() {
      sender.close();
      await sweeper.stop();
    },
  };
}
