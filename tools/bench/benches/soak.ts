/**
 * soak: memory over three dedupe windows at 10,000 events a second, with no key kept beyond the window. A server that
 * forgets as fast as it learns is flat over the last two windows.
 */
import type { BenchResult } from '../fields.ts';
import { percentileMs } from '../histogram.ts';
import { assertRan, startLoad } from '../load/client.ts';
import { OFFERED_SHARE } from '../pacing.ts';
import { descendantsOf, POSTGRES_NAME, readProcesses, residentMb } from '../process-table.ts';
import { subjectOf } from '../measure.ts';
import { startServer } from '../server.ts';
import { significant, slopeOf, spreadOf } from '../statistics.ts';
import type { BenchContext } from './context.ts';
import { keyBytes } from './key-bytes.ts';
import { batchPhase, perSecond } from './phases.ts';

const WINDOWS = 3;
const WINDOW_SECONDS = 180;
const EVENTS_PER_SECOND = 10_000;
const SAMPLE_MS = 1_000;
/** Memory is a saw-tooth of the collector; the median of a block takes the teeth off before the slope is fitted. */
const BLOCK_SECONDS = 10;
const SECONDS_PER_HOUR = 3_600;

interface Sample {
  readonly seconds: number;
  readonly megabytes: number;
}

export async function soak({ options, scope }: BenchContext): Promise<BenchResult> {
  const windowSeconds =
    options.seconds === undefined
      ? WINDOW_SECONDS
      : Math.max(10, Math.round(options.seconds / WINDOWS));
  if (windowSeconds !== WINDOW_SECONDS)
    scope.say(
      `the dedupe window is shortened to ${windowSeconds} s: ${WINDOWS} of them are the run`,
    );
  const server = await startServer(scope, {
    environment: {
      COMPTOIR_DEDUPE_WINDOW: String(windowSeconds),
      COMPTOIR_DEDUPE_KEYS: '0',
    },
  });
  const subject = await subjectOf(scope, server);
  // Now, not after nine minutes, is the time to learn that the server does not tell.
  await keyBytes(subject, windowSeconds);
  const client = startLoad();
  scope.defer(() => client.close());
  const samples: Sample[] = [];
  const startMs = performance.now();
  const sampler = setInterval(() => {
    const seconds = (performance.now() - startMs) / 1000;
    samples.push({ seconds, megabytes: serverMemoryMb(server.pid) });
  }, SAMPLE_MS);
  scope.defer(() => clearInterval(sampler));
  const load = await client.run(
    batchPhase(server, options, {
      firstEvent: 0,
      seconds: WINDOWS * windowSeconds,
      eventsPerSecond: EVENTS_PER_SECOND * OFFERED_SHARE,
    }),
  );
  clearInterval(sampler);
  assertRan(load, 'the soak');
  const keys = await keyBytes(subject, windowSeconds);
  const { slope, standardError } = slopeOf(blocksOf(samples, windowSeconds));
  const perHour = slope * SECONDS_PER_HOUR;
  const errorPerHour = standardError * SECONDS_PER_HOUR;
  return {
    windowSeconds,
    eventsPerSecond: significant(perSecond(load)),
    p99Ms: significant(percentileMs(load.latency, 0.99)),
    refused: load.total.refused,
    rssMaxMb: significant(Math.max(...samples.map(({ megabytes }) => megabytes))),
    rssSlopeMbPerHour: significant(perHour),
    rssSlopeStandardErrorMbPerHour: significant(errorPerHour),
    rssSlopeBeyondNoiseMbPerHour: significant(perHour - 2 * errorPerHour),
    rssByWindowMb: Array.from({ length: WINDOWS }, (_, index) =>
      rangeOf(samples, { from: index * windowSeconds, to: (index + 1) * windowSeconds }),
    ),
    ...keys,
  };
}

/** The server and its helpers, without PostgreSQL. */
function serverMemoryMb(pid: number): number {
  return descendantsOf(readProcesses(), pid)
    .filter(({ name }) => name !== POSTGRES_NAME)
    .reduce((sum, entry) => sum + residentMb(entry.pid), 0);
}

/** Medians of blocks of the last two windows. */
function blocksOf(samples: readonly Sample[], windowSeconds: number): { x: number; y: number }[] {
  const late = samples.filter(({ seconds }) => seconds >= windowSeconds);
  const block = Math.max(1, Math.min(BLOCK_SECONDS, windowSeconds / 10));
  const groups = Map.groupBy(late, ({ seconds }) => Math.floor(seconds / block));
  return [...groups].map(([index, group]) => ({
    x: (index + 0.5) * block,
    y: spreadOf(group.map(({ megabytes }) => megabytes)).median,
  }));
}

function rangeOf(samples: readonly Sample[], { from, to }: { from: number; to: number }): number[] {
  const within = samples.filter(({ seconds }) => seconds >= from && seconds < to);
  const { min, median, max } = spreadOf(within.map(({ megabytes }) => megabytes));
  return [min, median, max].map((value) => significant(value));
}
