import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { until } from '../../../test/support/until.ts';
import type { LogFields } from '../../core/logger.ts';
import { createJobs } from './boss-jobs.ts';
import { describeJobsContract } from './contract.fixture.ts';
import type { Jobs } from './jobs.ts';

let held: TestDatabase;
const opened: Jobs[] = [];

function open(options: Partial<Parameters<typeof createJobs>[0]> = {}): Jobs {
  const jobs = createJobs({ databaseUrl: held.url, ...options });
  opened.push(jobs);
  return jobs;
}

beforeAll(async () => {
  held = await testDatabase();
});

afterAll(async () => {
  await Promise.all(opened.map((jobs) => jobs.stop()));
  await held.drop();
});

describeJobsContract('pg-boss', async () => ({
  open,
  transaction: (work) => held.database.transaction(work),
  close: async () => {},
}));

test('several processes may start at once on a new database', async () => {
  const fresh = await testDatabase();
  const all = Array.from({ length: 3 }, () => createJobs({ databaseUrl: fresh.url }));
  await Promise.all(all.map((jobs) => jobs.start()));
  await fresh.database.transaction((tx) => all[0]!.enqueue(tx, { queue: 'q', payload: {} }));
  expect(await all[1]!.counts()).toContainEqual({ queue: 'q', waiting: 1, failed: 0 });
  await Promise.all(all.map((jobs) => jobs.stop()));
  await fresh.drop();
});

test('a failing job is reported without its payload', async () => {
  const lines: { message: string; fields: LogFields | undefined }[] = [];
  const note = (message: string, fields?: LogFields): void => void lines.push({ message, fields });
  const logger = { debug: note, info: note, warn: note, error: note };
  const jobs = open({ logger });
  jobs.work('secretive', () => Promise.reject(new Error('broken')), {
    concurrency: 1,
    attemptsMax: 1,
  });
  await jobs.start();
  await held.database.transaction((tx) =>
    jobs.enqueue(tx, { queue: 'secretive', payload: { canary: 'canary-7' } }),
  );
  await until('the job to be given up', async () =>
    (await jobs.counts()).some(({ queue, failed }) => queue === 'secretive' && failed === 1),
  );
  expect(lines.map(({ message }) => message)).toContain('a job was given up');
  expect(JSON.stringify(lines)).not.toContain('canary-7');
  const { rows } = await held.database.query<{ output: unknown }>({
    text: `select output from jobs.job where name = 'secretive'`,
  });
  expect(JSON.stringify(rows)).not.toContain('canary-7');
});

test('a job cut by stop waits for another process without its time limit passing', async () => {
  const jobs = open();
  let begun = false;
  const never = (): Promise<void> => {
    begun = true;
    return new Promise(() => {});
  };
  jobs.work('cut', never, { concurrency: 1, attemptsMax: 5 });
  await jobs.start();
  await held.database.transaction((tx) => jobs.enqueue(tx, { queue: 'cut', payload: {} }));
  await until('the job to begin', () => begun);
  await jobs.stop();
  const { rows } = await held.database.query<{ state: string }>({
    text: `select state::text as state from jobs.job where name = 'cut'`,
  });
  expect(rows).toEqual([{ state: 'retry' }]);
});
