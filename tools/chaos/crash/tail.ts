/**
 * Readers of GET /v1/events/tail, a process of its own: each follows one tenant from before its first event, comes
 * back with Last-Event-ID whenever the connection ends, and writes down what it saw in the order it saw it.
 */
import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { openStream } from '../event-stream.ts';
import { jsonObject } from '../http-client.ts';
import { type Random, randomOf } from '../random.ts';
import type { TailRecord } from './history.ts';
import type { TailConfig, TailGoals, TailPlan } from './messages.ts';

const RECONNECT_PAUSE_MS = 100;
/** A reader that has not caught up this long after the load ended never will; the checker then says what it missed. */
const CATCH_UP_TIMEOUT_MS = 15_000;

/** After the last event a reader stays this long, so that one repeated at the end is seen. */
const LINGER_MS = 500;

/** Mutable: the goals come when the load has ended. */
const orders: { goals: TailGoals | null; deadline: number } = { goals: null, deadline: Infinity };

interface Follower {
  readonly url: string;
  readonly plan: TailPlan;
  readonly random: Random;
  readonly seen: { id: string; position: number }[];
  lastEventId: string;
  readonly end: AbortController;
}

async function follow(url: string, plan: TailPlan, random: Random): Promise<TailRecord> {
  const end = new AbortController();
  const follower: Follower = { url, plan, random, seen: [], lastEventId: plan.after, end };
  let doneAt = Infinity;
  const watch = setInterval(() => {
    if (doneAt === Infinity && hasSeenAll(follower)) doneAt = performance.now() + LINGER_MS;
    if (performance.now() > Math.min(doneAt, orders.deadline)) end.abort();
  }, RECONNECT_PAUSE_MS);
  while (!end.signal.aborted) {
    // Broken connections are the point of the exercise: killed servers, starting ones, our own breaks.
    await readUntilBroken(follower).catch(() => {});
    await pause(RECONNECT_PAUSE_MS);
  }
  clearInterval(watch);
  return { name: plan.name, tenant: plan.tenant, seen: follower.seen };
}

function hasSeenAll({ plan, seen }: Follower): boolean {
  const goal = orders.goals?.[plan.tenant];
  return goal !== undefined && (seen.at(-1)?.position ?? 0) >= goal;
}

/** One connection, from the event after the last one seen. */
async function readUntilBroken(follower: Follower): Promise<void> {
  const { url, plan, lastEventId, end } = follower;
  const where = { url: `${url}/v1/events/tail`, apiKey: plan.apiKey };
  for await (const message of openStream({ ...where, lastEventId, signal: end.signal })) {
    if (message.event !== 'message') continue;
    const event = jsonObject(message.data);
    follower.seen.push({ id: String(event['id']), position: Number(event['position']) });
    follower.lastEventId = message.id;
    if (follower.random.chance(plan.breakShare)) return;
  }
}

async function run(config: TailConfig): Promise<void> {
  const records = await Promise.all(
    config.tails.map((plan) => follow(config.url, plan, randomOf(`${config.seed}/${plan.name}`))),
  );
  await writeFile(
    config.recordsPath,
    records.map((record) => `${JSON.stringify(record)}\n`).join(''),
  );
}

process.on('message', (message) => {
  // safe because run.ts sends nothing but TailGoals
  orders.goals = message as TailGoals;
  orders.deadline = performance.now() + CATCH_UP_TIMEOUT_MS;
});
process.once('disconnect', () => process.exit(1));
// safe because run.ts, the only caller, passes a TailConfig
await run(JSON.parse(process.argv[2] ?? '{}') as TailConfig);
process.exit(0);
