import { expect, test } from 'vitest';
import { describeJobsContract } from './contract.fixture.ts';
import type { Jobs } from './jobs.ts';
import { createMemoryJobs, createMemoryJobStorage } from './memory-jobs.ts';
import { inMemoryTransaction } from './memory-transaction.ts';

describeJobsContract('memory', async () => {
  const storage = createMemoryJobStorage();
  const opened: Jobs[] = [];
  return {
    open(options = {}) {
      const jobs = createMemoryJobs({ ...options, storage });
      opened.push(jobs);
      return jobs;
    },
    transaction: inMemoryTransaction,
    async close() {
      await Promise.all(opened.map((jobs) => jobs.stop()));
    },
  };
});

test('driven by hand, nothing runs before the clock says so', async () => {
  let nowMs = 1_000;
  const jobs = createMemoryJobs({ clock: { nowMs: () => nowMs }, automatic: false });
  const seen: unknown[] = [];
  jobs.work('q', async ({ payload }) => void seen.push(payload), {
    concurrency: 1,
    attemptsMax: 1,
  });
  await jobs.start();
  const runAt = new Date(5_000).toISOString();
  await inMemoryTransaction((tx) => jobs.enqueue(tx, { queue: 'q', payload: { n: 1 }, runAt }));
  expect(jobs.nextDueMs()).toBe(5_000);
  expect(await jobs.runDue()).toBe(0);
  nowMs = 5_000;
  expect(await jobs.runDue()).toBe(1);
  expect(seen).toEqual([{ n: 1 }]);
  expect(jobs.nextDueMs()).toBeNull();
});
