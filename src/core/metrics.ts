/**
 * Metrics as a port: folders declare what they measure, `platform/telemetry` exports it for Prometheus and
 * `docs/reference/metrics.md` is generated from the declarations. A tenant, key or id is never a label.
 */
export type Labels = Readonly<Record<string, string>>;

export interface MetricDefinition {
  /** Prometheus name with unit last, `comptoir_` first; counters end in `_total`. */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
}

export interface HistogramDefinition extends MetricDefinition {
  /** Upper bounds in the unit of the name. */
  readonly buckets: readonly number[];
}

export interface GaugeDefinition extends MetricDefinition {
  /** Called at every scrape instead of `set`. */
  readonly collect?: () => number;
}

export interface Counter {
  add(value: number, labels?: Labels): void;
}
export interface Gauge {
  set(value: number, labels?: Labels): void;
}
export interface Histogram {
  observe(value: number, labels?: Labels): void;
}

export interface MetricRegistry {
  counter(definition: MetricDefinition): Counter;
  gauge(definition: GaugeDefinition): Gauge;
  histogram(definition: HistogramDefinition): Histogram;
}

/** Bounds in seconds at the edges that service level objectives use. */
export const LATENCY_BUCKETS_SECONDS = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
] as const;

const nothing = { add() {}, set() {}, observe() {} };

/** A registry that measures nothing, for tests and tools. */
export const noMetrics: MetricRegistry = {
  counter: () => nothing,
  gauge: () => nothing,
  histogram: () => nothing,
};
