/**
 * The last hour in figures of one second, kept in the process: what the console shows when no Prometheus is there.
 * A second in which nothing was measured is a gap (null), not a zero.
 */
import type { Clock } from '../../core/clock.ts';
import type { AppendMeter } from './append-meter.ts';

export interface LiveFigure {
  /** Milliseconds since the epoch at the end of the second. */
  readonly at: number;
  /** Events made durable by this process: received ones and those that commands decided. */
  readonly acceptedPerSecond: number;
  readonly duplicatesPerSecond: number;
  readonly rejectedPerSecond: number;
  /** From sending a batch to the database until its commit was known; null in a second without appends. */
  readonly appendP50Ms: number | null;
  readonly appendP95Ms: number | null;
  readonly appendP99Ms: number | null;
  readonly queueLength: number;
  readonly lagSeconds: number;
  readonly rssBytes: number;
  /** Cores in use by this process: 1 is one whole core. */
  readonly cpuCores: number;
}

type Reading = () => number | Promise<number>;

export interface LiveSources {
  readonly appends: AppendMeter;
  /** Counters since the process started; the figures are their differences. */
  readonly totals: {
    readonly duplicates: Reading;
    readonly rejected: Reading;
  };
  readonly queueLength: Reading;
  readonly lagSeconds: Reading;
  readonly clock: Clock;
}

export interface LiveFigures {
  /** Oldest first, at most an hour. */
  history(): readonly LiveFigure[];
  latest(): LiveFigure | undefined;
  /** Calls `listener` with each new figure. Returns the way to stop it. */
  onFigure(listener: (figure: LiveFigure) => void): () => void;
  /** Takes one figure now; `start` calls it every second. */
  tick(): Promise<void>;
  start(): void;
  stop(): void;
}

const TICK_MS = 1000;
/** One hour of seconds, about half a megabyte. */
const FIGURES_MAX = 3600;

export function createLiveFigures(sources: LiveSources): LiveFigures {
  const ring: LiveFigure[] = [];
  const listeners = new Set<(figure: LiveFigure) => void>();
  let timer: NodeJS.Timeout | undefined;
  let ticking = false;
  let before: Snapshot | undefined;

  const tick = async (): Promise<void> => {
    // A slow reading must not let ticks pile up; the next figure then covers the longer time.
    if (ticking) return;
    ticking = true;
    try {
      const now = await snapshot(sources);
      if (before !== undefined && now.at > before.at) {
        const figure = figureOf(before, now, percentiles(sources.appends.latencies));
        sources.appends.latencies.reset();
        ring.push(figure);
        if (ring.length > FIGURES_MAX) ring.shift();
        for (const listener of listeners) listener(figure);
      }
      before = now;
    } finally {
      ticking = false;
    }
  };

  return {
    history: () => [...ring],
    latest: () => ring.at(-1),
    onFigure(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tick,
    start() {
      // A reading that fails leaves a gap of a second; it must not end the process.
      timer ??= setInterval(() => void tick().catch(() => undefined), TICK_MS).unref();
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}

interface Snapshot {
  readonly at: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly queueLength: number;
  readonly lagSeconds: number;
  readonly cpuMicros: number;
}

async function snapshot(sources: LiveSources): Promise<Snapshot> {
  const { totals, appends, clock } = sources;
  const [duplicates, rejected, queueLength, lagSeconds] = await Promise.all([
    totals.duplicates(),
    totals.rejected(),
    sources.queueLength(),
    sources.lagSeconds(),
  ]);
  const { user, system } = process.cpuUsage();
  const counted = { accepted: appends.events, duplicates, rejected, queueLength, lagSeconds };
  return { at: clock.nowMs(), ...counted, cpuMicros: user + system };
}

function percentiles(latencies: { percentile(share: number): number | null }) {
  return {
    appendP50Ms: latencies.percentile(0.5),
    appendP95Ms: latencies.percentile(0.95),
    appendP99Ms: latencies.percentile(0.99),
  };
}

function figureOf(
  before: Snapshot,
  now: Snapshot,
  latencies: Pick<LiveFigure, 'appendP50Ms' | 'appendP95Ms' | 'appendP99Ms'>,
): LiveFigure {
  const seconds = (now.at - before.at) / 1000;
  const rate = (name: 'accepted' | 'duplicates' | 'rejected'): number =>
    Math.max(0, Math.round((now[name] - before[name]) / seconds));
  return {
    at: now.at,
    acceptedPerSecond: rate('accepted'),
    duplicatesPerSecond: rate('duplicates'),
    rejectedPerSecond: rate('rejected'),
    ...latencies,
    queueLength: now.queueLength,
    lagSeconds: now.lagSeconds,
    rssBytes: process.memoryUsage.rss(),
    cpuCores: Math.round(((now.cpuMicros - before.cpuMicros) / 1e6 / seconds) * 1000) / 1000,
  };
}
