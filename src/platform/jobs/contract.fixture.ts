/** The contract of jobs as a test suite: every implementation passes it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../../test/support/until.ts';
import type { Queryable } from '../postgres/database.ts';
import type { JobRun, Jobs } from './jobs.ts';

export interface JobsUnderTest {
  /** Jobs of one more process on the same storage. */
  open(options?: { readonly runMsMax?: number }): Jobs;
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** Stops whatever was opened. */
  close(): Promise<void>;
}

const ONE = { concurrency: 1, attemptsMax: 3 };
const FAR = '2100-01-01T00:00:00Z';
let queues = 0;

function freshQueue(): string {
  queues += 1;
  return `test.queue-${queues}`;
}

export function describeJobsContract(name: string, open: () => Promise<JobsUnderTest>): void {
  describe(`the jobs contract: ${name}`, () => {
    let subject: JobsUnderTest;
    beforeAll(async () => {
      subject = await open();
    });
    afterAll(() => subject.close());
    enqueueing(() => subject);
    replacing(() => subject);
    manyAtOnce(() => subject);
    producing(() => subject);
    takingSeveral(() => subject);
    working(() => subject);
    severalProcesses(() => subject);
  });
}

/** A process that notes the payloads it worked on. */
async function worker(
  subject: JobsUnderTest,
  queue: string,
  handler: (run: JobRun) => Promise<void> = async () => {},
): Promise<{ jobs: Jobs; seen: unknown[] }> {
  const jobs = subject.open();
  const seen: unknown[] = [];
  const noting = async (run: JobRun): Promise<void> => {
    seen.push(run.payload);
    await handler(run);
  };
  jobs.work(queue, noting, ONE);
  await jobs.start();
  return { jobs, seen };
}

async function waitingIn(jobs: Jobs, queue: string): Promise<number> {
  return (await jobs.counts()).find((count) => count.queue === queue)?.waiting ?? 0;
}

