import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NODE, startServer, type ServerProcess } from '../../test/support/server-process.ts';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('first-sale.ts', import.meta.url));
const TIMEOUT_MS = 120_000;
let server: ServerProcess;

beforeAll(async () => {
  server = await startServer({ env: { COMPTOIR_DEMO: 'off' } });
}, TIMEOUT_MS);
afterAll(() => server.dispose());

test(
  'goes from an empty house to a paid order and a booked table',
  { timeout: TIMEOUT_MS },
  async () => {
    const { stdout } = await run(NODE, [SCRIPT, server.url, server.apiKey]);
    expect(JSON.parse(stdout)).toMatchObject({
      change: { amount: 1000, currency: 'PLN' },
      versionAfterPaying: 3,
      versionAfterPayingAgain: 3,
      orders: [{ status: 'closed', total: { amount: 3700, currency: 'PLN' } }],
      booking: { status: 'confirmed', tableIds: ['t1'] },
    });
  },
);
