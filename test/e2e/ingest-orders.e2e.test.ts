/** A till's export through `comptoir ingest`: twice, and killed in the middle. The lines are made up, by seed. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cursorNow } from '../../tools/chaos/read-server.ts';
import { openStream } from '../../tools/chaos/event-stream.ts';
import { type ServerProcess, startServer, temporaryFolder } from '../support/server-process.ts';
import { orderTable } from '../../tools/chaos/work/order-table.ts';
import { ingest, killInTheMiddle, storedLines } from './order-lines.ts';

const TEST_TIMEOUT_MS = 120_000;
const LINES = 4_622;
const table = orderTable(LINES, 'ingest-orders');

describe('a table of order lines', () => {
  let server: ServerProcess;
  let folder = '';
  beforeAll(async () => {
    [server, folder] = [await startServer(), await temporaryFolder('comptoir-orders-')];
  }, TEST_TIMEOUT_MS);
  afterAll(async () => {
    await server?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'killed in the middle with server and PostgreSQL and sent again ends in every line once',
    async () => {
      const before = await killInTheMiddle(server, table);
      expect(before).toBeLessThan(LINES);
      const file = join(folder, 'orders.tsv');
      await writeFile(file, table);
      const counts = await ingest(server, file).counts;
      expect(counts).toMatchObject({ created: LINES - before, duplicates: before, rejected: 0 });
      const stored = await storedLines(server);
      expect(new Set(stored.map((event) => event['id'])).size).toBe(LINES);
      expect(stored).toHaveLength(LINES);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'sent once more is nothing but duplicates',
    async () => {
      const counts = await ingest(server, join(folder, 'orders.tsv')).counts;
      expect(counts).toMatchObject({ created: 0, duplicates: LINES, rejected: 0 });
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'reaches a tail line by line as it arrives',
    async () => {
      const lastEventId = await cursorNow(server);
      const more = join(folder, 'more.tsv');
      await writeFile(more, orderTable(LINES + 3, 'ingest-orders'));
      const sent = ingest(server, more).counts;
      const seen: unknown[] = [];
      for await (const message of openStream({
        url: `${server.url}/v1/events/tail`,
        apiKey: server.apiKey,
        lastEventId,
      })) {
        seen.push(JSON.parse(message.data).id);
        if (seen.length === 3) break;
      }
      expect(await sent).toMatchObject({ created: 3, duplicates: LINES });
      expect(seen).toEqual([`line-${LINES + 1}`, `line-${LINES + 2}`, `line-${LINES + 3}`]);
    },
    TEST_TIMEOUT_MS,
  );
});
