import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Authenticator, Principal, Scope } from '../access/principal.ts';
import { decodeCursor } from '../core/cursor.ts';
import { Failure } from '../core/errors.ts';
import { noMetrics } from '../core/metrics.ts';
import { createAdmission } from '../ingest/admission.ts';
import { createIngest } from '../ingest/ingest.ts';
import { createBodyReader } from '../ingest/request-body.ts';
import { createMemoryLog, type MemoryLog } from '../log/memory/memory-log.ts';
import { createIngestRoute, type IngestRoute } from './ingest-route.ts';

const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
const NDJSON = 'application/x-ndjson';
/** For who stops in the middle; the others may stand still as long as the machine does. */
const SHORT_LIMITS = { idleMsMax: 150, totalMsMax: 5_000, sweepMs: 20 };
/** Whoever waits for a body that nobody reads waits for longer than the test. */
const ENDLESS_LIMITS = { idleMsMax: 3_600_000, totalMsMax: 3_600_000, sweepMs: 20 };
const BODY_LIMITS = { idleMsMax: 60_000, totalMsMax: 120_000, sweepMs: 20 };

let log: MemoryLog;
let server: Server;
let route: IngestRoute;
let url: string;
let port: number;

const principal = (scopes: readonly Scope[]): Principal => ({
  keyId: 'k',
  tenant: 't',
  scopes: new Set(scopes),
});
const authenticator: Authenticator = {
  authenticate({ authorization }) {
    if (authorization === undefined) return principal(['events:write']);
    if (authorization === 'Bearer reader') return Promise.resolve(principal(['events:read']));
    throw new Failure('UNAUTHENTICATED', 'The key is not known.');
  },
};

interface StartOptions {
  readonly requestsMax?: number;
  readonly bytesMax?: number;
  readonly bodyLimits?: typeof BODY_LIMITS;
}

async function start({
  requestsMax = 100,
  bytesMax = 64 * 1024 * 1024,
  bodyLimits = BODY_LIMITS,
}: StartOptions = {}): Promise<void> {
  const ingest = createIngest({
    log,
    schemas: { judgeOf: () => undefined },
    deadLetters: { keep: () => Promise.reject(new Error('not used')) },
    metrics: noMetrics,
  });
  const admission = createAdmission(noMetrics, { requestsMax, bytesMax });
  route = createIngestRoute({
    ingest,
    authenticator,
    admission,
    bodies: createBodyReader(bodyLimits),
  });
  server = createServer((request, response) => {
    if (!route(request, response)) response.writeHead(404).end('unknown');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // safe because a server that listens on TCP has an address with a port
  port = (server.address() as AddressInfo).port;
  url = `http://127.0.0.1:${port}/v1/events`;
}

async function stop(): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  route.close();
}

beforeEach(async () => {
  log = createMemoryLog({ bucketCount: 1 });
  await start();
});
afterEach(stop);

const event = (id: string, more: object = {}): object => ({
  specversion: '1.0',
  id,
  source: '/pos',
  type: 'order.placed',
  data: { n: 1 },
  ...more,
});

async function post(
  contentType: string,
  body: NonNullable<RequestInit['body']>,
  headers: Record<string, string> = {},
) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': contentType, ...headers },
    body,
  });
  const text = await answer.text();
  // safe because what is asserted about it is asserted by the tests
  const json = (text.startsWith('{') && !text.includes('\n') ? JSON.parse(text) : {}) as Record<
    string,
    unknown
  >;
  return { status: answer.status, headers: answer.headers, text, json };
}

const lines = (text: string): Record<string, unknown>[] =>
  // safe because each line of an answer is a JSON object, which the assertions then look at
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

async function stored(): Promise<string[]> {
  const { events } = await log.find({ tenant: 't', after: 0n, limit: 5_000 });
  return events.map(({ id }) => id);
}

