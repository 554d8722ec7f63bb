import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { until } from '../../../test/support/until.ts';
import type { Policy } from '../../core/policy.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { PolicyPoint } from './answer-event.ts';
import { openDatabaseProcess, type DatabaseProcess } from './database-process.fixture.ts';
import { echo, modulesWith, tally, watch } from './fixture.ts';
import { alarm, ask, counter, createCounters } from './process.fixture.ts';

const SCRIPT = path.join(import.meta.dirname, 'database-process.fixture.ts');
/** Leases of a killed process expire within 6 s, its jobs within 2 + 5 s here. */
const TAKEOVER = { timeoutMs: 60_000 };
let held: TestDatabase;
let running: DatabaseProcess[] = [];

beforeAll(async () => {
  held = await testDatabase();
});

afterEach(async () => {
  await Promise.all(running.map((process) => process.stop()));
  running = [];
  await held.database.query({
    text: 'truncate subscription_checkpoints, subscription_leases, policy_states, policy_parked, policy_timers, policy_counts',
  });
});

afterAll(() => held.drop());

async function open(policies: readonly Policy[]): Promise<DatabaseProcess> {
  const process = await openDatabaseProcess({ url: held.url, modules: modulesWith(policies) });
  running.push(process);
  return process;
}

let counters = 0;
function freshId(): string {
  counters += 1;
  return `c${counters}`;
}

async function add(pipeline: Pipeline, id: string, amounts: readonly number[]): Promise<void> {
  for (const by of amounts) await ask(pipeline, { command: 'Increment', id, input: { by } });
}

async function totalBefore(pipeline: Pipeline): Promise<number> {
  return (await counter(pipeline, 'total')).total;
}

/** Runs the policies in a process of their own until it has killed itself at the point. */
async function runUntilKilled(point: PolicyPoint, escalateAfterMs: number): Promise<void> {
  const child = spawn(process.execPath, [SCRIPT, held.url, point, String(escalateAfterMs)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}

test.each<PolicyPoint>(['after-command', 'before-checkpoint'])(
  'a process killed %s neither loses nor doubles a command',
  async (point) => {
    const policies = [tally(), watch(3600_000)];
    const next = await open(policies);
    const { pipeline } = next;
    const id = freshId();
    await createCounters(pipeline, [id]);
    const before = await totalBefore(pipeline);
    await next.subscriptions.begin();
    await add(pipeline, id, [1, 2, 4]);
    await runUntilKilled(point, 3600_000);
    await next.start();
    await until(
      'what the killed process left',
      async () => {
        const status = await next.policies.status();
        return status.every(({ behindEvents }) => behindEvents === 0n);
      },
      TAKEOVER,
    );
    expect((await totalBefore(pipeline)) - before).toBe(7);
    expect(await alarm(pipeline, id)).toEqual({ raised: true, escalations: 0 });
    const status = await next.policies.status();
    expect(status.map(({ done, refused, parked }) => [done, refused, parked])).toEqual([
      [3, 0, 0],
      [1, 0, 0],
    ]);
  },
);

test('two processes answer each event once', async () => {
  const [one, two] = [await open([tally()]), await open([tally()])];
  const { pipeline } = one;
  const ids = [freshId(), freshId(), freshId(), freshId()];
  await createCounters(pipeline, ids);
  const before = await totalBefore(pipeline);
  await Promise.all([one.start(), two.start()]);
  await Promise.all(ids.map((id) => add(pipeline, id, [1, 2, 3])));
  const done = async (): Promise<number> => (await one.policies.status())[0]?.done ?? 0;
  await until('all answers', async () => (await done()) === 12);
  expect((await totalBefore(pipeline)) - before).toBe(24);
});

test('a loop of policies is parked', async () => {
  const one = await open([echo]);
  const id = freshId();
  await createCounters(one.pipeline, [id]);
  await one.start();
  await ask(one.pipeline, { command: 'Bounce', id });
  const rows = await until('the loop', async () => {
    const parked = await one.policies.parked('counters.echo', 10);
    return parked.length > 0 && parked;
  });
  expect(rows).toMatchObject([{ reason: 'POLICY_LOOP', lane: `counters/${id}` }]);
  expect((await counter(one.pipeline, id)).bounces).toBe(17);
});

test('a timer fires once across two processes', async () => {
  const policies = [watch(500)];
  const [one, two] = [await open(policies), await open(policies)];
  const ids = [freshId(), freshId(), freshId()];
  await createCounters(one.pipeline, ids);
  await Promise.all([one.start(), two.start()]);
  for (const id of ids) await add(one.pipeline, id, [1, 1, 1]);
  const status = async () => (await one.policies.status())[0];
  await until('all timers', async () => {
    const now = await status();
    return now?.done === 6 && now.timers === 0;
  });
  for (const id of ids) expect(await alarm(one.pipeline, id)).toMatchObject({ escalations: 1 });
});

test('a timer that was due while no server ran fires after the start', async () => {
  const id = freshId();
  const first = await openDatabaseProcess({ url: held.url, modules: modulesWith([watch(300)]) });
  await createCounters(first.pipeline, [id]);
  await first.subscriptions.begin();
  await first.jobs.start();
  await add(first.pipeline, id, [1, 1, 1]);
  await first.subscriptions.drain();
  await first.stop();
  const next = await open([watch(300)]);
  await next.start();
  await until('the timer', async () => (await alarm(next.pipeline, id)).escalations > 0);
  expect(await alarm(next.pipeline, id)).toMatchObject({ escalations: 1 });
  await until('its end', async () => (await next.policies.status())[0]?.timers === 0);
});

test('a process killed after the command of a timer leaves one escalation', async () => {
  const next = await open([tally(), watch(100)]);
  const id = freshId();
  await createCounters(next.pipeline, [id]);
  await next.subscriptions.begin();
  await add(next.pipeline, id, [1, 1, 1]);
  await runUntilKilled('after-timer', 100);
  expect(await alarm(next.pipeline, id)).toMatchObject({ escalations: 1 });
  await next.start();
  const watching = async () =>
    (await next.policies.status()).find(({ name }) => name === 'counters.watch');
  await until('the end of the timer', async () => (await watching())?.timers === 0, TAKEOVER);
  expect(await alarm(next.pipeline, id)).toMatchObject({ escalations: 1 });
});
