/**
 * A real day of a restaurant, which may not be shipped: the folder COMPTOIR_TEST_DATA (default ../shared/data) holds it
 * where there is one.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLine } from '../../src/cli/testing/run-line.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';

const TEST_TIMEOUT_MS = 180_000;
const root = join(import.meta.dirname, '..', '..');
const file = resolve(
  root,
  process.env['COMPTOIR_TEST_DATA'] ?? '../shared/data',
  'restaurant-orders.tsv',
);
const isThere = existsSync(file);
if (!isThere) console.warn(`import orders: skipped, because ${file} is absent`);

describe.skipIf(!isThere)('real orders', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer();
  }, TEST_TIMEOUT_MS);
  afterAll(() => server?.dispose());

  const run = async (...more: readonly string[]): Promise<unknown> => {
    const { exit, stdout, stderr } = await runLine(['import', 'orders', file, '--json', ...more], {
      environment: { COMPTOIR_URL: server.url, COMPTOIR_API_KEY: server.apiKey },
    });
    return { exit, stderr, counts: JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') };
  };

  it(
    'are 1,834 with 4,622 lines, and again nothing changes',
    async () => {
      const all = {
        orders: 1834,
        lines: 4622,
        items: 4972,
        total: { amount: 3_450_016, currency: 'USD' },
      };
      const ok = { exit: 0, stderr: '' };
      expect(await run('--date', '2026-11-20')).toEqual({
        ...ok,
        counts: { ...all, created: 1834, unchanged: 0 },
      });
      expect(await run()).toEqual({ ...ok, counts: { ...all, created: 0, unchanged: 1834 } });
    },
    TEST_TIMEOUT_MS,
  );
});