describe('one event', () => {
  it('is created, then a duplicate, then in conflict', async () => {
    const first = await post(STRUCTURED, JSON.stringify(event('a')));
    expect(first.status).toBe(201);
    expect(first.json).toMatchObject({ status: 'created', position: '00000000000000000001' });
    expect(
      decodeCursor(String(first.json['cursor']), { incarnation: log.incarnation, bucket: 0 })
        .position,
    ).toBe(1n);
    const again = await post(STRUCTURED, JSON.stringify(event('a')));
    expect([again.status, again.json]).toEqual([200, { ...first.json, status: 'duplicate' }]);
    const other = await post(STRUCTURED, JSON.stringify(event('a', { data: { n: 2 } })));
    expect([other.status, other.json['code']]).toEqual([409, 'EVENT_CONFLICT']);
  });

  it('in binary mode is the same event as in structured mode', async () => {
    await post(STRUCTURED, JSON.stringify(event('a')));
    const headers = {
      'ce-specversion': '1.0',
      'ce-id': 'a',
      'ce-source': '/pos',
      'ce-type': 'order.placed',
    };
    expect((await post('application/json', '{"n":1}', headers)).json['status']).toBe('duplicate');
  });

  it.each([
    [400, 'EVENT_INVALID', STRUCTURED, '{"specversion":"1.0"', {}],
    [400, 'EVENT_INVALID', STRUCTURED, JSON.stringify(event('')), {}],
    [400, 'EVENT_INVALID', 'application/json', '1', { 'ce-id': 'a' }],
    [403, 'RESERVED_TYPE', STRUCTURED, JSON.stringify(event('a', { type: 'comptoir.x' })), {}],
    [403, 'FORBIDDEN', STRUCTURED, JSON.stringify(event('a')), { authorization: 'Bearer reader' }],
    [
      401,
      'UNAUTHENTICATED',
      STRUCTURED,
      JSON.stringify(event('a')),
      { authorization: 'Bearer nobody' },
    ],
    [413, 'TOO_LARGE', STRUCTURED, JSON.stringify(event('a', { data: 'x'.repeat(5_000_000) })), {}],
    [415, 'UNSUPPORTED_MEDIA_TYPE', 'application/json', '{}', {}],
    [415, 'UNSUPPORTED_MEDIA_TYPE', STRUCTURED, '{}', { 'content-encoding': 'br' }],
    [400, 'EVENT_INVALID', STRUCTURED, '{}', { 'content-encoding': 'gzip' }],
    [
      400,
      'EVENT_INVALID',
      STRUCTURED,
      gzipSync(JSON.stringify(event('a'))).subarray(0, 40),
      { 'content-encoding': 'gzip' },
    ],
    [
      413,
      'TOO_LARGE',
      STRUCTURED,
      gzipSync(Buffer.alloc(50_000_000, ' ')),
      { 'content-encoding': 'gzip' },
    ],
    [
      413,
      'TOO_LARGE',
      STRUCTURED,
      zstdCompressSync(Buffer.alloc(50_000_000, ' ')),
      { 'content-encoding': 'zstd' },
    ],
  ] as const)('is refused with %i %s as %s', async (...given) => {
    const [status, code, contentType, body, headers] = given;
    const answer = await post(contentType, body, headers);
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await stored()).toEqual([]);
  });

  it('may be compressed', async () => {
    const text = JSON.stringify(event('a'));
    expect((await post(STRUCTURED, gzipSync(text), { 'content-encoding': 'gzip' })).status).toBe(
      201,
    );
    expect(
      (await post(STRUCTURED, zstdCompressSync(text), { 'content-encoding': 'zstd' })).json[
        'status'
      ],
    ).toBe('duplicate');
  });

  it('is answered 503 when its outcome is not known or the log refuses it', async () => {
    log.setAppendFault('lost-stored');
    expect((await post(STRUCTURED, JSON.stringify(event('a')))).json['code']).toBe(
      'OUTCOME_UNKNOWN',
    );
    log.setAppendFault('unavailable');
    const refused = await post(STRUCTURED, JSON.stringify(event('b')));
    expect([refused.status, refused.json['code'], refused.headers.get('retry-after')]).toEqual([
      503,
      'UNAVAILABLE',
      '1',
    ]);
    log.setAppendFault('storage-full');
    expect((await post(BATCH, JSON.stringify([event('c')]))).status).toBe(507);
  });
});

