import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { openWorkerPool, type Job, type PoolOptions, type WorkerPool } from './worker-pool.ts';

const CAPS = { taskMsMax: 60_000, cpuMsMax: 10_000, residentBytesMax: 400 * 2 ** 20, heapMb: 64 };
let parent = '';
let pool: WorkerPool;

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'comptoir-workers-'));
});
afterEach(async () => {
  await pool.stop();
  await rm(parent, { recursive: true, force: true });
});

async function open(changes: Partial<PoolOptions> = {}): Promise<WorkerPool> {
  pool = await openWorkerPool({
    script: new URL('behaviours.fixture.ts', import.meta.url),
    caps: CAPS,
    nodeOptions: [],
    size: 1,
    waitingMax: 10,
    folder: path.join(parent, 'jobs'),
    ...changes,
  });
  return pool;
}

function run(task: unknown, changes: Partial<Job<unknown>> = {}) {
  return pool.run<unknown>({
    task,
    prepare: () => Promise.resolve(),
    collect: (result) => Promise.resolve(result),
    ...changes,
  });
}

function folders(): Promise<readonly string[]> {
  return readdir(path.join(parent, 'jobs'));
}

test('a warm child does one job after another', async () => {
  await open();
  const first = await run('pid');
  expect(first).toMatchObject({ kind: 'done' });
  expect(await run('pid')).toEqual(first);
});

test('what a job writes is collected, and its folder is gone afterwards', async () => {
  await open();
  const shares: number[] = [];
  const outcome = await run('write', {
    collect: (_result, folder) => readFile(path.join(folder, 'out'), 'utf8'),
    progress: (share) => shares.push(share),
  });
  expect(outcome).toEqual({ kind: 'done', result: 'written' });
  expect(shares).toEqual([0.5]);
  expect(await folders()).toEqual([]);
});

test('the child finds nothing in its environment', async () => {
  process.env['COMPTOIR_MASTER_KEY_CANARY'] = 'secret';
  await open();
  const { result } = (await run('environment')) as { result: string[] };
  delete process.env['COMPTOIR_MASTER_KEY_CANARY'];
  expect(result.filter((name) => !name.startsWith('NODE_CHANNEL'))).toEqual([]);
});

describe('a child is replaced after', () => {
  test.each([
    ['a refusal', 'refuse', { kind: 'refused', code: 'UNREADABLE' }],
    ['an error', 'throw', { kind: 'failed', detail: 'broken' }],
    ['its own exit', 'exit', { kind: 'failed' }],
  ])('%s', async (_what, task, expected) => {
    await open();
    const before = await run('pid');
    expect(await run(task)).toMatchObject(expected);
    const after = await run('pid');
    expect(after.kind).toBe('done');
    expect(after).not.toEqual(before);
    expect(await folders()).toEqual([]);
  });

  test.each([
    { what: 'more time than it may take', task: 'hang', caps: { taskMsMax: 2_000 }, cap: 'time' },
    { what: 'more CPU than it may use', task: 'spin', caps: { cpuMsMax: 300 }, cap: 'cpu' },
    {
      what: 'more memory than it may hold',
      task: 'eat',
      caps: { residentBytesMax: 200 * 2 ** 20 },
      cap: 'memory',
    },
  ])('$what', async ({ task, caps, cap }) => {
    await open({ caps: { ...CAPS, ...caps } });
    expect(await run(task)).toEqual({ kind: 'capped', cap });
    expect(await run('still here')).toEqual({ kind: 'done', result: 'still here' });
    expect(await folders()).toEqual([]);
  });

  test('a kill from outside in the middle of a job', async () => {
    await open();
    let begun = false;
    const hanging = run('hang', {
      progress() {
        begun = true;
      },
    });
    await until('the task to be taken up', () => begun);
    process.kill(pool.pids[0]!, 'SIGKILL');
    expect(await hanging).toMatchObject({ kind: 'failed', begun: true });
    expect(await run('next')).toEqual({ kind: 'done', result: 'next' });
  });
});

test('a child that is killed before it takes the task up costs the task nothing', async () => {
  await open();
  const first = run('pid');
  await until('a child', () => pool.pids.length === 1);
  process.kill(pool.pids[0]!, 'SIGKILL');
  expect(await first).toMatchObject({ kind: 'done' });
  const [idle = 0] = pool.pids;
  process.kill(idle, 'SIGKILL');
  expect(await run('next')).toEqual({ kind: 'done', result: 'next' });
});

test('jobs beyond the bound are refused at once, the others all run', async () => {
  await open({ size: 2, waitingMax: 3 });
  const results = await Promise.allSettled(Array.from({ length: 8 }, (_, each) => run(each)));
  const refused = results.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(3);
  for (const each of refused) expect(each).toMatchObject({ reason: { code: 'OVERLOADED' } });
});

test('a job that is given up ends, waiting or running', async () => {
  await open();
  const running = new AbortController();
  const waiting = new AbortController();
  const first = run('hang', { signal: running.signal });
  const second = run('never', { signal: waiting.signal });
  const refusals = [
    expect(first).rejects.toMatchObject({ code: 'UNAVAILABLE' }),
    expect(second).rejects.toMatchObject({ code: 'UNAVAILABLE' }),
  ];
  waiting.abort();
  running.abort();
  await Promise.all(refusals);
  expect(await run('next')).toEqual({ kind: 'done', result: 'next' });
  expect(pool.waiting).toBe(0);
});

test('a failing preparation leaves no folder and takes no child', async () => {
  await open();
  const broken = run('x', { prepare: () => Promise.reject(new Error('cut')) });
  await expect(broken).rejects.toThrow('cut');
  expect(await folders()).toEqual([]);
  expect(pool.running).toBe(0);
});

test('stopping ends children and jobs and leaves nothing behind', async () => {
  await open();
  const hanging = expect(run('hang')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  const waiting = expect(run('x')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await until('a child', () => pool.pids.length === 1);
  const [pid = 0] = pool.pids;
  await pool.stop();
  await Promise.all([hanging, waiting]);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(await readdir(parent)).toEqual([]);
});

test('folders left by a server that was killed are gone after the next start', async () => {
  await open();
  await mkdtemp(path.join(parent, 'jobs', 'job-'));
  await pool.stop();
  await mkdtemp(path.join(parent, 'job-')).then((left) => rm(left, { recursive: true }));
  await open();
  expect(await folders()).toEqual([]);
});

test('a child without the permission to use the network cannot connect', async () => {
  const readable = ['--allow-fs-read=*', `--allow-fs-write=${parent}`];
  await open({ nodeOptions: ['--permission', ...readable] });
  expect(await run('connect')).toEqual({ kind: 'done', result: 'ERR_ACCESS_DENIED' });
});