function enqueueing(subject: () => JobsUnderTest): void {
  test('a job is worked on once its transaction has committed', async () => {
    const queue = freshQueue();
    const { jobs, seen } = await worker(subject(), queue);
    await subject().transaction((tx) => jobs.enqueue(tx, { queue, payload: { n: 1 } }));
    await until('the job', () => seen.length === 1);
    expect(seen).toEqual([{ n: 1 }]);
    await until('an empty queue', async () => (await waitingIn(jobs, queue)) === 0);
  });

  test('a job whose transaction was rolled back never runs', async () => {
    const queue = freshQueue();
    const { jobs, seen } = await worker(subject(), queue);
    const rolledBack = subject().transaction(async (tx) => {
      await jobs.enqueue(tx, { queue, payload: { n: 1 } });
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    await subject().transaction((tx) => jobs.enqueue(tx, { queue, payload: { n: 2 } }));
    await until('the second job', () => seen.length > 0);
    expect(seen).toEqual([{ n: 2 }]);
  });

  test('a job waits for its time', async () => {
    const queue = freshQueue();
    const { jobs, seen } = await worker(subject(), queue);
    const runAt = new Date(Date.now() + 700).toISOString();
    await subject().transaction(async (tx) => {
      await jobs.enqueue(tx, { queue, payload: { far: true }, runAt: FAR });
      await jobs.enqueue(tx, { queue, payload: { due: true }, runAt });
    });
    await until('the job that is due', () => seen.length > 0);
    // Timers count whole milliseconds and may fire one early.
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(runAt) - 1);
    expect(seen).toEqual([{ due: true }]);
    expect(await waitingIn(jobs, queue)).toBe(1);
  });
}

function replacing(subject: () => JobsUnderTest): void {
  test('a job that is said to be the first of its key is found by it, and replaces what waits all the same', async () => {
    const queue = freshQueue();
    const { jobs } = await worker(subject(), queue);
    const job = { queue, key: 'new', isFirst: true, runAt: FAR };
    for (const n of [1, 2])
      await subject().transaction((tx) => jobs.enqueue(tx, { ...job, payload: { n } }));
    expect(await waitingIn(jobs, queue)).toBe(1);
    await subject().transaction((tx) => jobs.cancel(tx, { queue, key: 'new' }));
    expect(await waitingIn(jobs, queue)).toBe(0);
  });

  test('a waiting job of the same key is replaced', async () => {
    const queue = freshQueue();
    const { jobs, seen } = await worker(subject(), queue);
    const set = (n: number, runAt?: string): Promise<void> =>
      subject().transaction((tx) =>
        jobs.enqueue(tx, { queue, key: 'k', payload: { n }, ...(runAt ? { runAt } : {}) }),
      );
    await set(1, FAR);
    await set(2, FAR);
    expect(await waitingIn(jobs, queue)).toBe(1);
    await set(3);
    await until('the newest', () => seen.length > 0);
    expect(seen).toEqual([{ n: 3 }]);
    expect(await waitingIn(jobs, queue)).toBe(0);
  });

  test('two that replace the same job at once leave one', async () => {
    const queue = freshQueue();
    const { jobs } = await worker(subject(), queue);
    const set = (n: number): Promise<void> =>
      subject().transaction((tx) =>
        jobs.enqueue(tx, { queue, key: 'k', payload: { n }, runAt: FAR }),
      );
    await Promise.all(Array.from({ length: 4 }, (_, n) => set(n)));
    expect(await waitingIn(jobs, queue)).toBe(1);
  });

  test('a cancelled job never runs', async () => {
    const queue = freshQueue();
    const { jobs, seen } = await worker(subject(), queue);
    await subject().transaction((tx) =>
      jobs.enqueue(tx, { queue, key: 'k', payload: { n: 1 }, runAt: FAR }),
    );
    await subject().transaction((tx) => jobs.cancel(tx, { queue, key: 'k' }));
    expect(await waitingIn(jobs, queue)).toBe(0);
    expect(seen).toEqual([]);
  });
}

function manyAtOnce(subject: () => JobsUnderTest): void {
  test('many jobs at once replace those that wait under their keys, and run when they are due', async () => {
    const queue = freshQueue();
    const { jobs, seen } = await worker(subject(), queue);
    const all = (n: number, runAt?: string) =>
      ['a', 'b', 'c'].map((key) => ({ key, payload: { key, n }, ...(runAt ? { runAt } : {}) }));
    await subject().transaction((tx) => jobs.enqueueAll(tx, queue, all(1, FAR)));
    await subject().transaction((tx) => jobs.enqueueAll(tx, queue, all(2, FAR).slice(1)));
    expect(await waitingIn(jobs, queue)).toBe(3);
    expect(seen).toEqual([]);
    await subject().transaction((tx) => jobs.enqueueAll(tx, queue, all(3).slice(1)));
    await until('both', () => seen.length > 1);
    expect(seen).toHaveLength(2);
    expect(seen).toEqual(
      expect.arrayContaining(
        all(3)
          .slice(1)
          .map(({ payload }) => payload),
      ),
    );
    expect(await waitingIn(jobs, queue)).toBe(1);
    await subject().transaction((tx) => jobs.enqueueAll(tx, queue, []));
    expect(await waitingIn(jobs, queue)).toBe(1);
  });

  test('many jobs at once go into a queue that nobody has worked on', async () => {
    const queue = freshQueue();
    const jobs = subject().open();
    await jobs.start();
    const all = ['a', 'b'].map((key) => ({ key, payload: { key }, runAt: FAR }));
    await subject().transaction((tx) => jobs.enqueueAll(tx, queue, all));
    expect(await waitingIn(jobs, queue)).toBe(2);
  });
}

function producing(subject: () => JobsUnderTest): void {
  test('a process that works on nothing may enqueue', async () => {
    const queue = freshQueue();
    const producer = subject().open();
    await producer.start();
    await subject().transaction((tx) => producer.enqueue(tx, { queue, payload: { n: 1 } }));
    const { seen } = await worker(subject(), queue);
    await until('the job', () => seen.length === 1);
  });
}

function takingSeveral(subject: () => JobsUnderTest): void {
  test('jobs that are taken several at a time all run, at most so many at once', async () => {
    const queue = freshQueue();
    const jobs = subject().open();
    const seen: unknown[] = [];
    const counts = { running: 0, most: 0 };
    const handler = async ({ payload }: JobRun): Promise<void> => {
      counts.running += 1;
      counts.most = Math.max(counts.most, counts.running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      counts.running -= 1;
      seen.push(payload);
    };
    jobs.work(queue, handler, { concurrency: 3, claimAtLeast: 2, attemptsMax: 1 });
    await jobs.start();
    await subject().transaction(async (tx) => {
      for (let n = 0; n < 8; n += 1) await jobs.enqueue(tx, { queue, payload: { n } });
    });
    await until('all of them', () => seen.length === 8);
    expect(counts.most).toBe(3);
    expect(await waitingIn(jobs, queue)).toBe(0);
  });
}

function working(subject: () => JobsUnderTest): void {
  test('a job that throws is tried again and then given up', async () => {
    const queue = freshQueue();
    const attempts: number[] = [];
    const jobs = subject().open();
    const failing = ({ attempt }: JobRun): Promise<void> => {
      attempts.push(attempt);
      return Promise.reject(new Error('broken'));
    };
    jobs.work(queue, failing, { concurrency: 1, attemptsMax: 2 });
    await jobs.start();
    await subject().transaction((tx) => jobs.enqueue(tx, { queue, payload: {} }));
    const failed = async (): Promise<number> =>
      (await jobs.counts()).find((count) => count.queue === queue)?.failed ?? 0;
    await until('the job to be given up', async () => (await failed()) === 1);
    expect(attempts).toEqual([1, 2]);
    expect(await waitingIn(jobs, queue)).toBe(0);
  });

  test('no more jobs run at a time than allowed', async () => {
    const queue = freshQueue();
    let running = 0;
    let most = 0;
    let done = 0;
    const jobs = subject().open();
    const slow = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
      done += 1;
    };
    jobs.work(queue, slow, { concurrency: 3, attemptsMax: 1 });
    await jobs.start();
    await subject().transaction(async (tx) => {
      for (let n = 0; n < 12; n += 1) await jobs.enqueue(tx, { queue, payload: { n } });
    });
    await until('all jobs', () => done === 12);
    expect(most).toBe(3);
  });

  test('stop waits for the job under way', async () => {
    const queue = freshQueue();
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let ended = false;
    const { jobs, seen } = await worker(subject(), queue, async () => {
      await held;
      ended = true;
    });
    await subject().transaction((tx) => jobs.enqueue(tx, { queue, payload: {} }));
    await until('the job to begin', () => seen.length === 1);
    const stopping = jobs.stop();
    release();
    await stopping;
    expect(ended).toBe(true);
  });
}

function severalProcesses(subject: () => JobsUnderTest): void {
  test('two processes share the jobs, each of which runs once', async () => {
    const queue = freshQueue();
    const seen: unknown[] = [];
    const handler = async ({ payload }: JobRun): Promise<void> => {
      seen.push(payload);
    };
    const [one, two] = [subject().open(), subject().open()];
    for (const jobs of [one, two]) jobs.work(queue, handler, { concurrency: 5, attemptsMax: 1 });
    await Promise.all([one.start(), two.start()]);
    await subject().transaction(async (tx) => {
      for (let n = 0; n < 40; n += 1) await one.enqueue(tx, { queue, payload: { n } });
    });
    await until('all jobs', () => seen.length >= 40);
    await until('an empty queue', async () => (await waitingIn(one, queue)) === 0);
    expect(new Set(seen.map((payload) => JSON.stringify(payload))).size).toBe(40);
    expect(seen).toHaveLength(40);
  });

  test('a job held by a process that hangs runs elsewhere after its time limit', async () => {
    const queue = freshQueue();
    const hanging = subject().open({ runMsMax: 1_000 });
    let claimed = 0;
    const never = (): Promise<void> => {
      claimed += 1;
      return new Promise(() => {});
    };
    hanging.work(queue, never, { concurrency: 1, attemptsMax: 1000 });
    await hanging.start();
    await subject().transaction((tx) => hanging.enqueue(tx, { queue, payload: { n: 1 } }));
    await until('the job to be claimed', () => claimed > 0);
    void hanging.stop();
    const { seen } = await worker(subject(), queue);
    await until('the other process', () => seen.length === 1);
    expect(seen).toEqual([{ n: 1 }]);
  });
}