describe('a batch', () => {
  it('stores the good events around a bad one, each with its result', async () => {
    const body = [
      event('a'),
      event('b', { type: '' }),
      event('c', { type: 'comptoir.x' }),
      7,
      event('d'),
      event('a'),
    ];
    const answer = await post(BATCH, JSON.stringify(body));
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      accepted: 2,
      duplicates: 1,
      rejected: 3,
      results: [
        { index: 0, status: 'created', position: '00000000000000000001' },
        { index: 1, status: 'rejected', code: 'EVENT_INVALID', detail: expect.any(String) },
        { index: 2, status: 'rejected', code: 'RESERVED_TYPE', detail: expect.any(String) },
        { index: 3, status: 'rejected', code: 'EVENT_INVALID', detail: expect.any(String) },
        { index: 4, status: 'created', position: '00000000000000000002' },
        { index: 5, status: 'duplicate', position: '00000000000000000001' },
      ],
    });
    expect(await stored()).toEqual(['a', 'd']);
  });

  it('may be empty', async () => {
    expect((await post(BATCH, ' [ ] ')).json).toEqual({
      accepted: 0,
      duplicates: 0,
      rejected: 0,
      results: [],
    });
  });

  it.each([
    [400, '[{"specversion":"1.0"}'],
    [400, '{}'],
    [400, '[1,]'],
    [413, JSON.stringify(Array.from({ length: 1_001 }, (_, n) => event(`e${n}`)))],
    [413, JSON.stringify([event('a', { data: 'x'.repeat(9_000_000) })])],
  ])('is refused as a whole with %i and stores nothing', async (status, body) => {
    expect((await post(BATCH, body)).status).toBe(status);
    expect(await stored()).toEqual([]);
  });

  it('rejects one event of more than a mebibyte and stores the others', async () => {
    const large = event('large', { data: 'x'.repeat(1_048_576) });
    const answer = await post(BATCH, JSON.stringify([event('a'), large, event('b')]));
    expect(answer.json).toMatchObject({ accepted: 2, duplicates: 0, rejected: 1 });
    expect(answer.json['results']).toMatchObject([{}, { code: 'TOO_LARGE' }, {}]);
    expect(await stored()).toEqual(['a', 'b']);
  });

  it('takes one event nested 10,000 levels deep for what it is and stores the others', async () => {
    const deep = `${JSON.stringify(event('deep')).slice(0, -1)},"more":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    const answer = await post(BATCH, `[${JSON.stringify(event('a'))},${deep}]`);
    expect([answer.json['accepted'], answer.json['rejected']]).toEqual([1, 1]);
  });
});

describe('a stream of lines', () => {
  it('is answered line by line with a last line of counts', async () => {
    const body = [
      JSON.stringify(event('a')),
      '',
      '{"broken',
      JSON.stringify(event('b', { data: 'x'.repeat(1_100_000) })),
      JSON.stringify(event('c')),
    ];
    const answer = await post(NDJSON, `${body.join('\r\n')}`);
    expect(answer.status).toBe(200);
    expect(lines(answer.text)).toEqual([
      { index: 0, status: 'created', position: '00000000000000000001' },
      { index: 2, status: 'rejected', code: 'EVENT_INVALID', detail: expect.any(String) },
      { index: 3, status: 'rejected', code: 'TOO_LARGE', detail: expect.any(String) },
      { index: 4, status: 'created', position: '00000000000000000002' },
      { done: true, accepted: 2, duplicates: 0, rejected: 2 },
    ]);
  });

  it('of 5,000 lines compressed is stored in order', async () => {
    const ids = Array.from({ length: 5_000 }, (_, n) => `e${n}`);
    const body = gzipSync(ids.map((id) => `${JSON.stringify(event(id))}\n`).join(''));
    const answer = await post(NDJSON, body, { 'content-encoding': 'gzip' });
    expect(lines(answer.text).at(-1)).toEqual({
      done: true,
      accepted: 5_000,
      duplicates: 0,
      rejected: 0,
    });
    expect(await stored()).toEqual(ids);
  });

  it('is answered while it is still being sent', async () => {
    const sent = httpRequest(url, { method: 'POST', headers: { 'content-type': NDJSON } });
    const head = new Promise<IncomingMessage>((resolve) => sent.once('response', resolve));
    sent.on('error', () => undefined);
    sent.write(`${JSON.stringify(event('a'))}\n`);
    const answer = (await head).setEncoding('utf8');
    const chunks = answer.iterator();
    expect(lines(String((await chunks.next()).value))[0]).toMatchObject({
      index: 0,
      status: 'created',
    });
    sent.end(JSON.stringify(event('b')));
    let rest = '';
    for await (const chunk of chunks) rest += String(chunk);
    expect(lines(rest).map((line) => line['index'] ?? line['done'])).toEqual([1, true]);
  });

  it('reads no further than it can append', async () => {
    const release = log.holdAppends();
    const sent = httpRequest(url, { method: 'POST', headers: { 'content-type': NDJSON } });
    const head = new Promise<IncomingMessage>((resolve) => sent.once('response', resolve));
    sent.on('error', () => undefined);
    const line = `${JSON.stringify(event('same', { data: 'x'.repeat(100_000) }))}\n`;
    const count = 400;
    let written = 0;
    const offer = (): void => {
      while (written < count) {
        written++;
        if (!sent.write(line)) return;
      }
      sent.end();
    };
    sent.on('drain', offer);
    offer();
    // 40 MB are offered; the log holds still, so the sender comes to a stand after what fits into the buffers.
    let before = -1;
    await expect
      .poll(
        () => {
          const stands = written === before;
          before = written;
          return stands;
        },
        { interval: 300 },
      )
      .toBe(true);
    expect(written).toBeLessThan(count);
    release();
    const answer = await head;
    let text = '';
    for await (const chunk of answer.setEncoding('utf8')) text += String(chunk);
    expect(lines(text).at(-1)).toMatchObject({ done: true, accepted: 1, duplicates: count - 1 });
  });

  it('is a problem when the log refuses its first lines, and says so in its last line later', async () => {
    log.setAppendFault('unavailable');
    expect((await post(NDJSON, JSON.stringify(event('a')))).status).toBe(503);
    log.setAppendFault(null);
    const sent = httpRequest(url, { method: 'POST', headers: { 'content-type': NDJSON } });
    const head = new Promise<IncomingMessage>((resolve) => sent.once('response', resolve));
    sent.on('error', () => undefined);
    sent.write(`${JSON.stringify(event('a'))}\n`);
    const chunks = (await head).setEncoding('utf8').iterator();
    await chunks.next();
    log.setAppendFault('storage-full');
    sent.write(`${JSON.stringify(event('b'))}\n`);
    let rest = '';
    for await (const chunk of chunks) rest += String(chunk);
    expect(lines(rest)).toEqual([
      expect.objectContaining({ index: 1, status: 'rejected', code: 'STORAGE_FULL' }),
      expect.objectContaining({ done: false, accepted: 1, rejected: 1, code: 'STORAGE_FULL' }),
    ]);
  });

  it('keeps what was answered when its sender goes away', async () => {
    const sent = httpRequest(url, { method: 'POST', headers: { 'content-type': NDJSON } });
    const head = new Promise<IncomingMessage>((resolve) => sent.once('response', resolve));
    sent.on('error', () => undefined);
    sent.write(`${JSON.stringify(event('a'))}\n{"half`);
    (await head).on('error', () => undefined).destroy();
    await expect.poll(stored).toEqual(['a']);
    expect((await post(STRUCTURED, JSON.stringify(event('a')))).json['status']).toBe('duplicate');
  });
});

