import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { noMetrics } from '../core/metrics.ts';
import { createAdmission } from '../ingest/admission.ts';
import { createIngest } from '../ingest/ingest.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { createIngestRoute } from './ingest-route.ts';

const ADMITTED = 4;
const REFUSED = 3;
/** Parsed in turns of the event loop, not as it comes. */
const BATCH = JSON.stringify([
  {
    specversion: '1.0',
    id: 'a',
    source: '/pos',
    type: 'order.placed',
    data: 'x'.repeat(5_000),
  },
]);

const clients: Socket[] = [];
/** What the server did, in order. */
const done: ('parsed' | 'refused')[] = [];
const ingest = createIngest({
  log: createMemoryLog({ bucketCount: 1 }),
  schemas: { judgeOf: () => undefined },
  deadLetters: { keep: () => Promise.reject(new Error('not used')) },
  metrics: noMetrics,
});
const route = createIngestRoute({
  ingest: {
    ...ingest,
    batch(tenant, body) {
      done.push('parsed');
      return ingest.batch(tenant, body);
    },
  },
  authenticator: {
    authenticate: () => ({ keyId: 'k', tenant: 't', scopes: new Set(['events:write']) }),
  },
  admission: createAdmission(noMetrics, { requestsMax: ADMITTED }),
});
const server = createServer((request, response) => {
  route(request, response);
  if (response.statusCode === 503) done.push('refused');
});

afterEach(() => {
  for (const client of clients) client.destroy();
  server.close();
  route.close();
});

test('of what arrives together, newcomers hear their refusal before all of the others were parsed', async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // safe because a server that listens on TCP has an address with a port
  const { port } = server.address() as AddressInfo;
  for (let index = 0; index < ADMITTED + REFUSED; index++)
    clients.push(connect(port, '127.0.0.1').resume());
  await Promise.all(clients.map((client) => once(client, 'connect')));
  await expect.poll(() => promisify(server.getConnections.bind(server))()).toBe(clients.length);
  const head = `POST /v1/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/cloudevents-batch+json\r\n`;
  // In one turn of the loop that the server shares, so that it finds all of them in its next.
  for (const client of clients)
    client.write(`${head}content-length: ${BATCH.length}\r\n\r\n${BATCH}`);
  await expect.poll(() => done.length).toBe(clients.length);
  expect(done.filter((each) => each === 'refused')).toHaveLength(REFUSED);
  expect(done.lastIndexOf('refused')).toBeLessThanOrEqual(REFUSED);
});
