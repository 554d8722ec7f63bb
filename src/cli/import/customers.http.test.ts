import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_KEY, httpFixture, type HttpFixture } from '../../http/fixture.ts';
import { EXIT } from '../command.ts';
import { runLine } from '../testing/run-line.ts';

let http: HttpFixture;
let folder: string;

beforeAll(async () => {
  http = await httpFixture();
  folder = mkdtempSync(join(tmpdir(), 'comptoir-customers-'));
});
afterAll(async () => {
  await http.close();
  rmSync(folder, { recursive: true });
});

test('customers are imported in parts, and a bad row is told with its line in the file', async () => {
  const rows = Array.from({ length: 2_100 }, (_, index) =>
    index === 2_050 ? 'Nobody,0123' : `"Guest\n${index}",'+48${500_000_000 + index}`,
  );
  const file = join(folder, 'customers.csv');
  writeFileSync(file, `name,phone\n${rows.join('\n')}\n`);
  const run = (...more: readonly string[]) =>
    runLine(['import', 'customers', file, ...more], {
      environment: {
        COMPTOIR_URL: http.url,
        COMPTOIR_API_KEY: ADMIN_KEY,
        COMPTOIR_DATA_DIR: folder,
        NO_COLOR: '1',
      },
      screen: true,
    });
  const ran = await run('--json');
  expect([ran.exit, JSON.parse(ran.stdout)]).toEqual([
    EXIT.partlyRejected,
    { rows: 2_100, created: 2_099, changed: 0, unchanged: 0, rejected: 1 },
  ]);
  expect(ran.stderr).toContain('2000 of 2100 rows');
  expect(ran.stderr).toContain('2100 of 2100 rows\r\x1b[2K');
  // Each row before it has two lines, and the header one.
  expect(ran.stderr).toContain(`line ${2_050 * 2 + 2}: `);
});
