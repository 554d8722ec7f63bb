import { expect, test } from 'vitest';
import { metricValue, metricValues } from './metrics.ts';

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

test('values are told by a label, summed over the others', () => {
  const text =
    'lost_total{reason="a",at="1"} 2\nlost_total{reason="a",at="2"} 3\nlost_total{reason="b"} 1\nlost 9\n';
  expect(metricValues(text, 'lost_total', 'reason')).toEqual({ a: 5, b: 1 });
  expect(metricValues(text, 'other_total', 'reason')).toEqual({});
});