function rawConnection() {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return { socket, heard: () => text };
}

function headOf(contentType: string, length: number): string {
  return `POST /v1/events HTTP/1.1\r\nhost: x\r\ncontent-type: ${contentType}\r\ncontent-length: ${length}\r\n\r\n`;
}

describe('overload', () => {
  it('refuses beyond the number of requests under way and recovers', async () => {
    await stop();
    await start({ requestsMax: 1 });
    const release = log.holdAppends();
    const waiting = post(STRUCTURED, JSON.stringify(event('a')));
    await expect
      .poll(async () => (await post(STRUCTURED, JSON.stringify(event('b')))).json['code'])
      .toBe('OVERLOADED');
    release();
    expect((await waiting).status).toBe(201);
    expect((await post(STRUCTURED, JSON.stringify(event('c')))).status).toBe(201);
  });

  it('answers as soon as the head is there, and the connection goes on behind the body', async () => {
    await stop();
    await start({ requestsMax: 1 });
    const release = log.holdAppends();
    const waiting = post(STRUCTURED, JSON.stringify(event('a')));
    await expect
      .poll(async () => (await post(STRUCTURED, JSON.stringify(event('b')))).status)
      .toBe(503);
    const { socket, heard } = rawConnection();
    socket.write(headOf(STRUCTURED, 1_000));
    await expect.poll(heard).toMatch(/^HTTP\/1\.1 503 [^]*retry-after: 1[^]*"OVERLOADED"/);
    const [, traceId = ''] = /"traceId":"([^"]*)"/.exec(heard()) ?? [];
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(heard()).not.toMatch(/connection: close/i);
    release();
    expect((await waiting).status).toBe(201);
    const body = JSON.stringify(event('c'));
    socket.write(' '.repeat(1_000) + headOf(STRUCTURED, body.length) + body);
    await expect.poll(heard).toContain('"status":"created"');
    socket.destroy();
  });

  it('leaves a refused body unread, and reads whole what comes behind it', async () => {
    await stop();
    await start({ requestsMax: 1 });
    const release = log.holdAppends();
    const waiting = post(STRUCTURED, JSON.stringify(event('a')));
    await expect
      .poll(async () => (await post(STRUCTURED, JSON.stringify(event('b')))).status)
      .toBe(503);
    const { socket, heard } = rawConnection();
    const received: number[] = [];
    server.on('request', (request: IncomingMessage) =>
      request.on('data', (chunk: Buffer) => received.push(chunk.length)),
    );
    const refused = JSON.stringify(event('c'));
    const other = headOf(STRUCTURED, 3).replace('/v1/events', '/other');
    socket.write(`${headOf(STRUCTURED, refused.length)}${refused}${other}abc`);
    await expect.poll(heard).toMatch(/^HTTP\/1\.1 503 [^]*HTTP\/1\.1 404 /);
    release();
    expect((await waiting).status).toBe(201);
    const taken = JSON.stringify(event('dd'));
    socket.write(headOf(STRUCTURED, taken.length) + taken);
    await expect.poll(heard).toContain('"status":"created"');
    expect(received).toEqual([3, taken.length]);
    socket.destroy();
  });

  it('leaves nothing behind in what Node uses again when a connection ends in a refused body', async () => {
    await stop();
    await start({ requestsMax: 0 });
    for (let index = 0; index < 3; index++) {
      const { socket, heard } = rawConnection();
      socket.write(`${headOf(STRUCTURED, 1_000)}{"spec`);
      await expect.poll(heard).toMatch(/^HTTP\/1\.1 503 /);
      socket.destroy();
      await expect.poll(() => promisify(server.getConnections.bind(server))()).toBe(0);
    }
    const answer = await new Promise<string>((resolve, reject) => {
      const sent = httpRequest({ port, host: '127.0.0.1', path: '/other' }, (response) =>
        response.setEncoding('utf8').on('data', resolve),
      );
      sent.on('error', reject).end();
    });
    expect(answer).toBe('unknown');
  });

  it('answers every refusal alike but for its trace id, and says when the connection ends', async () => {
    await stop();
    await start({ requestsMax: 0 });
    const said = async (headers: Record<string, string>) => {
      const { socket, heard } = rawConnection();
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(
        `POST /v1/events HTTP/1.1\r\nhost: x\r\n${lines.join('')}content-length: 2\r\n\r\n{}`,
      );
      await expect.poll(heard).toMatch(/"traceId":"[0-9a-f]{32}"\}$/);
      socket.destroy();
      return heard().replace(/date: .*\r\n/i, '');
    };
    const json = { 'content-type': STRUCTURED };
    const answers = [await said(json), await said(json), await said(json), await said(json)];
    const traceIds = answers.map((answer) => /"traceId":"(.*)"/.exec(answer)?.[1] ?? '');
    expect(new Set(traceIds).size).toBe(answers.length);
    const without = answers.map((answer, index) => answer.replace(traceIds[index] ?? '', ''));
    expect(new Set(without).size).toBe(1);
    expect(without[0]).toMatch(/connection: keep-alive/i);
    expect(await said({ ...json, connection: 'close' })).toMatch(/connection: close/i);
    expect(await said(json)).toMatch(/connection: keep-alive/i);
    const traceparent = `00-${'a1'.repeat(16)}-${'b2'.repeat(8)}-01`;
    expect(await said({ ...json, traceparent })).toContain(`"traceId":"${'a1'.repeat(16)}"`);
  });

  it('does not wait for ever for the rest of a body that was refused', async () => {
    await stop();
    await start({ requestsMax: 0, bodyLimits: SHORT_LIMITS });
    const { socket, heard } = rawConnection();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(`${headOf(STRUCTURED, 1_000)}{"spec`);
    await closed;
    expect(heard()).toMatch(/^HTTP\/1\.1 503 /);
  });

  it('refuses bodies beyond the bytes under way, announced or not', async () => {
    await stop();
    await start({ bytesMax: 1_000, bodyLimits: ENDLESS_LIMITS });
    const large = JSON.stringify([event('a', { data: 'x'.repeat(2_000) })]);
    const refused = await post(BATCH, large);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    const chunked = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(large));
        controller.close();
      },
    });
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': BATCH },
      body: chunked,
      duplex: 'half',
    } as RequestInit);
    expect(answer.status).toBe(503);
    expect((await post(STRUCTURED, JSON.stringify(event('b')))).status).toBe(201);
  });
});

