import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/support/database.ts';
import { createTenant } from '../../access/tenants.ts';
import { ACTIONS } from './actions.ts';
import { throughTheDoor } from './door.ts';
import { nothingSent } from './sender.ts';

/** Takes every request and answers none. */
const silent = createServer();
let held: Awaited<ReturnType<typeof testDatabase>>;

beforeAll(async () => {
  held = await testDatabase();
  await createTenant(held.database, { id: 'demo', bucket: 1 });
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
});
afterAll(async () => {
  silent.closeAllConnections();
  silent.close();
  await held.drop();
});

test.each(ACTIONS)('$name ends with its time though no call is answered', async (action) => {
  const { port } = silent.address() as AddressInfo;
  const deps = {
    database: held.database,
    bucketOf: () => 1,
    url: () => `http://127.0.0.1:${port}`,
  };
  const over = new AbortController();
  silent.once('request', () => over.abort());
  const sent = nothingSent();
  const asked = { name: 'test', scopes: ['events:write'] as const, nowMs: Date.now() };
  await throughTheDoor(deps, { ...asked, signal: over.signal }, (door) =>
    action.run({
      door,
      source: '/test',
      sent,
      signal: over.signal,
      workerPids: () => [],
      kill: () => false,
      progress: () => undefined,
      figure: () => undefined,
    }),
  );
  expect(sent).toMatchObject({ batches: 0, created: 0 });
  const { rows } = await held.database.query({
    text: `select id from api_keys where tenant = 'demo' and name = 'test' and revoked_at is null`,
  });
  expect(rows).toEqual([]);
});
