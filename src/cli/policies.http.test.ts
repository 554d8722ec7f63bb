/** Policies from the command line, behind the real HTTP server: how far they are, and one that was suspended. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { ADMIN_KEY, httpFixture, type HttpFixture } from '../http/fixture.ts';
import { policyRoutes } from '../http/routes-policies.ts';
import { createMemoryJobs } from '../platform/jobs/memory-jobs.ts';
import { createMemorySubscriptionStore } from '../subscriptions/durable/memory/memory-subscription-store.ts';
import type { SubscriptionStore } from '../subscriptions/durable/subscription-store.ts';
import { modulesWith, tally } from '../subscriptions/policies/fixture.ts';
import { createMemoryPolicyStore } from '../subscriptions/policies/memory/memory-policy-store.ts';
import { subscriberName } from '../subscriptions/policies/policies.ts';
import {
  laterPolicies,
  openProcess,
  type TestProcess,
} from '../subscriptions/policies/process.fixture.ts';
import { EXIT } from './command.ts';
import { runLine, type Ran } from './testing/run-line.ts';

const NAME = 'counters.tally';
let http: HttpFixture;
let process: TestProcess;
let store: SubscriptionStore;

beforeAll(async () => {
  const policies = laterPolicies(() => process.policies);
  http = await httpFixture({ moreRoutes: policyRoutes({ policies }) });
  const { log } = http;
  store = createMemorySubscriptionStore({ clock: systemClock, bucketCount: log.bucketCount });
  process = openProcess({
    log,
    modules: modulesWith([tally(() => false)]),
    jobs: createMemoryJobs({ automatic: false }),
    clock: systemClock,
    subscriptionStore: store,
    store: createMemoryPolicyStore({ clock: systemClock }),
  });
  await process.subscriptions.begin();
});
afterAll(() => http.close());

const run = (...line: readonly string[]): Promise<Ran> =>
  runLine(['policies', ...line], {
    environment: { COMPTOIR_URL: http.url, COMPTOIR_API_KEY: ADMIN_KEY },
  });

test('a policy that was suspended says so in the list, and goes on once it is resumed', async () => {
  const runs = `${NAME}  runs  0 events behind  0 parked  0 timers  0 done  0 refused\n`;
  expect(await run('list')).toEqual({ exit: EXIT.ok, stdout: runs, stderr: '' });
  await store.suspend({ bucket: 1, name: subscriberName(NAME) });
  expect((await run()).stdout).toMatch(/^counters\.tally {2}suspended {2}/);
  expect(JSON.parse((await run('list', '--json')).stdout)).toMatchObject({
    name: NAME,
    suspended: true,
  });
  expect(await run('resume', NAME)).toEqual({
    exit: EXIT.ok,
    stdout: '',
    stderr: `${NAME} goes on within seconds.\n`,
  });
  expect((await run('list')).stdout).toBe(runs);
  expect(JSON.parse((await run('resume', NAME, '--json')).stdout)).toEqual({ policy: NAME });
});

test('a name that nobody has is the refusal of the server, a wrong line is one of usage', async () => {
  const unknown = await run('resume', 'no.such');
  expect([unknown.exit, unknown.stderr.includes('NOT_FOUND')]).toEqual([EXIT.failed, true]);
  for (const line of [['resume'], ['list', NAME], ['forget', NAME]])
    expect([line, (await run(...line)).exit]).toEqual([line, EXIT.usage]);
});
