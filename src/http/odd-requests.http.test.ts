/** Requests as no browser writes them and the standards allow: over a socket, since clients would put them right. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noMetrics } from '../core/metrics.ts';
import { createAdmission } from '../ingest/admission.ts';
import { createIngest } from '../ingest/ingest.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import { httpFixture, type HttpFixture } from './fixture.ts';
import { createIngestRoute, type IngestRoute } from './ingest-route.ts';

let http: HttpFixture;
let route: IngestRoute;
beforeAll(async () => {
  const ingest = createIngest({
    log: createMemoryLog({ bucketCount: 1 }),
    schemas: { judgeOf: () => undefined },
    deadLetters: { keep: () => Promise.reject(new Error('not used')) },
    metrics: noMetrics,
  });
  route = createIngestRoute({
    ingest,
    authenticator: {
      authenticate: () => ({ keyId: 'k', tenant: 't', scopes: new Set(['events:write']) }),
    },
    admission: createAdmission(noMetrics),
  });
  http = await httpFixture({ rawRoutes: [route] });
});
afterAll(async () => {
  await http.close();
  route.close();
});

function answerTo(head: readonly string[], body = ''): Promise<string> {
  const { hostname, port } = new URL(http.url);
  const fixed = ['host: x', 'connection: close', `content-length: ${body.length}`, '', body];
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (bytes) => (answer += bytes.toString()));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
    socket.write([...head, ...fixed].join('\r\n'));
  });
}

const EVENT = JSON.stringify({ specversion: '1.0', id: 'a', source: '/pos', type: 'order.placed' });
const TYPE = 'content-type: application/cloudevents+json';

describe('an event', () => {
  it.each([
    ['/v1/events?x=1', '201 Created'],
    ['http://comptoir.example/v1/events', '200 OK'],
    ['HTTPS://comptoir.example:8443/v1/events?x=1', '200 OK'],
    ['/v1/%65vents', '200 OK'],
    ['/v1%2Fevents', '404 Not Found'],
    ['/v1/%ff', '400 Bad Request'],
    ['http://comptoir.example/other?/v1/events', '404 Not Found'],
    ['//v1/events', '404 Not Found'],
  ])('posted to %s is answered %s', async (target, status) => {
    const answer = await answerTo([`POST ${target} HTTP/1.1`, TYPE], EVENT);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status}\r\n`));
  });
});

it('who expects what the server does not know is served all the same', async () => {
  const answer = await answerTo(['GET /v1/nothing HTTP/1.1', 'expect: tea']);
  expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  expect(answer).toContain('application/problem+json');
  expect(answer).toContain('x-content-type-options: nosniff');
});
