import {
  type Counter,
  type Histogram,
  LATENCY_BUCKETS_SECONDS,
  type MetricRegistry,
} from '../../core/metrics.ts';

export interface LogMetrics {
  readonly appendSeconds: Histogram;
  readonly batchEvents: Histogram;
  readonly appendedEvents: Counter;
  readonly appendedBytes: Counter;
  readonly overtaken: Counter;
  readonly filterLookUps: Counter;
  readonly compactedEvents: Counter;
  readonly sealedKeys: Counter;
  readonly removedEvents: Counter;
}

export function defineLogMetrics(registry: MetricRegistry): LogMetrics {
  const counter = (name: string, help: string): Counter => registry.counter({ name, help });
  return {
    appendSeconds: registry.histogram({
      name: 'comptoir_log_append_seconds',
      help: 'Time from sending a batch to the database until its commit is known.',
      buckets: LATENCY_BUCKETS_SECONDS,
    }),
    batchEvents: registry.histogram({
      name: 'comptoir_log_batch_events',
      help: 'Events of one append.',
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000],
    }),
    appendedEvents: counter(
      'comptoir_log_appended_events_total',
      'Events made durable by this process.',
    ),
    appendedBytes: counter(
      'comptoir_log_appended_bytes_total',
      'Compressed bytes of the batches appended.',
    ),
    overtaken: counter(
      'comptoir_log_overtaken_total',
      'Appends that another writer overtook and that were planned anew.',
    ),
    filterLookUps: counter(
      'comptoir_log_filter_look_ups_total',
      'Keys that a filter let through and an indexed read settled.',
    ),
    compactedEvents: counter(
      'comptoir_log_compacted_events_total',
      'Events moved into larger batches.',
    ),
    sealedKeys: counter('comptoir_log_sealed_keys_total', 'Keys sealed into runs.'),
    removedEvents: counter('comptoir_log_removed_events_total', 'Events removed by retention.'),
  };
}
