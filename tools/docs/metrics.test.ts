import { expect, test } from 'vitest';
import { metricsIn } from './metrics.ts';

test('a metric is found with kind, help and labels in every form that declares one', () => {
  const source = `
    registry.histogram({
      name: 'comptoir_a_seconds',
      help: 'Time, ' + 'in all.',
      buckets: [1, 2],
    });
    const b = counter('comptoir_b_total', "Somebody's sum.");
    deps.metrics.gauge({ name: 'comptoir_c', help: 'Size.', labels: ['state', 'role'] });
    collectCpu(options('counter', 'process_cpu_seconds_total', 'CPU time.', ['mode']));
    const own = ['process_cpu_seconds_total', 'process_start_time_seconds'];
    // metrics.gauge({ name: 'comptoir_gone', help: 'Not there.' });
  `;
  expect(metricsIn(source)).toEqual([
    { name: 'comptoir_a_seconds', kind: 'histogram', help: 'Time, in all.', labels: [] },
    { name: 'comptoir_b_total', kind: 'counter', help: "Somebody's sum.", labels: [] },
    { name: 'comptoir_c', kind: 'gauge', help: 'Size.', labels: ['state', 'role'] },
    { name: 'process_cpu_seconds_total', kind: 'counter', help: 'CPU time.', labels: ['mode'] },
  ]);
});

test('a declaration does not borrow the labels of the next one', () => {
  const source = `
    metrics.gauge({ name: 'comptoir_a', help: 'One.' });
    metrics.gauge({ name: 'comptoir_b', help: 'Two.', labels: ['state'] });
  `;
  expect(metricsIn(source).map(({ labels }) => labels)).toEqual([[], ['state']]);
});
