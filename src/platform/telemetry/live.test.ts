import { expect, test } from 'vitest';
import { createAppendMeter } from './append-meter.ts';
import { createLatencyRecorder } from './latency.ts';
import { createLiveFigures } from './live.ts';

function board() {
  const appends = createAppendMeter();
  const state = { now: 0, duplicates: 0, rejected: 0, queue: 0, lag: 0 };
  const live = createLiveFigures({
    appends,
    totals: {
      duplicates: () => Promise.resolve(state.duplicates),
      rejected: () => state.rejected,
    },
    queueLength: () => state.queue,
    lagSeconds: () => state.lag,
    clock: { nowMs: () => state.now },
  });
  return { state, live, appends };
}

test('a figure is the difference of the counters over the time that passed', async () => {
  const { state, live, appends } = board();
  await live.tick();
  Object.assign(state, {
    now: 2000,
    duplicates: 20,
    rejected: 2,
    queue: 5,
    lag: 0.25,
  });
  appends.note({ events: 13_334, ms: 10 });
  await live.tick();
  expect(live.latest()).toMatchObject({
    at: 2000,
    acceptedPerSecond: 6667,
    duplicatesPerSecond: 10,
    rejectedPerSecond: 1,
    queueLength: 5,
    lagSeconds: 0.25,
  });
  expect(live.latest()!.appendP50Ms).toBeCloseTo(10, 0);
});

test('a second without appends has no percentile', async () => {
  const { state, live } = board();
  for (const now of [0, 1000]) {
    state.now = now;
    await live.tick();
  }
  expect(live.latest()).toMatchObject({ appendP50Ms: null, appendP99Ms: null });
});

test('an hour is kept and listeners hear each figure until they stop', async () => {
  const { state, live } = board();
  const heard: number[] = [];
  const stop = live.onFigure((figure) => heard.push(figure.at));
  for (let second = 0; second <= 3700; second++) {
    state.now = second * 1000;
    if (second === 3) stop();
    await live.tick();
  }
  expect(live.history()).toHaveLength(3600);
  expect(live.history()[0]!.at).toBe(101_000);
  expect(heard).toEqual([1000, 2000]);
});

test('a reading that fails leaves a gap and the next figure covers it', async () => {
  let fail = false;
  const appends = createAppendMeter();
  const state = { now: 0 };
  const live = createLiveFigures({
    appends,
    totals: { duplicates: () => 0, rejected: () => 0 },
    queueLength: () => (fail ? Promise.reject(new Error('gone')) : 0),
    lagSeconds: () => 0,
    clock: { nowMs: () => state.now },
  });
  await live.tick();
  Object.assign(state, { now: 1000 });
  fail = true;
  await expect(live.tick()).rejects.toThrow('gone');
  fail = false;
  state.now = 2000;
  appends.note({ events: 2000, ms: 1 });
  await live.tick();
  expect(live.history()).toHaveLength(1);
  expect(live.latest()!.acceptedPerSecond).toBe(1000);
});

test('percentiles are at most 3.2 % above the value of the same rank', () => {
  const recorder = createLatencyRecorder();
  const values = Array.from({ length: 10_000 }, (_, index) => ((index * 7919) % 10_000) * 0.37);
  for (const value of values) recorder.record(value);
  const sorted = values.toSorted((left, right) => left - right);
  for (const share of [0.01, 0.5, 0.9, 0.95, 0.99, 1]) {
    const exact = sorted[Math.ceil(sorted.length * share) - 1]!;
    const told = recorder.percentile(share)!;
    expect(told).toBeGreaterThanOrEqual(exact - 0.001);
    expect(told).toBeLessThanOrEqual(exact * 1.032 + 0.001);
  }
  recorder.record(1e12);
  expect(recorder.percentile(1)).toBeGreaterThan(2e6);
  recorder.reset();
  expect(recorder.percentile(0.5)).toBeNull();
});
