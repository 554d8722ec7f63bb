/** The port of `core/metrics.ts` over prom-client, with what Prometheus reads and what the reference is made from. */
import * as prometheus from 'prom-client';
import { assert } from '../../core/assert.ts';
import type {
  GaugeDefinition,
  Histogram,
  HistogramDefinition,
  Labels,
  MetricDefinition,
  MetricRegistry,
} from '../../core/metrics.ts';
import { collectProcessMetrics } from './process-metrics.ts';
import type { MetricDescription } from './metric-description.ts';

export interface TelemetryRegistry extends MetricRegistry {
  /** The content type of `text`. */
  readonly contentType: string;
  /** All metrics in Prometheus' text format. */
  text(): Promise<string>;
  /** What was declared, by name: the source of `docs/reference/metrics.md`. */
  definitions(): readonly MetricDescription[];
  /** The sum of a counter or gauge over every label set that has the labels given; 0 when it is not declared. */
  total(name: string, labels?: Labels): Promise<number>;
  /** Calls `listener` with every value of a histogram; declared before or after. Returns the way to stop it. */
  tap(name: string, listener: (value: number) => void): () => void;
  /** Stops the observers of the process. */
  close(): void;
}

/** They grow with the business or name a person, and every label value is a time series kept in memory. */
const LABELS_REFUSED: ReadonlySet<string> = new Set(['tenant', 'key', 'id', 'subject', 'stream']);

type Listener = (value: number) => void;

export function createMetricRegistry(): TelemetryRegistry {
  const registry = new prometheus.Registry();
  const descriptions = new Map<string, MetricDescription>();
  const taps = new Map<string, Set<Listener>>();
  const tapsOf = (name: string): Set<Listener> => {
    const known = taps.get(name) ?? new Set<Listener>();
    taps.set(name, known);
    return known;
  };
  const declare = (kind: MetricDescription['kind'], definition: MetricDefinition) => {
    checkDefinition(kind, definition);
    assert(!descriptions.has(definition.name), `metric ${definition.name} is declared once`);
    const labels = definition.labels ?? [];
    descriptions.set(definition.name, { ...definition, kind, labels });
    const { name, help } = definition;
    return { name, help, labelNames: [...labels], registers: [registry] };
  };
  const stopProcessMetrics = collectProcessMetrics(registry, (description) =>
    descriptions.set(description.name, description),
  );
  return {
    contentType: registry.contentType,
    counter(definition) {
      const counter = new prometheus.Counter(declare('counter', definition));
      return {
        add: (value, labels) =>
          labels === undefined ? counter.inc(value) : counter.inc(labels, value),
      };
    },
    gauge(definition) {
      const gauge = new prometheus.Gauge({
        ...declare('gauge', definition),
        ...collecting(definition),
      });
      return {
        set: (value, labels) =>
          labels === undefined ? gauge.set(value) : gauge.set(labels, value),
      };
    },
    histogram(definition: HistogramDefinition) {
      const buckets = [...definition.buckets];
      const histogram = new prometheus.Histogram({ ...declare('histogram', definition), buckets });
      return tapped(histogram, tapsOf(definition.name));
    },
    text: () => registry.metrics(),
    definitions: () =>
      [...descriptions.values()].sort((left, right) => (left.name < right.name ? -1 : 1)),
    total: (name, labels) => totalOf(registry, name, labels ?? {}),
    tap(name, listener) {
      const listeners = tapsOf(name);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: stopProcessMetrics,
  };
}

function tapped(histogram: prometheus.Histogram, listeners: ReadonlySet<Listener>): Histogram {
  return {
    observe(value, labels) {
      if (labels === undefined) histogram.observe(value);
      else histogram.observe(labels, value);
      for (const listener of listeners) listener(value);
    },
  };
}

function collecting(definition: GaugeDefinition) {
  const collect = definition.collect;
  if (collect === undefined) return {};
  return {
    collect(this: prometheus.Gauge) {
      this.set(collect());
    },
  };
}

function checkDefinition(kind: MetricDescription['kind'], definition: MetricDefinition): void {
  const { name, labels = [] } = definition;
  assert(/^comptoir_[a-z0-9_]+$/.test(name), `metric ${name} starts with comptoir_`);
  assert(
    name.endsWith('_total') === (kind === 'counter'),
    `metric ${name} ends in _total if, and only if, it is a counter`,
  );
  for (const label of labels)
    assert(!LABELS_REFUSED.has(label), `metric ${name} has no label ${label}: it has no bound`);
}

async function totalOf(
  registry: prometheus.Registry,
  name: string,
  wanted: Labels,
): Promise<number> {
  const metric = registry.getSingleMetric(name);
  if (metric === undefined) return 0;
  const { values } = await metric.get();
  const entries = Object.entries(wanted);
  return values
    .filter((each) => entries.every(([label, value]) => labelOf(each.labels, label) === value))
    .reduce((sum, each) => sum + each.value, 0);
}

function labelOf(labels: object, name: string): unknown {
  return Object.entries(labels).find(([label]) => label === name)?.[1];
}
