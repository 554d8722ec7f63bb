import { afterEach, expect, test } from 'vitest';
import { createMetricRegistry, type TelemetryRegistry } from './metrics.ts';

const open: TelemetryRegistry[] = [];
const registry = (): TelemetryRegistry => {
  const made = createMetricRegistry();
  open.push(made);
  return made;
};
afterEach(() => open.splice(0).forEach((each) => each.close()));

test('counters, gauges and histograms appear in the text format', async () => {
  const metrics = registry();
  metrics
    .counter({ name: 'comptoir_a_total', help: 'A.', labels: ['status'] })
    .add(3, { status: 'created' });
  metrics.gauge({ name: 'comptoir_b', help: 'B.' }).set(2);
  metrics.gauge({ name: 'comptoir_c', help: 'C.', collect: () => 7 });
  metrics.histogram({ name: 'comptoir_d_seconds', help: 'D.', buckets: [0.1, 1] }).observe(0.5);
  const text = await metrics.text();
  expect(text).toContain('comptoir_a_total{status="created"} 3');
  expect(text).toContain('comptoir_b 2');
  expect(text).toContain('comptoir_c 7');
  expect(text).toContain('comptoir_d_seconds_bucket{le="1"} 1');
});

test('the process metrics are there without being declared', async () => {
  const metrics = registry();
  const text = await metrics.text();
  for (const name of [
    'process_resident_memory_bytes',
    'process_cpu_seconds_total',
    'nodejs_eventloop_lag_seconds',
    'nodejs_gc_duration_seconds',
  ])
    expect(text).toContain(`# TYPE ${name} `);
});

test('every metric in the text is among the definitions and the other way round', async () => {
  const metrics = registry();
  metrics.counter({ name: 'comptoir_a_total', help: 'A.' });
  const named = [...(await metrics.text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(
    ([, name, kind]) => `${name} ${kind}`,
  );
  expect(metrics.definitions().map(({ name, kind }) => `${name} ${kind}`)).toEqual(named.sort());
});

test('a total sums over the labels that are not asked for', async () => {
  const metrics = registry();
  const counter = metrics.counter({
    name: 'comptoir_a_total',
    help: 'A.',
    labels: ['status', 'role'],
  });
  counter.add(3, { status: 'created', role: 'x' });
  counter.add(4, { status: 'created', role: 'y' });
  counter.add(5, { status: 'rejected', role: 'y' });
  expect(await metrics.total('comptoir_a_total')).toBe(12);
  expect(await metrics.total('comptoir_a_total', { status: 'created' })).toBe(7);
  expect(await metrics.total('comptoir_unknown_total')).toBe(0);
});

test('a tap hears every value of a histogram until it is stopped', () => {
  const metrics = registry();
  const heard: number[] = [];
  const stop = metrics.tap('comptoir_d_seconds', (value) => heard.push(value));
  const histogram = metrics.histogram({ name: 'comptoir_d_seconds', help: 'D.', buckets: [1] });
  histogram.observe(0.5);
  stop();
  histogram.observe(0.6);
  expect(heard).toEqual([0.5]);
});

test('a wrong name, a doubled name and an unbounded label are refused', () => {
  const metrics = registry();
  metrics.gauge({ name: 'comptoir_b', help: 'B.' });
  expect(() => metrics.gauge({ name: 'comptoir_b', help: 'B.' })).toThrow('declared once');
  expect(() => metrics.gauge({ name: 'other_b', help: 'B.' })).toThrow('starts with comptoir_');
  expect(() => metrics.counter({ name: 'comptoir_b2', help: 'B.' })).toThrow('_total');
  expect(() => metrics.gauge({ name: 'comptoir_b3', help: 'B.', labels: ['tenant'] })).toThrow(
    'no label tenant',
  );
});
