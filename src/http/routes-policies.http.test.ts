import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { createMemoryJobs } from '../platform/jobs/memory-jobs.ts';
import { createMemorySubscriptionStore } from '../subscriptions/durable/memory/memory-subscription-store.ts';
import { modulesWith, tally } from '../subscriptions/policies/fixture.ts';
import { createMemoryPolicyStore } from '../subscriptions/policies/memory/memory-policy-store.ts';
import {
  ask,
  createCounters,
  laterPolicies,
  openProcess,
  TENANT,
  type TestProcess,
} from '../subscriptions/policies/process.fixture.ts';
import { httpFixture, type HttpFixture } from './fixture.ts';
import { policyRoutes } from './routes-policies.ts';

const LANE = { tenant: TENANT, lane: 'counters/a' };
let fixture: HttpFixture;
let process: TestProcess;
let broken = true;

beforeAll(async () => {
  const policies = laterPolicies(() => process.policies);
  fixture = await httpFixture({ moreRoutes: policyRoutes({ policies }) });
  const { log } = fixture;
  process = openProcess({
    log,
    modules: modulesWith([tally((by) => broken && by === 13)]),
    jobs: createMemoryJobs({ automatic: false }),
    clock: systemClock,
    subscriptionStore: createMemorySubscriptionStore({
      clock: systemClock,
      bucketCount: log.bucketCount,
    }),
    store: createMemoryPolicyStore({ clock: systemClock }),
  });
  await process.subscriptions.begin();
  await createCounters(process.pipeline, ['a']);
  for (const by of [1, 13, 2])
    await ask(process.pipeline, { command: 'Increment', id: 'a', input: { by } });
  await process.subscriptions.drain();
});

afterAll(() => fixture.close());

test('status tells how far each policy is and what is parked', async () => {
  const { status, body } = await fixture.json('/v1/policies');
  expect(status).toBe(200);
  expect(body.items).toEqual([
    {
      name: 'counters.tally',
      lagSeconds: 0,
      behindEvents: 0,
      suspended: false,
      parked: 2,
      timers: 0,
      done: 1,
      refused: 0,
      lastRefusal: null,
    },
  ]);
});

test('what is parked is listed with its reason, retried and freed', async () => {
  const { body } = await fixture.json('/v1/policies/counters.tally/parked?limit=1');
  expect(body.items).toMatchObject([{ ...LANE, reason: 'REACT_FAILED', timer: null, attempts: 1 }]);
  const post = (word: string) =>
    fixture.json(`/v1/policies/counters.tally/${word}`, { method: 'POST', body: LANE });
  expect(await post('retry')).toMatchObject({ status: 200, body: { left: 2 } });
  broken = false;
  expect(await post('retry')).toMatchObject({ status: 200, body: { left: 0 } });
  expect(await post('skip')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
});

test('a policy can be resumed; an unknown one is not found', async () => {
  const resume = (name: string) => fixture.call(`/v1/policies/${name}/resume`, { method: 'POST' });
  expect((await resume('counters.tally')).status).toBe(204);
  expect((await resume('none')).status).toBe(404);
});

test.each([
  ['GET', '/v1/policies', undefined],
  ['GET', '/v1/policies/counters.tally/parked', undefined],
  ['POST', '/v1/policies/counters.tally/retry', LANE],
  ['POST', '/v1/policies/counters.tally/skip', LANE],
  ['POST', '/v1/policies/counters.tally/resume', undefined],
])('%s %s is refused to keys of other tenants', async (method, path, body) => {
  const key = await fixture.tenant(`tenant-${crypto.randomUUID().slice(0, 8)}`);
  const answer = await fixture.json(path, { method, body, key });
  expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
});

test.each([{ tenant: TENANT }, { ...LANE, more: 1 }, { tenant: '', lane: 'x' }])(
  'a retry of %j is refused',
  async (body) => {
    const path = '/v1/policies/counters.tally/retry';
    const answer = await fixture.json(path, { method: 'POST', body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
  },
);
