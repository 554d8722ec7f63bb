/**
 * The same with the order lines of a real restaurant, which may not be shipped: the folder COMPTOIR_TEST_DATA (default
 * ../shared/data) holds them where there is one.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { ingest, killInTheMiddle, storedLines } from './order-lines.ts';

const TEST_TIMEOUT_MS = 120_000;
const LINES = 4_622;
const root = join(import.meta.dirname, '..', '..');
const file = resolve(
  root,
  process.env['COMPTOIR_TEST_DATA'] ?? '../shared/data',
  'restaurant-orders.tsv',
);
const isThere = existsSync(file);
if (!isThere) console.warn(`restaurant-orders: skipped, because ${file} is absent`);

describe.skipIf(!isThere)('real order lines', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer();
  }, TEST_TIMEOUT_MS);
  afterAll(() => server?.dispose());

  it(
    '4,622 lines, killed in the middle and repeated, are 4,622 events, and then 4,622 duplicates',
    async () => {
      const before = await killInTheMiddle(server, readFileSync(file, 'utf8'));
      expect(before).toBeLessThan(LINES);
      expect(await ingest(server, file).counts).toMatchObject({
        created: LINES - before,
        duplicates: before,
        rejected: 0,
      });
      expect(await ingest(server, file).counts).toMatchObject({
        created: 0,
        duplicates: LINES,
        rejected: 0,
      });
      const stored = await storedLines(server);
      expect(stored).toHaveLength(LINES);
      expect(new Set(stored.map((event) => event['id'])).size).toBe(LINES);
    },
    TEST_TIMEOUT_MS,
  );
});
