/**
 * One attempt of one delivery, called by its job.
 *
 * States of a delivery: waiting -> delivered (2xx), failed (410, attempts used up, event gone) or cancelled (endpoint
 * disabled). The row changes, and the next job is planned, in one transaction after the attempt; a crash before it
 * means the job runs again and the receiver sees the same webhook-id twice: at least once, never zero times.
 */
import type { Clock } from '../core/clock.ts';
import { assert } from '../core/assert.ts';
import { Failure } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { PersonalData } from '../core/personal-data.ts';
import type { LogReader } from '../log/log.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { Queryable } from '../platform/postgres/database.ts';
import type { Permits } from '../subscriptions/permits.ts';
import { enqueueDelivery } from './delivery-job.ts';
import type { AttemptRecord, DeliveryPlace, LoadedDelivery } from './delivery.ts';
import type { AttemptCode } from './egress/attempt-error.ts';
import type { Sender, Sent } from './egress/sender.ts';
import type { Lanes } from './lanes.ts';
import { bodyOf, MESSAGE_CONTENT_TYPE, testBodyOf } from './message.ts';
import { nextAttemptMs, retryAfterMs } from './retry-table.ts';
import type { SecretBox } from './secret-box.ts';
import { signedHeaders } from './signature.ts';
import type { WebhookStore } from './store.ts';
import type { WebhookMetrics } from './webhook-metrics.ts';

const USER_AGENT = 'Comptoir-Webhooks/1';
/**
 * Failed attempts of one delivery in a row after which its endpoint counts as failing: some 35 minutes, so that whoever
 * looks within the day sees it, and no restart of a receiver is called a failure.
 */
export const FAILING_AFTER_TRIES = 4;
/** Long enough that a process that is ending does not claim the job again. */
const STOPPED_PAUSE_MS = 1000;

export interface DeliverDependencies {
  readonly store: WebhookStore;
  readonly log: LogReader;
  /** Absent where nothing is sealed or where `log` reveals by itself. */
  readonly personalData?: Pick<PersonalData, 'prepare' | 'reveal'> | undefined;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly sender: Sender;
  readonly secretBox: SecretBox;
  readonly lanes: Lanes;
  /** Bounds the connections that deliveries hold: whatever asks the database takes one, and none during the attempt. */
  readonly connections: Permits;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly metrics: WebhookMetrics;
  readonly logger: Logger;
}

/** What an attempt found, before it is known what follows. */
interface Tried {
  readonly atMs: number;
  readonly durationMs: number;
  readonly status: number | null;
  readonly code: AttemptCode | null;
  readonly retryAfterMs: number | null;
}

/** Rejects when the database or the log cannot be reached: the job queue then tries again. */
export async function deliver(place: DeliveryPlace, deps: DeliverDependencies): Promise<void> {
  const { store, connections } = deps;
  const loaded = await connections.run(() => store.loadDelivery(place, isoOf(deps.clock.nowMs())));
  if (loaded === null || loaded.delivery.status !== 'waiting') return;
  if (loaded.endpoint.status === 'disabled') {
    await cancel(place, deps);
    return;
  }
  const { tenant, endpointId: endpoint } = place;
  const admission = await deps.lanes.enter({ tenant, endpoint });
  if (admission.kind === 'later') {
    await comeBack(place, deps, isoOf(admission.atMs));
    return;
  }
  try {
    const tried = await attempt(loaded, deps);
    if (tried.code === 'STOPPED') await comeBack(place, deps, isoOf(tried.atMs + STOPPED_PAUSE_MS));
    else await record(loaded, tried, deps);
  } finally {
    admission.leave();
  }
}

function comeBack(place: DeliveryPlace, deps: DeliverDependencies, runAt: string): Promise<void> {
  return write(deps, (tx) => enqueueDelivery(deps.jobs, tx, { place, runAt }));
}

function write<T>(
  { store, connections }: DeliverDependencies,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  return connections.run(() => store.transaction(work));
}

async function attempt(
  { delivery, endpoint, secrets }: LoadedDelivery,
  deps: DeliverDependencies,
): Promise<Tried> {
  const { clock, sender, secretBox, metrics } = deps;
  const body =
    delivery.position === null
      ? testBodyOf(delivery)
      : await deps.connections.run(() => eventBody(delivery, deps));
  const atMs = clock.nowMs();
  if (body === null)
    return { atMs, durationMs: 0, status: null, code: 'EVENT_GONE', retryAfterMs: null };
  const signed = signedHeaders(
    { id: delivery.deliveryId, atMs, body },
    secrets.map((sealed) => secretBox.open(sealed)),
  );
  const started = performance.now();
  const sent = await sender.send({
    url: endpoint.url,
    headers: { ...signed, 'content-type': MESSAGE_CONTENT_TYPE, 'user-agent': USER_AGENT },
    body,
  });
  const durationMs = performance.now() - started;
  metrics.attempted(durationMs);
  return triedOf(sent, { atMs, durationMs: Math.round(durationMs) });
}

