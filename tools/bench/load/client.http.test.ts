import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assertRan, startLoad } from './client.ts';
import type { LoadClient } from './client.ts';
import type { LoadPhase } from './phase.ts';

/** Stands in for the server: accepts everything. */
let server: Server;
let client: LoadClient;
let phase: LoadPhase;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      const results = Array.from({ length: 20 }, (_, index) => ({ index, status: 'created' }));
      const text = JSON.stringify({ accepted: 20, duplicates: 0, rejected: 0, results });
      response.writeHead(200, { 'content-length': text.length }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = startLoad();
  phase = {
    host: '127.0.0.1',
    port: (
      server.address() as {
        port: number;
      }
    ).port,
    apiKey: 'k',
    eventsPerRequest: 20,
    connections: 2,
    warmUpSeconds: 0,
    seconds: 30,
    firstEvent: 0,
    requestsMax: 10,
    seed: 1,
    ids: 'v7',
  };
});
afterAll(async () => {
  await client.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('a phase runs in the other process and its whole result comes back', async () => {
  let measuring = 0;
  const result = await client.run(phase, { onMeasuring: () => (measuring += 1) });
  expect(result.total).toMatchObject({ requests: 10, accepted: 200 });
  expect(result.latency.count).toBe(10);
  expect(measuring).toBe(1);
  expect(() => assertRan(result, 'it')).not.toThrow();
});

test('a phase can be ended early', async () => {
  const { requestsMax: _, ...endless } = phase;
  const result = await client.run(endless, { onMeasuring: () => client.stop() });
  expect(result.requestsSent).toBeGreaterThan(0);
});

test('a phase that cannot begin fails with the reason, and the next one runs', async () => {
  await expect(client.run({ ...phase, eventsPerRequest: 50_000 })).rejects.toThrow('templates');
  expect((await client.run(phase)).total.accepted).toBe(200);
});

test.each([
  ['nothing was accepted', { accepted: 0 }],
  ['something was rejected', { rejected: 1 }],
  ['a connection was lost', { lost: 1 }],
  ['an answer was broken', { broken: 1 }],
])('a load does not count when %s', async (_, wrong) => {
  const result = await client.run(phase);
  const spoilt = { ...result, total: { ...result.total, ...wrong } };
  expect(() => assertRan(spoilt, 'it')).toThrow('it did not run as it should');
});
