import { beforeEach, describe, expect, test } from 'vitest';
import { Failure } from '../../core/errors.ts';
import { jsonDraftOf } from '../../core/event.ts';
import type { Policy } from '../../core/policy.ts';
import { createMemoryLog, type MemoryLog } from '../../log/memory/memory-log.ts';
import { createMemoryJobs, createMemoryJobStorage } from '../../platform/jobs/memory-jobs.ts';
import type { MemoryJobs } from '../../platform/jobs/memory-jobs.ts';
import { createMemorySubscriptionStore } from '../durable/memory/memory-subscription-store.ts';
import type { PolicyPoint } from './answer-event.ts';
import { echo, METER_READ, modulesWith, tally, TOO_MUCH, watch } from './fixture.ts';
import { createMemoryPolicyStore } from './memory/memory-policy-store.ts';
import {
  alarm,
  ask,
  counter,
  createCounters,
  openProcess,
  person,
  TENANT,
  type ProcessOptions,
  type Storage,
  type TestProcess,
} from './process.fixture.ts';

const HOUR_MS = 3600_000;
let nowMs: number;
const clock = { nowMs: () => nowMs };
let log: MemoryLog;
let storage: Storage;
let jobStorage: ReturnType<typeof createMemoryJobStorage>;

beforeEach(() => {
  nowMs = Date.UTC(2026, 0, 1);
  log = createMemoryLog({ bucketCount: 2, clock });
  storage = {
    log,
    subscriptionStore: createMemorySubscriptionStore({ clock, bucketCount: 2 }),
    store: createMemoryPolicyStore({ clock }),
  };
  jobStorage = createMemoryJobStorage();
});

async function start(
  policies: readonly Policy[],
  options: Partial<ProcessOptions> = {},
): Promise<TestProcess & { jobs: MemoryJobs }> {
  const jobs = createMemoryJobs({ storage: jobStorage, clock, automatic: false });
  const modules = modulesWith(policies);
  const process = openProcess({ ...storage, modules, jobs, clock, ...options });
  await process.subscriptions.begin();
  return { ...process, jobs };
}

function add(process: TestProcess, id: string, by: number): Promise<unknown> {
  return ask(process.pipeline, { command: 'Increment', id, input: { by } });
}

/** Throws once at the n-th passing of a point. */
function crashAt(point: PolicyPoint, nth = 1): (point: PolicyPoint) => void {
  let passed = 0;
  return (reached) => {
    if (reached === point && (passed += 1) === nth) throw new Error(`crash at ${point}`);
  };
}

