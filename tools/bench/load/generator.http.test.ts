import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { percentileMs } from '../histogram.ts';
import { runLoad } from './generator.ts';
import type { LoadPhase } from './phase.ts';

/** A stand-in for the server: keeps ids in a set and answers as the contract says. */
interface StandIn {
  readonly port: number;
  readonly ids: Set<string>;
  readonly received: { id: string; subject: string; data: unknown }[];
  readonly authorizations: Set<string>;
  requests: number;
  /** Replaces the answer to the request with this number, from 1. */
  answer: ((request: number, response: ServerResponse) => boolean) | undefined;
}

const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function standIn(): Promise<StandIn> {
  const state = {
    port: 0,
    ids: new Set<string>(),
    received: [] as StandIn['received'],
    authorizations: new Set<string>(),
    requests: 0,
    answer: undefined as StandIn['answer'],
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => respond(state, { request, response, body: Buffer.concat(chunks) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  state.port = (server.address() as { port: number }).port;
  return state;
}

function respond(
  state: StandIn,
  exchange: { request: IncomingMessage; response: ServerResponse; body: Buffer },
): void {
  const { request, response, body } = exchange;
  state.requests += 1;
  state.authorizations.add(request.headers.authorization ?? '');
  if (state.answer?.(state.requests, response) === true) return;
  const isBatch = request.headers['content-type'] === 'application/cloudevents-batch+json';
  const parsed = JSON.parse(body.toString()) as StandIn['received'] | StandIn['received'][number];
  const events = Array.isArray(parsed) ? parsed : [parsed];
  const results = events.map(({ id }, index) => {
    const status = state.ids.has(id) ? 'duplicate' : 'created';
    state.ids.add(id);
    return { index, status, position: '1' };
  });
  if (state.received.length < 5_000) state.received.push(...events);
  const accepted = results.filter(({ status }) => status === 'created').length;
  const summary = { accepted, duplicates: events.length - accepted, rejected: 0, results };
  const text = JSON.stringify(isBatch ? summary : { status: results[0]!.status, position: '1' });
  response.writeHead(isBatch || accepted === 0 ? 200 : 201, { 'content-length': text.length });
  response.end(text);
}

function phaseOf(server: StandIn, overrides: Partial<LoadPhase>): LoadPhase {
  return {
    host: '127.0.0.1',
    port: server.port,
    apiKey: 'k'.repeat(24),
    eventsPerRequest: 100,
    connections: 4,
    warmUpSeconds: 0,
    seconds: 20,
    firstEvent: 0,
    seed: 1,
    ids: 'v4',
    ...overrides,
  };
}

test('every event of a batch phase arrives once and well formed', async () => {
  const server = await standIn();
  const result = await runLoad(phaseOf(server, { requestsMax: 20 }));
  expect(result.total).toMatchObject({ requests: 20, accepted: 2_000, duplicates: 0, rejected: 0 });
  expect(result.total).toMatchObject({ refused: 0, lost: 0, broken: 0 });
  expect(result.answered).toEqual(result.total);
  expect(result.requestsSent).toBe(20);
  expect(server.ids.size).toBe(2_000);
  expect(new Set(server.received.map(({ data }) => JSON.stringify(data))).size).toBe(2_000);
  expect([...server.authorizations]).toEqual([`Bearer ${'k'.repeat(24)}`]);
});

test('one event a request is sent in structured mode and counted by its status', async () => {
  const server = await standIn();
  const result = await runLoad(phaseOf(server, { eventsPerRequest: 1, requestsMax: 50 }));
  expect(result.total).toMatchObject({ requests: 50, accepted: 50, duplicates: 0 });
  expect(server.ids.size).toBe(50);
});

test('a phase sent again is all duplicates, also beyond its first round', async () => {
  const server = await standIn();
  await runLoad(phaseOf(server, { firstEvent: 400, requestsMax: 10 }));
  const again = phaseOf(server, { firstEvent: 400, requestsMax: 25, requestsDistinct: 10 });
  expect((await runLoad(again)).total).toMatchObject({ accepted: 0, duplicates: 2_500 });
  expect(server.ids.size).toBe(1_000);
});

test('measuring leaves the warm-up out', async () => {
  const server = await standIn();
  let requestsAtStart = 0;
  const phase = phaseOf(server, { warmUpSeconds: 1, seconds: 1 });
  const result = await runLoad(phase, { onMeasuring: () => (requestsAtStart = server.requests) });
  expect(requestsAtStart).toBeGreaterThan(0);
  expect(result.measured.requests).toBeGreaterThan(0);
  expect(result.measured.requests).toBeLessThanOrEqual(result.answered.requests);
  expect(result.answered.requests).toBeLessThanOrEqual(server.requests - requestsAtStart + 4);
  expect(result.latency.count).toBe(result.measured.requests);
  expect(result.total.accepted).toBe(server.ids.size);
});

test('an open loop offers its rate and charges a stall to every request due meanwhile', async () => {
  const server = await standIn();
  server.answer = (request, response) => {
    if (request !== 10) return false;
    setTimeout(() => {
      const text = JSON.stringify({ accepted: 100, duplicates: 0, rejected: 0, results: [] });
      response.writeHead(200, { 'content-length': text.length }).end(text);
    }, 400);
    return true;
  };
  const phase = phaseOf(server, { connections: 1, eventsPerSecond: 10_000, seconds: 1 });
  const startedMs = performance.now();
  const result = await runLoad(phase);
  // A busy machine ends the second late.
  const seconds = (performance.now() - startedMs) / 1_000;
  expect(result.total.accepted).toBeLessThanOrEqual(10_000 * seconds + 100);
  // 40 of 100 requests were due during the stall and waited 200 ms on average: a closed loop would show one.
  expect(percentileMs(result.latency, 0.8)).toBeGreaterThan(100);
});

test('a refusal is counted apart and asked again later', async () => {
  const server = await standIn();
  server.answer = (request, response) => {
    if (request > 2) return false;
    response.writeHead(503, { 'content-length': 0, 'retry-after': '1' }).end();
    return true;
  };
  const result = await runLoad(phaseOf(server, { connections: 1, requestsMax: 6 }));
  expect(result.total).toMatchObject({ requests: 6, refused: 200, accepted: 400, rejected: 0 });
});

test('a connection that a refusal ends is opened again, and nothing counts as lost', async () => {
  const server = await standIn();
  server.answer = (request, response) => {
    if (request > 3) return false;
    response.writeHead(503, { 'content-length': 0, connection: 'close' }).end();
    return true;
  };
  const result = await runLoad(phaseOf(server, { connections: 2, requestsMax: 6 }));
  expect(result.total).toMatchObject({ requests: 6, refused: 300, accepted: 300, lost: 0 });
  expect(server.ids.size).toBe(300);
});

test('an answer whose counts disagree with its results is noticed', async () => {
  const server = await standIn();
  server.answer = (_, response) => {
    const text = JSON.stringify({ accepted: 100, duplicates: 0, rejected: 0, results: [] });
    response.writeHead(200, { 'content-length': text.length }).end(text);
    return true;
  };
  const result = await runLoad(phaseOf(server, { connections: 1, requestsMax: 3 }));
  expect(result.total.broken).toBe(1);
  expect(result.firstProblem).toContain('disagree');
});

test('an error answer is reported with its words', async () => {
  const server = await standIn();
  server.answer = (_, response) => {
    response.writeHead(401, { 'content-length': 15 }).end('UNAUTHENTICATED');
    return true;
  };
  const result = await runLoad(phaseOf(server, { requestsMax: 4 }));
  expect(result.total).toMatchObject({ accepted: 0, rejected: 400 });
  expect(result.firstProblem).toBe('401 UNAUTHENTICATED');
});

test('a lost connection is counted, and made again where loss is expected', async () => {
  const server = await standIn();
  server.answer = (request, response) => {
    if (request !== 3) return false;
    response.socket?.destroy();
    return true;
  };
  const expected = phaseOf(server, { connections: 1, requestsMax: 8, lossExpected: true });
  expect((await runLoad(expected)).total).toMatchObject({ lost: 1, accepted: 700 });
});

test('no connection at all fails the phase', async () => {
  const server = await standIn();
  const closed = open.pop()!;
  await new Promise((resolve) => closed.close(resolve));
  await expect(runLoad(phaseOf(server, {}))).rejects.toThrow('ECONNREFUSED');
});
