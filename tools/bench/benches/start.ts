/**
 * start: from spawning the process to the first 200 of /health/ready, on a fresh data directory, after a clean stop,
 * and after kill -9 of the server and all of its PostgreSQL under full load.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { BenchResult } from '../fields.ts';
import { startLoad } from '../load/client.ts';
import { createScope } from '../scope.ts';
import type { Scope } from '../scope.ts';
import type { BenchServer } from '../server.ts';
import { startServer } from '../server.ts';
import { significant, spreadOf } from '../statistics.ts';
import type { BenchContext } from './context.ts';
import { batchPhase } from './phases.ts';

/** Load before the kill: the longer, the more WAL there is to replay, up to what one checkpoint leaves. */
const SECONDS = 20;
/** A load that outlives the kill is told to stop; this only bounds it. */
const LOAD_MARGIN_SECONDS = 60;

export async function start(context: BenchContext): Promise<BenchResult> {
  const { options, scope } = context;
  const rounds = [];
  for (let index = 0; index < options.rounds; index += 1) {
    const inner = createScope(scope.say);
    scope.defer(() => inner.close());
    const round = await runRound(context, inner);
    await inner.close();
    rounds.push(round);
    scope.say(
      `round ${index + 1}: first ${Math.round(round.firstMs)} ms, clean ${Math.round(round.cleanMs)} ms, ` +
        `after kill ${Math.round(round.afterKillMs)} ms (${round.eventsBeforeKill} events before)`,
    );
  }
  const worst = (values: readonly number[]): number => significant(spreadOf(values).max);
  const range = (values: readonly number[]): number[] => {
    const { min, max } = spreadOf(values);
    return [significant(min), significant(max)];
  };
  const first = rounds.map(({ firstMs }) => firstMs);
  const clean = rounds.map(({ cleanMs }) => cleanMs);
  const afterKill = rounds.map(({ afterKillMs }) => afterKillMs);
  return {
    firstMs: worst(first),
    cleanMs: worst(clean),
    afterKillMs: worst(afterKill),
    firstMsRange: range(first),
    cleanMsRange: range(clean),
    afterKillMsRange: range(afterKill),
    eventsBeforeKill: rounds.map(({ eventsBeforeKill }) => eventsBeforeKill),
  };
}

async function runRound(context: BenchContext, scope: Scope) {
  const first = await startServer(scope);
  const again = await sameData(scope, first);
  await first.stop();
  const clean = await again();
  const loadedSeconds = context.options.seconds ?? SECONDS;
  const client = startLoad();
  scope.defer(() => client.close());
  const phase = batchPhase(clean, context.options, {
    firstEvent: 0,
    seconds: loadedSeconds + LOAD_MARGIN_SECONDS,
    lossExpected: true,
  });
  const flowing = Promise.withResolvers<void>();
  const load = client.run(phase, { onMeasuring: () => flowing.resolve() });
  // The process that loads takes its time to start: the seconds count from when it sends.
  await Promise.race([load, flowing.promise.then(() => delay(loadedSeconds * 1000))]);
  await clean.kill();
  client.stop();
  const result = await load;
  if (result.total.accepted === 0) throw new Error('There was no load when the server was killed.');
  const afterKill = await again();
  return {
    firstMs: first.readyMs,
    cleanMs: clean.readyMs,
    afterKillMs: afterKill.readyMs,
    eventsBeforeKill: result.total.accepted,
  };
}

/** How to start again on the data of `server`. */
async function sameData(scope: Scope, server: BenchServer): Promise<() => Promise<BenchServer>> {
  const isOutside = process.env['COMPTOIR_DATABASE_URL'] !== undefined;
  const externalUrl = await server.databaseUrl();
  return () =>
    startServer(scope, { dataDir: server.dataDir, ...(isOutside ? { externalUrl } : {}) });
}
