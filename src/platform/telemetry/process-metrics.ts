/**
 * What the process itself costs, under the names that Prometheus' client libraries share. Written by hand, because
 * prom-client's own collection cannot be stopped and a test or a restart within one process would leave it running.
 */
import { constants, monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { gcKind } from './gc-kind.ts';
import type { MetricDescription } from './metric-description.ts';

/** Samples of the event loop's delay every 20 ms cost about 0.01 % of a core. */
const LAG_RESOLUTION_MS = 20;
const LAG_QUANTILES = [0.5, 0.9, 0.99] as const;
const NANOS_PER_SECOND = 1e9;
const GC_BUCKETS_SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1];

const GC_KINDS: Readonly<Record<number, string>> = {
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: 'weakcb',
};

/** Gauges that are read when they are asked for. */
const READINGS = [
  {
    name: 'process_resident_memory_bytes',
    help: 'Resident memory of the process.',
    read: () => process.memoryUsage.rss(),
  },
  {
    name: 'nodejs_heap_size_used_bytes',
    help: 'JavaScript heap in use.',
    read: () => process.memoryUsage().heapUsed,
  },
  {
    name: 'nodejs_external_memory_bytes',
    help: 'Buffers outside the heap, with up to 32 MiB held in reserve that take no memory.',
    read: () => process.memoryUsage().external,
  },
  {
    name: 'process_start_time_seconds',
    help: 'When the process started, seconds since the epoch.',
    read: () => Math.round(Date.now() / 1000 - process.uptime()),
  },
] as const;
const CPU: MetricDescription = {
  name: 'process_cpu_seconds_total',
  kind: 'counter',
  help: 'CPU time, user and system.',
  labels: [],
};
const LAG: MetricDescription = {
  name: 'nodejs_eventloop_lag_seconds',
  kind: 'gauge',
  help: 'Delay of the event loop since the last scrape.',
  labels: ['quantile'],
};
const GC: MetricDescription = {
  name: 'nodejs_gc_duration_seconds',
  kind: 'histogram',
  help: 'Garbage collection by kind.',
  labels: ['kind'],
};

/** Registers the process metrics, announces each through `describe`, and returns the way to stop their observers. */
export function collectProcessMetrics(
  registry: Registry,
  describe: (description: MetricDescription) => void,
): () => void {
  const options = (description: MetricDescription): PrometheusOptions => {
    describe(description);
    const { name, help, labels } = description;
    return { name, help, labelNames: [...labels], registers: [registry] };
  };
  for (const { read, ...description } of READINGS)
    new Gauge({
      ...options({ ...description, kind: 'gauge', labels: [] }),
      collect() {
        this.set(read());
      },
    });
  collectCpu(options(CPU));
  const stopLag = collectLag(options(LAG));
  const stopGc = collectGc(options(GC));
  return () => {
    stopLag();
    stopGc();
  };
}

interface PrometheusOptions {
  name: string;
  help: string;
  labelNames: string[];
  registers: Registry[];
}

function collectCpu(options: PrometheusOptions): void {
  let counted = 0;
  new Counter({
    ...options,
    collect() {
      const { user, system } = process.cpuUsage();
      const seconds = (user + system) / 1e6;
      this.inc(Math.max(0, seconds - counted));
      counted = seconds;
    },
  });
}

function collectLag(options: PrometheusOptions): () => void {
  const delay = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
  delay.enable();
  new Gauge({
    ...options,
    collect() {
      for (const quantile of LAG_QUANTILES)
        // The histogram holds whole intervals, so what the timer asked for is taken off.
        this.set(
          { quantile: String(quantile) },
          delay.count === 0
            ? 0
            : Math.max(
                0,
                delay.percentile(quantile * 100) / NANOS_PER_SECOND - LAG_RESOLUTION_MS / 1000,
              ),
        );
      delay.reset();
    },
  });
  return () => delay.disable();
}

function collectGc(options: PrometheusOptions): () => void {
  const histogram = new Histogram({ ...options, buckets: GC_BUCKETS_SECONDS });
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      histogram.observe({ kind: GC_KINDS[gcKind(entry)] ?? 'other' }, entry.duration / 1000);
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => observer.disconnect();
}
