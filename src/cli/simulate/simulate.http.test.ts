import { afterEach, beforeEach, expect, test } from 'vitest';
import { EXIT } from '../command.ts';
import { startContractServer, type ContractServer } from '../testing/contract-server.ts';
import { runLine } from '../testing/run-line.ts';

let server: ContractServer;
beforeEach(async () => {
  server = await startContractServer();
});
afterEach(() => server.close());

const simulate = (...options: string[]) =>
  runLine(['simulate', '--json', ...options], {
    environment: { COMPTOIR_URL: server.url, COMPTOIR_API_KEY: server.key },
  });

test('all planned events arrive and the rate is told', async () => {
  const ran = await simulate('--rate', '200', '--seconds', '1', '--batch', '30', '--seed', '3');
  const result = JSON.parse(ran.stdout);
  expect(result).toMatchObject({
    seed: 3,
    created: 200,
    duplicates: 0,
    rejected: 0,
    failed: 0,
    unsent: 0,
  });
  expect(result.p95Ms).toBeGreaterThan(0);
  expect(server.events).toHaveLength(200);
});

test('the same seed again is all duplicates', async () => {
  const line = ['--rate', '500', '--seconds', '0.2', '--seed', '3'];
  await simulate(...line);
  expect(JSON.parse((await simulate(...line)).stdout)).toMatchObject({
    created: 0,
    duplicates: 100,
  });
});

test('refused batches fail the run and say why', async () => {
  // The first post is the check before the clock runs.
  const overloaded = { status: 503, body: { code: 'OVERLOADED', detail: 'Too much.' } };
  server.resultOf.set('none', {});
  server.fail(null, overloaded);
  const ran = await simulate('--rate', '500', '--seconds', '0.4', '--batch', '50');
  expect(ran.exit).toBe(EXIT.failed);
  expect(JSON.parse(ran.stdout)).toMatchObject({ held: false, failed: 50, created: 150 });
  expect(ran.stderr).toContain('50 events failed: OVERLOADED');
});

test('a wrong key is found before the clock runs', async () => {
  const ran = await runLine(['simulate'], {
    environment: { COMPTOIR_URL: server.url, COMPTOIR_API_KEY: 'wrong' },
  });
  expect(ran).toMatchObject({ exit: EXIT.failed, stdout: '' });
});