describe('commands', () => {
  test('each event is answered once, in order within its stream', async () => {
    const process = await start([tally()]);
    await createCounters(process.pipeline, ['a']);
    for (const by of [1, 2, 3]) await add(process, 'a', by);
    await process.subscriptions.drain();
    await process.subscriptions.drain();
    expect(await counter(process.pipeline, 'total')).toMatchObject({ total: 6, digits: ',1,2,3' });
    expect(await process.policies.status()).toMatchObject([{ name: 'counters.tally', done: 3 }]);
  });

  test('a command names the event it answers, the chain and the policy', async () => {
    const process = await start([tally()]);
    await createCounters(process.pipeline, ['a']);
    await add(process, 'a', 1);
    await process.subscriptions.drain();
    const page = { afterVersion: 0n, limit: 10 };
    const of = (id: string) =>
      process.pipeline.history({ tenant: TENANT, category: 'counters', id }, page);
    const cause = (await of('a')).entries.at(-1);
    const effect = (await of('total')).entries.at(-1);
    expect(effect).toMatchObject({
      actor: 'policy:counters.tally',
      causationId: cause?.eventId,
      correlationId: cause?.correlationId,
    });
  });

  test.each<PolicyPoint>(['before-command', 'after-command', 'before-checkpoint'])(
    'a crash %s neither loses nor doubles a command',
    async (point) => {
      const crashing = await start([tally()], {
        reached: crashAt(point, point === 'before-checkpoint' ? 1 : 2),
      });
      await createCounters(crashing.pipeline, ['a', 'b']);
      for (const by of [1, 2, 3]) await add(crashing, 'a', by);
      await add(crashing, 'b', 4);
      await expect(crashing.subscriptions.drain()).rejects.toThrow('crash');
      const next = await start([tally()]);
      await next.subscriptions.drain();
      const { total, digits } = await counter(next.pipeline, 'total');
      expect(total).toBe(10);
      expect(digits.replace(',4', '')).toBe(',1,2,3');
      expect(await next.policies.status()).toMatchObject([{ done: 4, parked: 0 }]);
    },
  );

  test('without derived ids a crash would double a command: the test above can fail', async () => {
    const forgetful: ProcessOptions['around'] = (pipeline) => ({
      handle: (request) => pipeline.handle({ ...request, commandId: crypto.randomUUID() }),
    });
    const options = { around: forgetful };
    const crashing = await start([tally()], { ...options, reached: crashAt('before-checkpoint') });
    await createCounters(crashing.pipeline, ['a']);
    await add(crashing, 'a', 1);
    await expect(crashing.subscriptions.drain()).rejects.toThrow('crash');
    const next = await start([tally()], options);
    await next.subscriptions.drain();
    expect((await counter(next.pipeline, 'total')).total).toBe(2);
  });

  test('an answer found again counts though the stream would refuse it today', async () => {
    const crashing = await start([watch(HOUR_MS)], { reached: crashAt('after-command') });
    await createCounters(crashing.pipeline, ['a']);
    for (const by of [1, 2, 3]) await add(crashing, 'a', by);
    await expect(crashing.subscriptions.drain()).rejects.toThrow('crash');
    const next = await start([watch(HOUR_MS)]);
    await next.subscriptions.drain();
    expect(await next.policies.status()).toMatchObject([{ done: 1, refused: 0, timers: 1 }]);
  });

  test('two processes that handle the same events give each command once', async () => {
    const [one, two] = [await start([tally()]), await start([tally()])];
    await createCounters(one.pipeline, ['a', 'b', 'c']);
    for (const id of ['a', 'b', 'c']) for (const by of [1, 2]) await add(one, id, by);
    await Promise.all([one.subscriptions.drain(), two.subscriptions.drain()]);
    await Promise.all([one.subscriptions.drain(), two.subscriptions.drain()]);
    expect((await counter(one.pipeline, 'total')).total).toBe(9);
    expect(await one.policies.status()).toMatchObject([{ done: 6 }]);
  });

  test('a refusal is an answer: it is counted and the next event is handled', async () => {
    const process = await start([tally()]);
    await createCounters(process.pipeline, ['a']);
    for (const by of [TOO_MUCH, 1]) await add(process, 'a', by);
    await process.subscriptions.drain();
    expect((await counter(process.pipeline, 'total')).digits).toBe(',1');
    expect(await process.policies.status()).toMatchObject([
      { done: 1, refused: 1, lastRefusal: 'TOO_MUCH', parked: 0 },
    ]);
  });

  test('a passing failure keeps the order and parks nothing', async () => {
    let failures = 12;
    const around: ProcessOptions['around'] = (pipeline) => ({
      handle: (request) => {
        if ((failures -= 1) >= 0) return Promise.reject(new Failure('OVERLOADED', 'full'));
        return pipeline.handle(request);
      },
    });
    const process = await start([tally()], { around });
    await createCounters(process.pipeline, ['a']);
    for (const by of [1, 2, 3]) await add(process, 'a', by);
    await expect(process.subscriptions.drain()).rejects.toThrow('full');
    await expect(process.subscriptions.drain()).rejects.toThrow('full');
    await process.subscriptions.drain();
    expect((await counter(process.pipeline, 'total')).digits).toBe(',1,2,3');
    expect(await process.policies.status()).toMatchObject([{ parked: 0 }]);
  });

  test('received events reach a policy only under the types it declares', async () => {
    const process = await start([tally()]);
    await createCounters(process.pipeline, []);
    const meter = (id: string, type: string) =>
      jsonDraftOf({ id, source: '/meter', type }, { by: 5 });
    await log.appendReceived(TENANT, [
      meter('1', METER_READ),
      meter('2', 'meter.other'),
      // As if the guard at the door had failed: a received event never passes for a decided one.
      meter('3', 'comptoir.counter.incremented.v1'),
    ]);
    await process.subscriptions.drain();
    expect((await counter(process.pipeline, 'total')).digits).toBe(',5');
  });

  test('a policy of one tenant never acts in another', async () => {
    const process = await start([tally()]);
    await createCounters(process.pipeline, ['a']);
    await createCounters(process.pipeline, ['a'], 'other');
    await add(process, 'a', 1);
    await process.subscriptions.drain();
    expect((await counter(process.pipeline, 'total', 'other')).total).toBe(0);
  });
});

