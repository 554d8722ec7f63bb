/** What webhooks measure. Endpoints and tenants are no labels. */
import type { MetricRegistry } from '../core/metrics.ts';
import type { DisabledReason } from './endpoint.ts';

/** An answer takes milliseconds as a rule and SENDER_TIMEOUTS.totalMs at most. */
const ATTEMPT_BUCKETS_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

/** What an attempt led to; `retried` is followed by another attempt. */
export type AttemptOutcome = 'delivered' | 'retried' | 'failed' | 'cancelled';

export interface WebhookMetrics {
  settled(outcome: AttemptOutcome): void;
  attempted(durationMs: number): void;
  disabled(reason: DisabledReason): void;
  waiting(count: number): void;
  failing(endpoints: number): void;
}

export function createWebhookMetrics(metrics: MetricRegistry): WebhookMetrics {
  const deliveries = metrics.counter({
    name: 'comptoir_webhook_deliveries_total',
    help: 'Attempts to deliver an event by what they led to.',
    labels: ['outcome'],
  });
  const seconds = metrics.histogram({
    name: 'comptoir_webhook_attempt_seconds',
    help: 'Time from the begin of an attempt to the head of the answer or the failure.',
    buckets: ATTEMPT_BUCKETS_SECONDS,
  });
  const disabled = metrics.counter({
    name: 'comptoir_webhook_endpoints_disabled_total',
    help: 'Endpoints that the server disabled because their receiver is gone or fails for days.',
    labels: ['reason'],
  });
  const waiting = metrics.gauge({
    name: 'comptoir_webhook_deliveries_waiting',
    help: 'Deliveries that wait for an attempt, now or later.',
  });
  const failing = metrics.gauge({
    name: 'comptoir_webhook_endpoints_failing',
    help: 'Enabled endpoints whose receivers have failed for half an hour or longer.',
  });
  return {
    settled: (outcome) => deliveries.add(1, { outcome }),
    attempted: (durationMs) => seconds.observe(durationMs / 1000),
    disabled: (reason) => disabled.add(1, { reason }),
    waiting: (count) => waiting.set(count),
    failing: (endpoints) => failing.set(endpoints),
  };
}
