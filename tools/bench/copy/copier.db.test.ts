import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/support/database.ts';
import type { TestDatabase } from '../../../test/support/database.ts';
import { createCopier, renderRows } from './copier.ts';

let host: TestDatabase;

beforeAll(async () => {
  host = await testDatabase();
});
afterAll(async () => {
  await host.drop();
});

test('a job copies whole transactions of 5,000 rows and reports their size', async () => {
  const job = { url: host.url, seconds: 60, rowsMax: 10_000, seed: 1, ids: 'v4' } as const;
  const result = await createCopier().run(job);
  expect(result.rows).toBe(10_000);
  expect(result.bytes / result.rows).toBeGreaterThan(400);
  expect(result.cpuSeconds).toBeGreaterThan(0);
  const { rows } = await host.database.query({
    text: `select count(*)::int as rows, count(distinct id)::int as ids, min(position)::int as first,
                  max(position)::int as last, count(data -> 'total' -> 'amount')::int as amounts from copy_rows`,
  });
  expect(rows).toEqual([{ rows: 10_000, ids: 10_000, first: 1, last: 10_000, amounts: 10_000 }]);
});

test('a job that cannot run says why', async () => {
  const url = new URL(host.url);
  url.pathname = '/nowhere';
  const job = { url: url.href, seconds: 1, rowsMax: 5_000, seed: 1, ids: 'v4' } as const;
  await expect(createCopier().run(job)).rejects.toThrow('nowhere');
});

test('backslashes are doubled, as COPY reads them', () => {
  const row = { position: 1, id: 'i', stream: 's', version: 1, data: { note: 'a "b"\nc' } };
  expect(renderRows([row]).toString()).toBe('1\ti\ts\t1\t{"note":"a \\\\"b\\\\"\\\\nc"}\n');
});
