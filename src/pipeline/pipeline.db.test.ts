/** The pipeline over the real log: what two processes do to one stream. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { until } from '../../test/support/until.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import { openPostgresLog, type PostgresLog } from '../log/postgres/postgres-log.ts';
import {
  accountsModule,
  asking,
  deposit,
  done,
  eventsOf,
  open,
  openPipeline,
  stateOf,
  TENANT,
  withdraw,
} from './fixture.ts';
import type { Pipeline } from './pipeline.ts';
import { createPostgresSnapshots } from './snapshots/postgres-snapshots.ts';

let db: TestDatabase;
const closing: { close(): Promise<void> }[] = [];
beforeAll(async () => {
  db = await testDatabase({ connectionsMax: 20 });
});
afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close();
});
afterAll(() => db.drop());

/** A process of its own: a log and a pipeline. */
async function startProcess(
  options: { stateVersion?: number; events?: number } = {},
): Promise<{ log: PostgresLog; pipeline: Pipeline }> {
  const log = await openPostgresLog({
    database: db.database,
    dedupeWindowSeconds: 60,
    dedupeKeysMax: 1_000,
    maintenance: false,
  });
  const bucketOf = (tenant: string): number => log.bucketOf(tenant);
  const pipeline = openPipeline({
    log,
    reader: log,
    modules: [accountsModule(options.stateVersion)],
    snapshots: createPostgresSnapshots({ database: db.database, bucketOf }),
    limits: { snapshots: { events: options.events ?? 50 } },
  });
  closing.push(log, pipeline);
  return { log, pipeline };
}

const versionsOf = async (log: PostgresLog, id: string) =>
  (await eventsOf(log, id)).map(({ streamVersion }) => Number(streamVersion));
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

test('of equal requests in two processes one is done and both get its answer', async () => {
  const [one, two] = [await startProcess(), await startProcess()];
  for (let round = 0; round < 10; round += 1) {
    const key = { idempotencyKey: `twice-${round}` };
    const answers = await Promise.all([one, two].map(({ pipeline }) => open(pipeline, null, key)));
    const [first, second] = answers.map(done);
    expect({ ...first, replayed: null }).toEqual({ ...second, replayed: null });
    expect(answers.filter(({ replayed }) => replayed)).toHaveLength(1);
    expect(await versionsOf(one.log, first!.id)).toEqual([1]);
    expect(await open(one.pipeline, null, key)).toEqual({ ...first, replayed: true });
  }
});

test('answers survive the process, for events, refusals and commands that changed nothing', async () => {
  const one = await startProcess();
  const ask = async (pipeline: Pipeline) => [
    await open(pipeline, 'kept', { idempotencyKey: 'open' }),
    await withdraw(pipeline, 'kept', { idempotencyKey: 'withdraw' }),
    await pipeline.handle(asking(['Look', 'kept'], {}, { idempotencyKey: 'look' })),
    await deposit(pipeline, 'kept', { commandId: 'policy-1' }),
  ];
  const first = await ask(one.pipeline);
  expect(first.map(({ replayed }) => replayed)).toEqual([false, false, false, false]);
  const two = await startProcess();
  expect(await ask(two.pipeline)).toEqual(first.map((answer) => ({ ...answer, replayed: true })));
  expect(await versionsOf(two.log, 'kept')).toEqual([1, 2]);
});

test('a hot stream takes hundreds of commands at once without an error, in order and once each', async () => {
  const { log, pipeline } = await startProcess();
  await open(pipeline, 'hot');
  const answers = await Promise.all(Array.from({ length: 400 }, () => deposit(pipeline, 'hot')));
  const versions = answers.map((answer) => Number(done(answer).version)).sort((a, b) => a - b);
  expect(versions).toEqual(upTo(401).slice(1));
  expect(await versionsOf(log, 'hot')).toEqual(upTo(401));
  expect(await stateOf(pipeline, 'hot')).toMatchObject({ balance: 400 });
  const { rows } = await db.database.query<{ commits: bigint }>({
    text: `select count(distinct e.recorded_at) as commits from log_stream_events e
            where e.tenant = $1 and e.stream = 'accounts/hot'`,
    values: [TENANT],
  });
  expect(Number(rows[0]!.commits)).toBeLessThan(40);
});

