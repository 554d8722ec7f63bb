/** Webhooks over the memory log, store and job queue, with a clock that tests move: for tests. */
import { randomUUIDv7 } from 'node:crypto';
import { jsonDraftOf, type EventAttributes } from '../core/event.ts';
import type { Logger } from '../core/logger.ts';
import { noMetrics } from '../core/metrics.ts';
import { createMemoryLog, type MemoryLog } from '../log/memory/memory-log.ts';
import {
  createMemoryJobs,
  createMemoryJobStorage,
  type MemoryJobs,
  type MemoryJobStorage,
} from '../platform/jobs/memory-jobs.ts';
import type { SubscriptionChunk } from '../subscriptions/durable/durable.ts';
import { createMemorySubscriptionStore } from '../subscriptions/durable/memory/memory-subscription-store.ts';
import type { SubscriptionStore } from '../subscriptions/durable/subscription-store.ts';
import type { Delivery } from './delivery.ts';
import { createMemoryWebhookStore } from './memory/memory-store.ts';
import { createSecretBox, SECRET_BOX_KEY_BYTES } from './secret-box.ts';
import type { EndpointName, WebhookService } from './service.ts';
import type { WebhookStore } from './store.ts';
import { createWebhooks, type WebhookDependencies, type Webhooks } from './webhooks.ts';

export interface WebhookFixture {
  readonly webhooks: Webhooks;
  readonly service: WebhookService;
  readonly store: WebhookStore;
  readonly log: MemoryLog;
  readonly jobs: MemoryJobs;
  readonly checkpoints: SubscriptionStore;
  readonly jobStorage: MemoryJobStorage;
  readonly clock: { ms: number; nowMs(): number };
  /** Everything that was logged, as text. */
  readonly lines: string[];
  /** Appends an event and gives its position. */
  append(tenant: string, attributes?: Partial<EventAttributes>, data?: unknown): Promise<bigint>;
  /** What the durable subscription would hand over since the last call. */
  chunks(): Promise<readonly SubscriptionChunk[]>;
  /** Hands it over. */
  fanOut(): Promise<void>;
  /** Fans out, then runs every job that is due. */
  settle(): Promise<void>;
  deliveries(name: EndpointName): Promise<readonly Delivery[]>;
  close(): Promise<void>;
}

export const BUCKETS = 4;

export async function webhookFixture(
  overrides: Partial<WebhookDependencies> & { readonly automatic?: boolean } = {},
): Promise<WebhookFixture> {
  const clock = {
    ms: Date.now(),
    nowMs: () => clock.ms,
  };
  const usedClock = overrides.clock ?? clock;
  const log = createMemoryLog({ bucketCount: BUCKETS });
  const jobStorage = createMemoryJobStorage();
  const automatic = overrides.automatic ?? false;
  const jobs = createMemoryJobs({ clock: usedClock, automatic, storage: jobStorage });
  const lines: string[] = [];
  const store = overrides.store ?? createMemoryWebhookStore();
  const checkpoints = createMemorySubscriptionStore({ clock: usedClock, bucketCount: BUCKETS });
  const webhooks = createWebhooks({
    store,
    log,
    jobs,
    checkpoints,
    secretBox: createSecretBox(new Uint8Array(SECRET_BOX_KEY_BYTES).fill(7)),
    clock: usedClock,
    logger: loggerInto(lines),
    metrics: noMetrics,
    newId: () => randomUUIDv7(),
    random: () => 0,
    egress: { allowHttp: true, allowPrivate: true },
    ...overrides,
  });
  webhooks.work();
  await jobs.start();
  const read = Array.from({ length: BUCKETS }, () => 0n);
  let appended = 0;

  const chunks = async (): Promise<readonly SubscriptionChunk[]> => {
    const made: SubscriptionChunk[] = [];
    for (const [bucket, after] of read.entries()) {
      const { position: through } = await log.head(bucket);
      if (through === after) continue;
      const batches = await log.readBatches(bucket, after, { eventsMax: 1_000_000 });
      const events = batches
        .flatMap((batch) => Array.from({ length: batch.count }, (_, index) => batch.eventAt(index)))
        .filter((event) => event !== null)
        .filter((event) => event.position > after);
      made.push({ bucket, after, through, events });
      read[bucket] = through;
    }
    return made;
  };
  const fanOut = async (): Promise<void> => {
    for (const chunk of await chunks()) {
      const write = await webhooks.subscriber.handle(chunk);
      if (write !== null) await store.transaction(write);
    }
  };
  return {
    webhooks,
    service: webhooks.service,
    store,
    log,
    jobs,
    checkpoints,
    jobStorage,
    clock,
    lines,
    chunks,
    fanOut,
    async append(tenant, attributes = {}, data = {}) {
      appended += 1;
      const standard = { id: `e${appended}`, source: '/test', type: 'test.happened' };
      const draft = jsonDraftOf({ ...standard, ...attributes }, data);
      const [outcome] = await log.appendReceived(tenant, [draft]);
      if (outcome?.status !== 'created') throw new Error('the event was not created');
      return outcome.position;
    },
    async settle() {
      await fanOut();
      while ((await jobs.runDue()) > 0);
    },
    deliveries: async (name) => {
      const { items } = await webhooks.service.deliveries(name, {
        status: null,
        after: null,
        limit: 200,
      });
      return items;
    },
    async close() {
      await webhooks.stop();
      await jobs.stop();
      await log.close();
    },
  };
}

function loggerInto(lines: string[]): Logger {
  const write = (message: string, fields?: object): void => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { debug: write, info: write, warn: write, error: write };
}
