/** What is parked, from the command line: a read model and a policy behind the real HTTP server. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { ADMIN_KEY, httpFixture, type HttpFixture } from '../http/fixture.ts';
import { policyRoutes } from '../http/routes-policies.ts';
import { projectionRoutes } from '../http/routes-projections.ts';
import type { EventLog } from '../log/log.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { createMemoryJobs } from '../platform/jobs/memory-jobs.ts';
import type { RunningProjections } from '../projections/create-projections.ts';
import { createMemoryStore } from '../projections/memory/memory-store.ts';
import {
  createWriter,
  projectionsOf,
  trailModel,
  trailsOf,
} from '../projections/projections.fixture.ts';
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
import { EXIT } from './command.ts';
import { runLine, type Ran } from './testing/run-line.ts';

const broken = { current: true };
const model = trailModel({ name: 'test.fragile', broken });
let http: HttpFixture;
let log: EventLog;
let projections: RunningProjections;
let process: TestProcess;

beforeAll(async () => {
  log = createMemoryLog({ bucketCount: 4 });
  const store = createMemoryStore({ bucketCount: 4, clock: systemClock });
  projections = projectionsOf({ log, store, models: [model] });
  await projections.start();
  const policies = laterPolicies(() => process.policies);
  http = await httpFixture({
    moreRoutes: [...projectionRoutes({ projections }), ...policyRoutes({ policies })],
  });
  await writeEvents();
  await countInPolicy();
});

afterAll(async () => {
  await http.close();
  await projections.stop();
  await log.close();
});

async function writeEvents(): Promise<void> {
  const write = createWriter(log);
  for (const tenant of ['acme', 'other']) {
    const position = await write({ tenant, stream: 'notes/a' }, [
      { key: 'a', number: 1 },
      { key: 'a', number: 2, fails: 'project' },
      { key: 'a', number: 3 },
    ]);
    await projections.waitFor(model, { tenant, position }, 30_000);
  }
}

async function countInPolicy(): Promise<void> {
  process = openProcess({
    log: http.log,
    modules: modulesWith([tally((by) => broken.current && by === 13)]),
    jobs: createMemoryJobs({ automatic: false }),
    clock: systemClock,
    subscriptionStore: createMemorySubscriptionStore({
      clock: systemClock,
      bucketCount: http.log.bucketCount,
    }),
    store: createMemoryPolicyStore({ clock: systemClock }),
  });
  await process.subscriptions.begin();
  await createCounters(process.pipeline, ['a']);
  for (const by of [13, 2])
    await ask(process.pipeline, { command: 'Increment', id: 'a', input: { by } });
  await process.subscriptions.drain();
}

const run = (...line: readonly string[]): Promise<Ran> =>
  runLine(['parked', ...line], {
    environment: { COMPTOIR_URL: http.url, COMPTOIR_API_KEY: ADMIN_KEY },
  });
const linesOf = ({ stdout }: Ran): readonly Record<string, unknown>[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const MODEL = ['--model', 'test.fragile'];
const POLICY = ['--policy', 'counters.tally'];

describe('comptoir parked', () => {
  test('lists what waits in every read model and policy, or of one, with the reason', async () => {
    const all = await run('list', '--json');
    expect([all.exit, all.stderr]).toEqual([EXIT.ok, '']);
    const told = linesOf(all).map((line) =>
      [line['model'] ?? line['policy'], line['tenant']].map(String).join(' '),
    );
    expect(told.toSorted()).toEqual([
      ...Array(2).fill(`counters.tally ${TENANT}`),
      ...Array(2).fill('test.fragile acme'),
      ...Array(2).fill('test.fragile other'),
    ]);
    const ofOne = (await run('list', ...MODEL, '--tenant', 'acme')).stdout.split('\n');
    expect(ofOne).toHaveLength(3);
    expect(ofOne[0]).toMatch(
      /^model test\.fragile {2}acme {2}notes\/a {2}2 .* project: RangeError {2}1 try$/,
    );
    expect((await run('list', ...POLICY)).stdout).toMatch(
      /^policy counters\.tally {2}\S+ {2}counters\/a {2}\d+ .*REACT_FAILED/,
    );
  });

  test('shows the events of one stream, and wants the tenant where several have it', async () => {
    const shown = await run('show', 'notes/a', ...MODEL, '--tenant', 'other');
    expect(shown.exit).toBe(EXIT.ok);
    expect(shown.stdout).toContain('reason    project: RangeError');
    expect(shown.stdout).toContain('reason    waits behind the one before it');
    const several = await run('show', 'notes/a', ...MODEL);
    expect(several).toMatchObject({ exit: EXIT.usage, stdout: '' });
    expect(several.stderr).toContain('--tenant, one of acme, other');
  });

  test('what still fails ends a retry with 1 and says why', async () => {
    const ofModel = await run('retry', 'notes/a', ...MODEL, '--tenant', 'acme');
    expect(ofModel).toMatchObject({
      exit: EXIT.failed,
      stderr: 'Retried; 2 still parked. The first failed again: project: RangeError.\n',
    });
    const ofPolicy = await run('retry', 'counters/a', ...POLICY);
    expect([ofPolicy.exit, ofPolicy.stderr]).toEqual([
      EXIT.failed,
      'Retried; 2 still parked. The first failed again: REACT_FAILED.\n',
    ]);
  });

  test('a skip gives up the first, a retry after the repair handles what waits', async () => {
    const skipped = await run('skip', 'notes/a', ...MODEL, '--tenant', 'acme', '--json');
    expect(skipped.exit).toBe(EXIT.ok);
    expect(linesOf(skipped)).toEqual([
      { model: 'test.fragile', tenant: 'acme', stream: 'notes/a', left: 0 },
    ]);
    expect(skipped.stderr).toContain('nothing of this stream is parked any more');
    broken.current = false;
    // Of one tenant only now: it need not be named.
    expect((await run('retry', 'notes/a', ...MODEL)).exit).toBe(EXIT.ok);
    expect((await run('retry', 'counters/a', ...POLICY)).exit).toBe(EXIT.ok);
    expect(await trailsOf(projections, model, { tenant: 'acme' })).toEqual({ a: [1, 3] });
    expect(await trailsOf(projections, model, { tenant: 'other' })).toEqual({ a: [1, 2, 3] });
    expect(await run('list')).toEqual({
      exit: EXIT.ok,
      stdout: '',
      stderr: 'Nothing is parked.\n',
    });
    const gone = await run('retry', 'notes/a', ...MODEL);
    expect(gone.exit).toBe(EXIT.failed);
    expect(gone.stderr).toContain('Nothing of "notes/a" is parked in model test.fragile.');
  });

  test('a name that nobody has is the refusal of the server, a wrong line is one of usage', async () => {
    const unknown = await run('list', '--model', 'no.such');
    expect([unknown.exit, unknown.stderr.includes('NOT_FOUND')]).toEqual([EXIT.failed, true]);
    for (const line of [
      ['retry', 'notes/a'],
      ['retry', ...MODEL],
      ['forget', 'notes/a', ...MODEL],
      ['list', ...MODEL, ...POLICY],
    ])
      expect([line, (await run(...line)).exit]).toEqual([line, EXIT.usage]);
  });
});
