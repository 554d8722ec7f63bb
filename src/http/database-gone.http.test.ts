/** The server whose database is away: nobody is let in on an old answer, and it comes back by itself. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOOKUP_TIMEOUT_MS, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { until } from '../../test/support/until.ts';
import { createAuthenticator } from '../access/authenticator.ts';
import { databaseKeyLookup } from '../access/key-lookup.ts';
import { systemClock } from '../core/clock.ts';
import { openDatabase } from '../platform/postgres/pool.ts';
import type { Database } from '../platform/postgres/database.ts';
import { ADMIN_KEY, httpFixture, type HttpFixture } from './fixture.ts';
import { hashKey } from '../access/api-key.ts';

let http: HttpFixture;
let held: TestDatabase;
let viaProxy: Database;
let proxy: { cut(): Promise<void>; mend(): Promise<void>; url: string };

/** A TCP proxy before the database that can be cut. */
async function proxyTo(target: URL): Promise<typeof proxy> {
  const sockets = new Set<Socket>();
  let server: Server;
  let port = 0;
  const listen = (): Promise<void> => {
    server = createServer((client) => {
      const upstream = connect(Number(target.port), target.hostname);
      for (const socket of [client, upstream]) {
        sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
      }
      client.pipe(upstream).pipe(client);
    });
    return new Promise((done) => {
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        if (address !== null && typeof address === 'object') port = address.port;
        done();
      });
    });
  };
  await listen();
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    cut: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
    mend: listen,
  };
}

beforeAll(async () => {
  held = await testDatabase();
  proxy = await proxyTo(new URL(held.url));
  viaProxy = openDatabase({
    url: proxy.url,
    connectionsMax: 5,
    connectTimeoutMs: 5_000,
    statementTimeoutMs: 10_000,
  });
  await held.database.query({ text: "insert into tenants (bucket, id) values (0, 'acme')" });
  await held.database.query({
    text: `insert into api_keys (bucket, tenant, id, name, key_hash, scopes)
           values (0, 'acme', 'k', 'test', $1, '{events:read,admin}')`,
    values: [hashKey(ADMIN_KEY)],
  });
  http = await httpFixture({
    database: viaProxy,
    authenticator: createAuthenticator({
      lookup: databaseKeyLookup(viaProxy),
      clock: systemClock,
      lookupTimeoutMs: LOOKUP_TIMEOUT_MS,
    }),
  });
});
afterAll(async () => {
  await http.close();
  await viaProxy.close();
  await proxy.cut();
  await held.drop();
});

it('answers 503 while the database is gone and works again after its return', async () => {
  expect((await http.call('/v1/events')).status).toBe(200);
  await proxy.cut();
  const refused = await until('503 once the cached key is stale', async () => {
    const answer = await http.json('/v1/events');
    return answer.status === 200 ? null : answer;
  });
  expect([refused.status, refused.body.code]).toEqual([503, 'UNAVAILABLE']);
  expect(refused.headers.get('retry-after')).toBe('1');
  const keys = await http.json('/v1/keys');
  expect([keys.status, keys.body.code]).toEqual([503, 'UNAVAILABLE']);
  expect((await http.call('/health/live', { key: null })).status).toBe(200);
  await proxy.mend();
  await until('200 again', async () => (await http.call('/v1/events')).status === 200);
});
