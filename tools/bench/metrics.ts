import type { BenchServer } from './server.ts';

/** Sum over all labels of a metric in Prometheus' text format; undefined when it is absent. */
export function metricValue(text: string, name: string): number | undefined {
  const values = text
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
    .map((line) => Number(line.slice(line.lastIndexOf(' ') + 1)));
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}

/** Values of a metric in Prometheus' text format by one of its labels, summed over all others. */
export function metricValues(
  text: string,
  name: string,
  label: string,
): Readonly<Record<string, number>> {
  const values: Record<string, number> = {};
  for (const line of text.split('\n')) {
    const key = new RegExp(`${label}="([^"]*)"`).exec(line)?.[1];
    if (!line.startsWith(`${name}{`) || key === undefined) continue;
    values[key] = (values[key] ?? 0) + Number(line.slice(line.lastIndexOf(' ') + 1));
  }
  return values;
}

/**
 * Counts of a histogram in Prometheus' text format whose labels hold all of `labels`, cumulative by upper bound, summed
 * over every other label.
 */
export function bucketCounts(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>>,
): Map<number, number> {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const counts = new Map<number, number>();
  for (const line of text.split('\n')) {
    if (!line.startsWith(`${name}{`) || !wanted.every((label) => line.includes(label))) continue;
    const bound = /le="([^"]+)"/.exec(line)?.[1];
    if (bound === undefined) continue;
    const upper = bound === '+Inf' ? Infinity : Number(bound);
    const count = Number(line.slice(line.lastIndexOf(' ') + 1));
    counts.set(upper, (counts.get(upper) ?? 0) + count);
  }
  return counts;
}

/** The upper bound at or below which `fraction` of the values lie, so that it never flatters; NaN when there are none. */
export function bucketPercentile(counts: ReadonlyMap<number, number>, fraction: number): number {
  const total = counts.get(Infinity) ?? 0;
  if (total === 0) return Number.NaN;
  const bounds = [...counts.keys()].sort((a, b) => a - b);
  return bounds.find((bound) => (counts.get(bound) ?? 0) >= total * fraction) ?? Infinity;
}

export async function readMetrics(server: BenchServer): Promise<string> {
  const response = await fetch(`${server.url}/metrics`, {
    headers: { authorization: `Bearer ${server.apiKey}` },
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`/metrics answered ${response.status}: ${text}`);
  return text;
}
