import { expect, test } from 'vitest';
import { createHistogram, mergeInto, percentileMs, record } from './histogram.ts';

/** Exact percentile by sorting: the reference the histogram is held against. */
function exactMs(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * fraction) - 1)]! / 1000;
}

test('a percentile is never below the exact one and at most 1.6 % above it', () => {
  const histogram = createHistogram();
  const values: number[] = [];
  let state = 7;
  for (let index = 0; index < 20_000; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const micros = Math.floor(2 ** ((state / 2 ** 32) * 24));
    values.push(micros);
    record(histogram, micros);
  }
  for (const fraction of [0.001, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1]) {
    const exact = exactMs(values, fraction);
    const seen = percentileMs(histogram, fraction);
    expect(seen).toBeGreaterThanOrEqual(exact);
    expect(seen).toBeLessThanOrEqual(exact * 1.016 + 0.001);
  }
});

test('small values are exact', () => {
  const histogram = createHistogram();
  for (const micros of [0, 1, 63, 64, 127]) record(histogram, micros);
  expect(percentileMs(histogram, 0.2)).toBe(0);
  expect(percentileMs(histogram, 0.6)).toBe(0.063);
  expect(percentileMs(histogram, 0.8)).toBe(0.064);
  expect(percentileMs(histogram, 1)).toBe(0.127);
});

test('out of range values are kept at the edges and nothing is lost', () => {
  const histogram = createHistogram();
  record(histogram, -5);
  record(histogram, 2 ** 40);
  expect(histogram.count).toBe(2);
  expect(percentileMs(histogram, 0.5)).toBe(0);
  expect(percentileMs(histogram, 1)).toBe((2 ** 31 - 1) / 1000);
});

test('a merge equals recording everything in one', () => {
  const [left, right, both] = [createHistogram(), createHistogram(), createHistogram()];
  for (let micros = 1; micros < 100_000; micros += 37) {
    record(micros % 2 === 0 ? left : right, micros);
    record(both, micros);
  }
  mergeInto(left, right);
  expect(left).toEqual(both);
});

test('an empty histogram has no percentile', () => {
  expect(percentileMs(createHistogram(), 0.99)).toBeNaN();
});