describe('a sender that stops in the middle of a body', () => {
  it.each([STRUCTURED, NDJSON])('is cut off after a while with %s', async (contentType) => {
    await stop();
    await start({ bodyLimits: SHORT_LIMITS });
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(
      `POST /v1/events HTTP/1.1\r\nhost: x\r\ncontent-type: ${contentType}\r\ncontent-length: 100\r\n\r\n{"spec`,
    );
    await closed;
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*INPUT_INVALID/);
    expect(await stored()).toEqual([]);
  });
});

describe('the webhook handshake', () => {
  it('grants every origin any rate and names the method', async () => {
    const answer = await fetch(url, {
      method: 'OPTIONS',
      headers: { 'webhook-request-origin': 'events.example.com', 'webhook-request-rate': '120' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('webhook-allowed-origin')).toBe('events.example.com');
    expect(answer.headers.get('webhook-allowed-rate')).toBe('*');
    expect(answer.headers.get('allow')).toContain('POST');
  });

  it('grants nothing to who does not ask', async () => {
    const answer = await fetch(url, { method: 'OPTIONS' });
    expect(answer.headers.get('webhook-allowed-origin')).toBeNull();
  });
});

it('other addresses are not ours', async () => {
  expect((await fetch(`${url}/rejected`, { method: 'POST' })).status).toBe(404);
  expect((await fetch(url)).status).toBe(404);
});
