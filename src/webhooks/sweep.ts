/** What time does to webhooks: old deliveries go, old secrets stop, endpoints that fail for days are disabled. */
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import { DELIVER_QUEUE, enqueueDelivery } from './delivery-job.ts';
import type { WebhookStore } from './store.ts';
import type { WebhookMetrics } from './webhook-metrics.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long a delivery is shown. */
export const DELIVERIES_KEPT_MS = 30 * DAY;
/** Failing this long, an endpoint is dead rather than ill; the attempts of one delivery take about three days. */
export const DISABLED_AFTER_MS = 5 * DAY;
/** A waiting delivery this late has lost its job: the queue gave it up, or was emptied. */
export const OVERDUE_MS = 60 * MINUTE;

const SWEEP_EVERY_MS = 10 * MINUTE;
const COUNT_EVERY_MS = 15_000;
/** Rows of one statement, so that each takes a few milliseconds. */
const ROWS_PER_STEP = 1000;
/** Steps of one sweep in a bucket; what is left waits for the next. */
const STEPS_MAX = 50;

export interface SweepDependencies {
  readonly store: WebhookStore;
  readonly jobs: Pick<Jobs, 'enqueue' | 'counts'>;
  readonly bucketCount: number;
  readonly clock: Clock;
  readonly metrics: WebhookMetrics;
  readonly logger: Logger;
}

export interface Sweeper {
  start(): void;
  /** Waits for the sweep under way. */
  stop(): Promise<void>;
}

/** Sweeps now and then. Several processes may do so at once: every statement takes what it still finds. */
export function createSweeper(deps: SweepDependencies): Sweeper {
  const timers: NodeJS.Timeout[] = [];
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const inTurn = (work: () => Promise<void>): void => {
    running = running.then(async () => {
      if (stopped) return;
      try {
        await work();
      } catch (error) {
        deps.logger.warn('webhooks could not be swept', { error });
      }
    });
  };
  return {
    start() {
      timers.push(setInterval(() => inTurn(() => sweep(deps, () => stopped)), SWEEP_EVERY_MS));
      timers.push(setInterval(() => inTurn(() => countTroubles(deps)), COUNT_EVERY_MS));
      for (const timer of timers) timer.unref();
    },
    async stop() {
      stopped = true;
      for (const timer of timers.splice(0)) clearInterval(timer);
      await running;
    },
  };
}

/** One sweep over all buckets; `isStopped` ends it between two statements. */
export async function sweep(
  deps: SweepDependencies,
  isStopped: () => boolean = () => false,
): Promise<void> {
  for (let bucket = 0; bucket < deps.bucketCount && !isStopped(); bucket += 1) {
    await removeOld(deps, bucket);
    await disableFailing(deps, bucket);
    await planOverdue(deps, bucket);
  }
}

async function removeOld({ store, clock }: SweepDependencies, bucket: number): Promise<void> {
  const nowMs = clock.nowMs();
  await store.removeSecrets(bucket, isoOf(nowMs));
  const old = { before: isoOf(nowMs - DELIVERIES_KEPT_MS), limit: ROWS_PER_STEP };
  for (let step = 0; step < STEPS_MAX; step += 1)
    if ((await store.removeDeliveries(bucket, old)) < ROWS_PER_STEP) return;
}

async function disableFailing(
  { store, clock, metrics, logger }: SweepDependencies,
  bucket: number,
): Promise<void> {
  const nowMs = clock.nowMs();
  const before = isoOf(nowMs - DISABLED_AFTER_MS);
  for (const { endpointId } of await store.disableFailing(bucket, { before, at: isoOf(nowMs) })) {
    metrics.disabled('failing');
    logger.warn('a webhook endpoint failed for days and was disabled', { name: endpointId });
  }
}

async function planOverdue(
  { store, jobs, clock, logger }: SweepDependencies,
  bucket: number,
): Promise<void> {
  const before = isoOf(clock.nowMs() - OVERDUE_MS);
  const places = await store.overdueDeliveries(bucket, { before, limit: ROWS_PER_STEP });
  if (places.length === 0) return;
  await store.transaction(async (tx) => {
    for (const place of places) await enqueueDelivery(jobs, tx, { place });
  });
  logger.warn('overdue webhook deliveries were planned again', { bucket, count: places.length });
}

/** What an engineer sees of webhooks without asking each tenant. */
async function countTroubles({ jobs, metrics, store }: SweepDependencies): Promise<void> {
  metrics.failing(await store.countFailing());
  const counts = await jobs.counts();
  metrics.waiting(counts.find(({ queue }) => queue === DELIVER_QUEUE)?.waiting ?? 0);
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
