import { expect, test } from 'vitest';
import { metricValue } from './metrics.ts';

const TEXT = `# HELP keys Keys held.
# TYPE keys gauge
keys{bucket="0"} 12
keys{bucket="7"} 30
keys_total 99
plain 1.5e3
`;

test('a metric is summed over its labels', () => {
  expect(metricValue(TEXT, 'keys')).toBe(42);
  expect(metricValue(TEXT, 'plain')).toBe(1500);
});

test('a metric that is absent is not zero, and a longer name is another metric', () => {
  expect(metricValue(TEXT, 'key')).toBeUndefined();
});