test('two processes on one hot stream append every command once, and refuse what the balance does not bear', async () => {
  const [one, two] = [await startProcess(), await startProcess()];
  await open(one.pipeline, 'shared');
  await deposit(one.pipeline, 'shared', { amount: 100 });
  const processes = [one, two];
  const answers = await Promise.all(
    Array.from({ length: 240 }, (_, i) => withdraw(processes[i % 2]!.pipeline, 'shared')),
  );
  expect(answers.filter(({ status }) => status === 'done')).toHaveLength(100);
  expect(answers.filter(({ status }) => status === 'refused')).toHaveLength(140);
  expect(await versionsOf(one.log, 'shared')).toEqual(upTo(102));
  expect(await stateOf(two.pipeline, 'shared')).toMatchObject({ balance: 0 });
});

test('transfers to and fro in two processes lose and double nothing', async () => {
  const processes = [await startProcess(), await startProcess()];
  const ids = ['ta', 'tb', 'tc'];
  for (const id of ids) {
    await open(processes[0]!.pipeline, id);
    await deposit(processes[0]!.pipeline, id, { amount: 50 });
  }
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, i) =>
      processes[i % 2]!.pipeline.handle(
        asking(['Transfer', ids[i % 3]!], { to: ids[(i + 1 + (i % 2)) % 3]!, amount: 1 }),
      ),
    ),
  );
  expect(answers.every(({ status }) => status === 'done')).toBe(true);
  const states = await Promise.all(ids.map((id) => stateOf(processes[1]!.pipeline, id)));
  expect(states.reduce((sum, { balance }) => sum + balance, 0)).toBe(150);
});

test('a state from snapshot and tail is the same as that from all events, by hash', async () => {
  const { pipeline } = await startProcess({ events: 50 });
  await open(pipeline, 'long');
  for (let i = 0; i < 8; i += 1)
    await Promise.all(
      Array.from({ length: 30 }, (_, k) => deposit(pipeline, 'long', { amount: k + 1 })),
    );
  const count = await until('a snapshot', async () => {
    const { rows } = await db.database.query<{ version: bigint }>({
      text: `select version from snapshots where tenant = $1 and stream = 'accounts/long'`,
      values: [TENANT],
    });
    return rows[0]?.version;
  });
  expect(Number(count)).toBeGreaterThan(20);
  const fromSnapshot = await (await startProcess()).pipeline.load(TENANT, 'accounts', 'long');
  // Another version of the module has no snapshots: it folds everything.
  const fromAll = await (
    await startProcess({ stateVersion: 2 })
  ).pipeline.load(TENANT, 'accounts', 'long');
  const hot = await pipeline.load(TENANT, 'accounts', 'long');
  expect(fromSnapshot.version).toBe(241n);
  expect(canonicalJson(fromSnapshot.state)).toBe(canonicalJson(fromAll.state));
  expect(canonicalJson(hot.state)).toBe(canonicalJson(fromAll.state));
  expect([fromSnapshot.at, hot.at]).toEqual([fromAll.at, fromAll.at]);
});

test('a snapshot damaged in its row is ignored, and the next one heals it', async () => {
  const first = await startProcess({ events: 20 });
  await open(first.pipeline, 'damaged');
  for (let i = 0; i < 30; i += 1) await deposit(first.pipeline, 'damaged');
  await first.pipeline.close();
  await db.database.query({
    text: `update snapshots set state = '{"balance":1000000}'::bytea where stream = 'accounts/damaged'`,
  });
  const second = await startProcess({ events: 20 });
  expect(await stateOf(second.pipeline, 'damaged')).toMatchObject({ balance: 30, entries: 31 });
  await deposit(second.pipeline, 'damaged');
  await second.pipeline.close();
  const third = await startProcess();
  expect(await stateOf(third.pipeline, 'damaged')).toMatchObject({ balance: 31 });
  const { rows } = await db.database.query<{ version: bigint }>({
    text: `select version from snapshots where stream = 'accounts/damaged'`,
  });
  expect(rows[0]!.version).toBe(32n);
});