describe('parking', () => {
  test('a throw parks the event and what follows in its stream; other streams go on', async () => {
    const process = await start([tally((by) => by === 13)]);
    await createCounters(process.pipeline, ['a', 'b']);
    for (const by of [1, 13, 2]) await add(process, 'a', by);
    await add(process, 'b', 5);
    await process.subscriptions.drain();
    await add(process, 'a', 3);
    await process.subscriptions.drain();
    expect((await counter(process.pipeline, 'total')).total).toBe(6);
    const parked = await process.policies.parked('counters.tally', 10);
    expect(parked.map(({ lane, reason }) => [lane, reason])).toEqual([
      ['counters/a', 'REACT_FAILED'],
      ['counters/a', 'behind'],
      ['counters/a', 'behind'],
    ]);
  });

  test('a retry of a repaired policy answers in order and frees the stream', async () => {
    let broken = true;
    const process = await start([tally((by) => broken && by === 13)]);
    await createCounters(process.pipeline, ['a']);
    for (const by of [13, 2]) await add(process, 'a', by);
    await process.subscriptions.drain();
    const lane = { tenant: TENANT, lane: 'counters/a' };
    expect(await process.policies.retry('counters.tally', lane)).toEqual({ left: 2 });
    expect(await process.policies.parked('counters.tally', 1)).toMatchObject([{ attempts: 2 }]);
    broken = false;
    expect(await process.policies.retry('counters.tally', lane)).toEqual({ left: 0 });
    await add(process, 'a', 4);
    await process.subscriptions.drain();
    expect((await counter(process.pipeline, 'total')).digits).toBe(',13,2,4');
  });

  test('skip gives up one event and answers those behind it', async () => {
    const process = await start([tally((by) => by === 13)]);
    await createCounters(process.pipeline, ['a']);
    for (const by of [13, 2, 13, 3]) await add(process, 'a', by);
    await process.subscriptions.drain();
    const lane = { tenant: TENANT, lane: 'counters/a' };
    expect(await process.policies.skip('counters.tally', lane)).toEqual({ left: 2 });
    expect(await process.policies.skip('counters.tally', lane)).toEqual({ left: 0 });
    expect((await counter(process.pipeline, 'total')).digits).toBe(',2,3');
    await expect(process.policies.skip('counters.tally', lane)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('a command that does not fit parks the event with its code', async () => {
    const process = await start([tally()]);
    await ask(process.pipeline, { command: 'CreateCounter', id: 'a' });
    await add(process, 'a', 1);
    await process.subscriptions.drain();
    const [row] = await process.policies.parked('counters.tally', 10);
    expect(row).toMatchObject({ reason: 'NOT_FOUND', lane: 'counters/a' });
  });

  test('policies that answer one another for ever are parked as a loop', async () => {
    const process = await start([echo]);
    await createCounters(process.pipeline, ['a']);
    await ask(process.pipeline, { command: 'Bounce', id: 'a' });
    await process.subscriptions.drain();
    expect((await counter(process.pipeline, 'a')).bounces).toBe(17);
    const [row] = await process.policies.parked('counters.echo', 10);
    expect(row).toMatchObject({ reason: 'POLICY_LOOP' });
  });

  test('a chunk that parks behind an event that was freed meanwhile is handled again', async () => {
    let broken = true;
    const policy = tally((by) => broken && by === 13);
    const process = await start([policy]);
    await createCounters(process.pipeline, ['a']);
    await add(process, 'a', 13);
    await process.subscriptions.drain();
    await add(process, 'a', 2);
    broken = false;
    const lane = { tenant: TENANT, lane: 'counters/a' };
    const retried: Promise<unknown>[] = [];
    const late = await start([policy], {
      reached: (point) => {
        if (point === 'before-checkpoint' && retried.length === 0) {
          retried.push(Promise.resolve());
          throw new Error('meanwhile');
        }
      },
    });
    await expect(late.subscriptions.drain()).rejects.toThrow('meanwhile');
    await process.policies.retry('counters.tally', lane);
    await late.subscriptions.drain();
    expect((await counter(process.pipeline, 'total')).digits).toBe(',13,2');
    expect(await process.policies.parked('counters.tally', 10)).toEqual([]);
  });
});

describe('process managers and timers', () => {
  async function thrice(process: TestProcess): Promise<void> {
    await createCounters(process.pipeline, ['a']);
    for (const by of [1, 1, 1]) await add(process, 'a', by);
    await process.subscriptions.drain();
  }

  test('state is folded by key and a timer fires when it is due', async () => {
    const process = await start([watch(HOUR_MS)]);
    await thrice(process);
    expect(await alarm(process.pipeline, 'a')).toEqual({ raised: true, escalations: 0 });
    nowMs += HOUR_MS - 1;
    expect(await process.jobs.runDue()).toBe(0);
    nowMs += 1;
    expect(await process.jobs.runDue()).toBe(1);
    expect(await alarm(process.pipeline, 'a')).toMatchObject({ escalations: 1 });
    expect(await process.policies.status()).toMatchObject([{ timers: 0, done: 2 }]);
  });

  test('a queue whose clock is ahead gives no command before its time', async () => {
    const ahead = { nowMs: () => nowMs + 400 };
    const jobs = createMemoryJobs({ storage: jobStorage, clock: ahead, automatic: false });
    const pause = async (ms: number): Promise<void> => {
      nowMs += ms;
    };
    const process = await start([watch(HOUR_MS)], { jobs, pause });
    const dueMs = nowMs + HOUR_MS;
    await thrice(process);
    nowMs = dueMs - 300;
    await jobs.runDue();
    const stream = { tenant: TENANT, category: 'alarms', id: 'alarm-a' };
    const { entries } = await process.pipeline.history(stream, { afterVersion: 0n, limit: 10 });
    expect(entries.at(-1)).toMatchObject({
      type: 'AlarmEscalated',
      at: new Date(dueMs).toISOString(),
    });
  });

  test('a timer that is set again moves', async () => {
    const process = await start([watch(HOUR_MS)]);
    await thrice(process);
    nowMs += HOUR_MS / 2;
    await add(process, 'a', 1);
    await process.subscriptions.drain();
    nowMs += HOUR_MS / 2;
    await process.jobs.runDue();
    expect(await alarm(process.pipeline, 'a')).toMatchObject({ escalations: 0 });
    nowMs += HOUR_MS / 2;
    await process.jobs.runDue();
    expect(await alarm(process.pipeline, 'a')).toMatchObject({ escalations: 1 });
  });

  test('a cancelled timer never fires', async () => {
    const process = await start([watch(HOUR_MS)]);
    await thrice(process);
    await ask(process.pipeline, { command: 'Acknowledge', id: 'alarm-a' });
    await process.subscriptions.drain();
    nowMs += 2 * HOUR_MS;
    expect(await process.jobs.runDue()).toBe(0);
    expect(await alarm(process.pipeline, 'a')).toMatchObject({ escalations: 0 });
  });

  test('a timer killed after its command gives the command once', async () => {
    const crashing = await start([watch(HOUR_MS)], { reached: crashAt('after-timer') });
    await thrice(crashing);
    nowMs += HOUR_MS;
    await crashing.jobs.runDue();
    expect(await crashing.policies.status()).toMatchObject([{ timers: 1 }]);
    const next = await start([watch(HOUR_MS)]);
    nowMs += HOUR_MS;
    expect(await next.jobs.runDue()).toBe(1);
    expect(await alarm(next.pipeline, 'a')).toMatchObject({ escalations: 1 });
    expect(await next.policies.status()).toMatchObject([{ timers: 0 }]);
  });

  test('a crash before the checkpoint sets the timer once and folds the state once', async () => {
    const crashing = await start([watch(HOUR_MS)], { reached: crashAt('before-checkpoint') });
    await createCounters(crashing.pipeline, ['a']);
    for (const by of [1, 1, 1]) await add(crashing, 'a', by);
    await expect(crashing.subscriptions.drain()).rejects.toThrow('crash');
    const next = await start([watch(HOUR_MS)]);
    await next.subscriptions.drain();
    await add(next, 'a', 1);
    await next.subscriptions.drain();
    expect(await next.jobs.counts()).toEqual([{ queue: 'policies.timers', waiting: 1, failed: 0 }]);
    const history = await next.pipeline.load(TENANT, 'alarms', 'alarm-a');
    expect(history.version).toBe(1n);
  });

  test('the payload of a timer names the event and holds nothing of it', async () => {
    const process = await start([watch(HOUR_MS)]);
    await thrice(process);
    const [job] = [...jobStorage.jobs.values()];
    expect(Object.keys(JSON.parse(job!.payload) as object).sort()).toEqual([
      'bucket',
      'lane',
      'policy',
      'position',
      'tenant',
      'timer',
    ]);
  });

  /** Runs the timer again and again, with pauses longer than any between two attempts. */
  async function runDueOften(
    process: { readonly jobs: MemoryJobs },
    times: number,
  ): Promise<number> {
    let ran = 0;
    for (let run = 0; run < times; run += 1) {
      nowMs += 100 * HOUR_MS;
      ran += await process.jobs.runDue();
    }
    return ran;
  }

  test('a timer that failed for a day is parked with its reason, and a retry gives its command', async () => {
    let isDown = true;
    const around: ProcessOptions['around'] = (pipeline) => ({
      async handle(request) {
        if (isDown && request.command === 'Escalate') throw new Failure('UNAVAILABLE', 'Down.');
        return pipeline.handle(request);
      },
    });
    const process = await start([watch(HOUR_MS)], { around });
    await thrice(process);
    expect(await runDueOften(process, 16)).toBe(16);
    expect(await process.policies.parked('counters.watch', 10)).toEqual([]);
    expect(await runDueOften(process, 4)).toBe(1);
    expect(await process.policies.status()).toMatchObject([{ parked: 1, timers: 1 }]);
    const [row] = await process.policies.parked('counters.watch', 10);
    expect(row).toMatchObject({ reason: 'UNAVAILABLE', timer: 'escalate' });
    await expect(process.policies.retry('counters.watch', row!)).rejects.toThrow('Down.');
    isDown = false;
    expect(await process.policies.retry('counters.watch', row!)).toEqual({ left: 0 });
    expect(await alarm(process.pipeline, 'a')).toMatchObject({ escalations: 1 });
    expect(await process.policies.status()).toMatchObject([{ parked: 0, timers: 0 }]);
  });

  test('a timer whose last attempt could not be parked is parked by the next run', async () => {
    const crashing = await start([watch(HOUR_MS)], {
      reached: (point) => {
        if (point === 'after-timer') throw new Error('crash');
      },
    });
    await thrice(crashing);
    await runDueOften(crashing, 16);
    // The last attempt ends its process: the job is not finished and is claimed once more.
    for (const job of jobStorage.jobs.values()) job.attempts = 17;
    await runDueOften(crashing, 1);
    const [row] = await crashing.policies.parked('counters.watch', 10);
    expect(row).toMatchObject({ reason: 'TIMER_GIVEN_UP', timer: 'escalate' });
    const next = await start([watch(HOUR_MS)]);
    expect(await next.policies.retry('counters.watch', row!)).toEqual({ left: 0 });
    expect(await alarm(next.pipeline, 'a')).toMatchObject({ escalations: 1 });
  });

  test('a timer that no policy knows any more is parked and can be skipped', async () => {
    const process = await start([watch(HOUR_MS)]);
    await thrice(process);
    nowMs += HOUR_MS;
    const renamed: Policy = { ...watch(HOUR_MS), react: () => [] };
    const next = await start([renamed]);
    await next.jobs.runDue();
    const [row] = await next.policies.parked('counters.watch', 10);
    expect(row).toMatchObject({ reason: 'TIMER_UNKNOWN', timer: 'escalate' });
    // It does not block the events of its key.
    await add(next, 'a', 1);
    await next.subscriptions.drain();
    expect(await next.policies.parked('counters.watch', 10)).toHaveLength(1);
    await next.policies.skip('counters.watch', row!);
    expect(await next.policies.status()).toMatchObject([{ parked: 0, timers: 0 }]);
  });
});

test('an unknown policy is not found', async () => {
  const { policies } = await start([tally()]);
  const lane = { tenant: TENANT, lane: 'x' };
  for (const asked of [
    policies.parked('none', 1),
    policies.retry('none', lane),
    policies.skip('none', lane),
    policies.resume('none'),
  ])
    await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(person(TENANT).scopes.has('admin')).toBe(false);
});
