/**
 * The killer, a process of its own: owns the server, kills it or all of PostgreSQL with SIGKILL at random moments and
 * brings the server back. A killer inside the load would hit an idle server, since it would be busy killing.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type ServerProcess, startServer } from '../../../test/support/server-process.ts';
import { until } from '../../../test/support/until.ts';
import { type Random, randomOf } from '../random.ts';
import { strike } from '../strike.ts';
import { KILL_TARGETS, type KillerConfig, type KillTarget } from './messages.ts';

/** Milliseconds of life between recovery and the next kill: short enough to hit recoveries, long enough for load. */
const LIFE_MS = { low: 400, high: 2_500 };
const GO_TIMEOUT_MS = 60_000;

async function run(config: KillerConfig): Promise<void> {
  const { dataDir, entry, env } = config;
  const server = await startServer({ dataDir, entry, env });
  const orders = { go: false, stop: false };
  process.on('message', (message) => {
    if (message === 'go') orders.go = true;
    if (message === 'stop') orders.stop = true;
  });
  process.once('disconnect', () => void end(server, 1));
  try {
    process.send?.({ url: server.url, apiKey: server.apiKey });
    await until('the order to go', () => orders.go, { timeoutMs: GO_TIMEOUT_MS });
    const random = randomOf(`${config.seed}/killer`);
    for (let kill = 1; kill <= config.kills; kill += 1) {
      await pause(random.between(LIFE_MS));
      const target = targetOf(config, kill, random);
      const start = performance.now();
      await strike(server, target);
      process.send?.({ kill, target, downMs: Math.round(performance.now() - start) });
    }
    process.send?.('done');
    await until('the order to stop', () => orders.stop, { timeoutMs: 600_000 });
  } catch (error) {
    console.error(error, server.logs().slice(-5_000));
    await end(server, 1);
  }
  await end(server, 0);
}

/** Each target at least once in a run of three kills or more, then at random. */
function targetOf(config: KillerConfig, kill: number, random: Random): KillTarget {
  const targets = config.targets.length > 0 ? config.targets : KILL_TARGETS;
  const index =
    kill <= targets.length ? kill - 1 : random.between({ low: 0, high: targets.length - 1 });
  return targets[index] ?? 'both';
}

async function end(server: ServerProcess, code: number): Promise<void> {
  await server.dispose();
  process.exit(code);
}

// safe because run.ts, the only caller, passes a KillerConfig
await run(JSON.parse(process.argv[2] ?? '{}') as KillerConfig);
