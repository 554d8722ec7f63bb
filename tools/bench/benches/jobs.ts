/**
 * jobs: what the job queue costs and how soon it is. Enqueued in transactions of ours, one job each, by a few callers;
 * worked off by 20 at a time; picked up by the process that enqueued and by another; what looking for work costs while
 * there is none.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { createJobs } from '../../../src/platform/jobs/boss-jobs.ts';
import type { Jobs } from '../../../src/platform/jobs/jobs.ts';
import type { LogHost } from '../embedded-log.ts';
import { startLogHost } from '../embedded-log.ts';
import type { BenchResult } from '../fields.ts';
import { createHistogram, percentileMs, record } from '../histogram.ts';
import type { Scope } from '../scope.ts';
import { significant } from '../statistics.ts';
import type { BenchContext } from './context.ts';

const SECONDS = 8;
const CALLERS = 4;
const CONCURRENCY = 20;
const PICKUPS = 40;
/** Longer than the queue's quick looking after an enqueue, so that each pickup begins from rest. */
const BETWEEN_PICKUPS_MS = 600;
const QUEUE = 'bench';

export async function jobs({ options, scope }: BenchContext): Promise<BenchResult> {
  const host = await startLogHost(scope);
  const seconds = (options.seconds ?? SECONDS) / 2;
  const producer = await open(scope, host, null);
  const enqueued = await enqueue(host, producer, seconds);
  scope.say(`enqueued ${enqueued.count}, ${Math.round(enqueued.micros)} us of CPU each`);
  const worked = await workOff(scope, host, enqueued.count);
  scope.say(
    `worked off at ${Math.round(worked.perSecond)}/s, ${Math.round(worked.micros)} us each`,
  );
  const pickup = await pickUps(scope, host, producer);
  const idle = await idling(host, seconds);
  return {
    enqueuedPerSecond: significant(enqueued.count / seconds),
    enqueueCpuMicros: significant(enqueued.micros),
    workedPerSecond: significant(worked.perSecond),
    workCpuMicros: significant(worked.micros),
    pickupP95Ms: pickup,
    idleCpuMsPerSecond: significant(idle),
  };
}

async function open(
  scope: Scope,
  host: LogHost,
  handler: ((payload: unknown) => void) | null,
): Promise<Jobs> {
  const opened = createJobs({ databaseUrl: host.url });
  const options = { concurrency: CONCURRENCY, attemptsMax: 3 };
  if (handler !== null) opened.work(QUEUE, async ({ payload }) => handler(payload), options);
  await opened.start();
  scope.defer(() => opened.stop());
  return opened;
}

async function enqueue(
  host: LogHost,
  producer: Jobs,
  seconds: number,
): Promise<{ readonly count: number; readonly micros: number }> {
  const before = cpuOf(host);
  const endMs = performance.now() + seconds * 1000;
  let count = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < endMs) {
      const payload = { n: (count += 1) };
      await host.database.transaction((tx) => producer.enqueue(tx, { queue: QUEUE, payload }));
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return { count, micros: ((cpuOf(host) - before) * 1e6) / count };
}

async function workOff(
  scope: Scope,
  host: LogHost,
  count: number,
): Promise<{ readonly perSecond: number; readonly micros: number }> {
  const before = cpuOf(host);
  const startMs = performance.now();
  let done = 0;
  const worker = await open(scope, host, () => (done += 1));
  while (done < count) await delay(5);
  const seconds = (performance.now() - startMs) / 1000;
  await worker.stop();
  return { perSecond: count / seconds, micros: ((cpuOf(host) - before) * 1e6) / count };
}

/** Milliseconds from before the transaction to the handler. */
async function pickUps(
  scope: Scope,
  host: LogHost,
  elsewhere: Jobs,
): Promise<{ readonly same: number; readonly other: number }> {
  let taken = (): void => {};
  const worker = await open(scope, host, () => {
    taken();
  });
  const measure = async (from: Jobs): Promise<number> => {
    const histogram = createHistogram();
    for (let n = 0; n < PICKUPS; n += 1) {
      await delay(BETWEEN_PICKUPS_MS * Math.random());
      const startMs = performance.now();
      const arrived = new Promise<void>((resolve) => {
        taken = resolve;
      });
      const payload = { n };
      await host.database.transaction((tx) => from.enqueue(tx, { queue: QUEUE, payload }));
      await arrived;
      record(histogram, (performance.now() - startMs) * 1000);
    }
    return significant(percentileMs(histogram, 0.95));
  };
  return { same: await measure(worker), other: await measure(elsewhere) };
}

/** CPU of this process and PostgreSQL in a second without work; one worker polls. */
async function idling(host: LogHost, seconds: number): Promise<number> {
  await delay(1_000);
  const before = cpuOf(host);
  await delay(seconds * 1000);
  return ((cpuOf(host) - before) * 1000) / seconds;
}

function cpuOf(host: LogHost): number {
  const { node, postgres } = host.cpuSeconds();
  return node + postgres;
}
