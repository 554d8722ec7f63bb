import {
  LATENCY_BUCKETS_SECONDS,
  type Counter,
  type Gauge,
  type Histogram,
  type MetricRegistry,
} from '../core/metrics.ts';

export interface ProjectionMetrics {
  readonly lagSeconds: Gauge;
  readonly delaySeconds: Histogram;
  readonly parkedEvents: Gauge;
  readonly rebuildProgress: Gauge;
  readonly stopped: Gauge;
  readonly events: Counter;
}

const labels = ['projection'];

export function defineProjectionMetrics(registry: MetricRegistry): ProjectionMetrics {
  return {
    lagSeconds: registry.gauge({
      name: 'comptoir_projection_lag_seconds',
      help: 'Age of the oldest event that the active copy of a read model has not handled.',
      labels,
    }),
    delaySeconds: registry.histogram({
      name: 'comptoir_projection_delay_seconds',
      help: 'Time from recording an event until the active copy of a read model shows it.',
      labels,
      buckets: LATENCY_BUCKETS_SECONDS,
    }),
    parkedEvents: registry.gauge({
      name: 'comptoir_projection_parked_events',
      help: 'Events that the active copy of a read model could not handle, and those behind them.',
      labels,
    }),
    rebuildProgress: registry.gauge({
      name: 'comptoir_projection_rebuild_ratio',
      help: 'How far a copy that is being filled has come, 0 to 1; 1 when none is.',
      labels,
    }),
    stopped: registry.gauge({
      name: 'comptoir_projection_stopped',
      help: '1 while a projection does not run: paused, paused by itself, or suspended.',
      labels,
    }),
    events: registry.counter({
      name: 'comptoir_projection_events_total',
      help: 'Events handled by a projection, all its copies together.',
      labels,
    }),
  };
}
