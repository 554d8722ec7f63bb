/** Runs work for a while: as often as is due, or as often as it ends. */
import { setTimeout as delay } from 'node:timers/promises';
import { dueAtMs, dueCount } from '../pacing.ts';

/** Work under way when the time is over must end within this time. */
const DRAIN_TIMEOUT_MS = 60_000;
/** Beyond it the server is far too slow for the pace, and what waits here says nothing more. */
const UNDER_WAY_MAX = 20_000;

export interface Running {
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** Null for a closed loop of `connections` callers. */
  readonly perSecond: number | null;
  readonly connections: number;
  readonly onMeasuring: () => void;
}

/** `number` counts from 0; `dueMs` is the moment of performance.now() that latency counts from. */
export type Work = (number: number, dueMs: number, measured: boolean) => Promise<void>;

export interface Ran {
  /** Milliseconds since the epoch. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly cpuSeconds: number;
}

export async function runWork(running: Running, work: Work): Promise<Ran> {
  const startMs = performance.now();
  const measureMs = startMs + running.warmUpSeconds * 1_000;
  const endMs = measureMs + running.seconds * 1_000;
  const state = { underWay: 0, number: 0, failure: undefined as unknown };
  const one = async (dueMs: number): Promise<void> => {
    const number = state.number++;
    state.underWay += 1;
    try {
      await work(number, dueMs, dueMs >= measureMs && dueMs < endMs);
    } catch (error) {
      state.failure ??= error;
    } finally {
      state.underWay -= 1;
    }
  };
  const measuring = measured(running, measureMs - startMs);
  if (running.perSecond === null)
    await Promise.all(
      Array.from({ length: running.connections }, async () => {
        while (performance.now() < endMs && state.failure === undefined)
          await one(performance.now());
      }),
    );
  else {
    const pace = { startMs, perSecond: running.perSecond };
    for (let now = startMs; now < endMs; now = performance.now()) {
      const due = dueCount(pace, now);
      if (state.failure !== undefined || state.underWay > UNDER_WAY_MAX) break;
      while (state.number < due) void one(dueAtMs(pace, state.number));
      await delay(1);
    }
  }
  const ran = (await measuring)();
  await drained(state);
  if (state.failure !== undefined) throw state.failure;
  return ran;
}

/** Waits for the warm-up; the function that it resolves with ends the measuring time. */
async function measured(running: Running, warmUpMs: number): Promise<() => Ran> {
  await delay(warmUpMs);
  running.onMeasuring();
  const cpu = process.cpuUsage();
  const fromMs = Date.now();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { fromMs, toMs: Date.now(), cpuSeconds: (user + system) / 1e6 };
  };
}

async function drained(state: { readonly underWay: number }): Promise<void> {
  const deadline = performance.now() + DRAIN_TIMEOUT_MS;
  while (state.underWay > 0) {
    if (performance.now() > deadline)
      throw new Error(`${state.underWay} requests were left unanswered for 60 s.`);
    await delay(5);
  }
}