/** The event as it is sent, null when it is no longer held. */
async function eventBody(
  { bucket, tenant, position }: LoadedDelivery['delivery'],
  { log, personalData }: DeliverDependencies,
): Promise<Uint8Array | null> {
  if (position === null) return null;
  try {
    const [batch] = await log.readBatches(bucket, position - 1n, { eventsMax: 1 });
    const event = batch?.eventAt(Number(position - batch.firstPosition)) ?? null;
    if (event === null) return null;
    assert(event.tenant === tenant, 'a delivery names an event of its own tenant');
    if (personalData === undefined) return bodyOf(event);
    await personalData.prepare([event]);
    return bodyOf(personalData.reveal(event));
  } catch (error) {
    if (error instanceof Failure && error.code === 'CURSOR_EXPIRED') return null;
    throw error;
  }
}

function triedOf(sent: Sent, time: { readonly atMs: number; readonly durationMs: number }): Tried {
  if (sent.kind === 'failed') return { ...time, status: null, code: sent.code, retryAfterMs: null };
  const { status } = sent;
  const mayAsk = status === 429 || status === 503;
  return {
    ...time,
    status,
    code: codeOfStatus(status),
    retryAfterMs: mayAsk ? retryAfterMs(sent.retryAfter, time.atMs) : null,
  };
}

function codeOfStatus(status: number): AttemptCode | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return 'REDIRECT';
  return status === 410 ? 'GONE' : 'HTTP_STATUS';
}

async function record(
  { delivery, endpoint }: LoadedDelivery,
  tried: Tried,
  deps: DeliverDependencies,
): Promise<void> {
  const { store, jobs, clock, random, metrics, logger, lanes } = deps;
  const nowMs = clock.nowMs();
  const at = isoOf(nowMs);
  const isFinal = tried.code === null || tried.code === 'GONE' || tried.code === 'EVENT_GONE';
  const retry = { tries: delivery.tries + 1, nowMs, retryAfterMs: tried.retryAfterMs };
  const nextMs = isFinal ? null : nextAttemptMs({ ...retry, random: random() });
  const outcome = outcomeOf(tried, nextMs);
  if (tried.retryAfterMs !== null) lanes.pause(endpoint.endpointId, nowMs + tried.retryAfterMs);
  const disabled = await write(deps, async (tx) => {
    const changed = await store.recordAttempt(tx, delivery, { ...outcome, at });
    if (changed && outcome.nextAttemptAt !== null)
      await enqueueDelivery(jobs, tx, { place: delivery, runAt: outcome.nextAttemptAt });
    if (tried.code === null) {
      if (endpoint.failingSince !== null) await store.clearFailing(tx, endpoint);
      return false;
    }
    if (tried.code === 'GONE') return store.disableEndpoint(tx, endpoint, { at, reason: 'gone' });
    const isFailing = tried.code !== 'EVENT_GONE' && retry.tries >= FAILING_AFTER_TRIES;
    if (isFailing && endpoint.failingSince === null) await store.markFailing(tx, endpoint, at);
    return false;
  });
  metrics.settled(nextMs === null ? settledAs(outcome) : 'retried');
  if (!disabled) return;
  metrics.disabled('gone');
  logger.warn('a webhook endpoint answered 410 and was disabled', { name: endpoint.endpointId });
}

function outcomeOf(tried: Tried, nextMs: number | null): AttemptRecord {
  const { atMs, durationMs, status, code } = tried;
  return {
    attempt: { at: isoOf(atMs), durationMs, status, code },
    status: code === null ? 'delivered' : nextMs === null ? 'failed' : 'waiting',
    nextAttemptAt: nextMs === null ? null : isoOf(nextMs),
  };
}

function settledAs({ status }: AttemptRecord): 'delivered' | 'failed' {
  return status === 'delivered' ? 'delivered' : 'failed';
}

async function cancel(place: DeliveryPlace, deps: DeliverDependencies): Promise<void> {
  const { store, clock, metrics } = deps;
  const at = isoOf(clock.nowMs());
  const attempt = { at, durationMs: 0, status: null, code: 'ENDPOINT_DISABLED' } as const;
  const record: AttemptRecord = { attempt, status: 'cancelled', nextAttemptAt: null };
  await write(deps, (tx) => store.recordAttempt(tx, place, { ...record, at }));
  metrics.settled('cancelled');
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
