import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../test/support/until.ts';
import type { Health, LiveFigure } from '../contract.ts';
import { ERROR_TABLE } from '../core/errors.ts';
import { AUTH_FAILURES_PER_WINDOW } from './auth-failure-limit.ts';
import { ADMIN_KEY, FIGURE, httpFixture, type HttpFixture } from './fixture.ts';
import { openSseReader } from './sse-client.fixture.ts';

let http: HttpFixture;
let folder: string;
const heard = new Set<(figure: LiveFigure) => void>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-console-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>console</title>');
  await writeFile(join(folder, 'assets', 'app-1a2b.js'), 'export {};');
  await writeFile(join(folder, '.secret'), 'no');
  http = await httpFixture({
    consoleFolder: folder,
    trustedProxies: ['127.0.0.1'],
    live: {
      latest: () => FIGURE,
      history: () => [FIGURE],
      onFigure(listener) {
        heard.add(listener);
        return () => heard.delete(listener);
      },
    },
    rawRoutes: [
      (request, response) => {
        if (request.url !== '/v1/events' || request.method !== 'POST') return false;
        response
          .writeHead(request.headers.authorization === `Bearer ${ADMIN_KEY}` ? 201 : 401)
          .end('raw');
        return true;
      },
    ],
  });
});
afterAll(async () => {
  await http.close();
  await rm(folder, { recursive: true });
});

const codeOf = async (answer: Response): Promise<unknown> => {
  // safe because a problem document is an object
  const { code } = (await answer.json()) as { code?: unknown };
  return code;
};

it('a request for what does not exist leaves the connection open', async () => {
  const { status, headers } = await http.call('/v1/nothing', { method: 'DELETE' });
  expect([status, headers.get('connection')]).toEqual([404, 'keep-alive']);
});

describe('raw routes', () => {
  it('are tried before the router', async () => {
    const answer = await http.call('/v1/events', { method: 'POST', body: {} });
    expect([answer.status, await answer.text()]).toEqual([201, 'raw']);
    expect((await http.call('/v1/events')).status).toBe(200);
  });
});

describe('a head', () => {
  it.each(['/health/ready', '/openapi.json', '/v1/keys', '/v1/events', '/v1/live'])(
    'of %s has the status and headers of the whole and no body',
    async (path) => {
      const headers = { accept: 'application/json, text/event-stream' };
      const [head, whole] = [
        await http.call(path, { method: 'HEAD', headers }),
        await http.call(path, { headers: { accept: 'application/json' } }),
      ];
      expect([head.status, await head.text()]).toEqual([200, '']);
      expect(head.headers.get('content-type')).toBe(whole.headers.get('content-type'));
    },
  );

  it('is refused like the whole, and a stream without an end has none', async () => {
    const stranger = await fetch(`${http.url}/v1/keys`, { method: 'HEAD' });
    const endless = await http.call('/v1/events/tail', { method: 'HEAD' });
    expect([stranger.status, endless.status]).toEqual([401, 404]);
  });
});

describe('what nobody asked for', () => {
  it.each([
    ['GET', '/v1/nothing'],
    ['PATCH', '/v1/keys'],
    ['DELETE', '/v1/events'],
    ['GET', '/v1/streams/a'],
    ['GET', '/v1/streams/%00/x'],
    ['GET', '/assets/../../etc/passwd'],
    ['GET', '/.secret'],
  ])('%s %s is a problem document with 404', async (method, path) => {
    const { status, body, headers } = await http.json(path, { method });
    expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('a path that cannot be decoded is a problem document with 400', async () => {
    const { status, body } = await http.json('/v1/streams/%ff/x');
    expect([status, body.code]).toEqual([400, 'INPUT_INVALID']);
  });

  it('the trace id of the caller comes back', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { body } = await http.json('/v1/nothing', { headers: { traceparent } });
    expect(body.traceId).toBe('0af7651916cd43dd8448eb211c80319c');
  });

  it('no other origin may read answers', async () => {
    const answer = await http.call('/v1/events', {
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('bodies', () => {
  const post = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
    fetch(`${http.url}/v1/keys`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${ADMIN_KEY}`,
        'content-type': 'application/json',
        ...headers,
      },
      body,
    });

  it.each([
    ['truncated', '{"name":"x","scopes":["adm'],
    ['empty', ''],
    ['nested 10,000 deep', '['.repeat(10_000)],
    ['with half a surrogate pair', '{"name":"\\ud83d","scopes":["admin"]}'],
    ['with __proto__', '{"name":"x","scopes":["admin"],"__proto__":{"admin":true}}'],
    ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
  ])('%s are refused', async (_what, body) => {
    const answer = await post(body);
    expect([answer.status, await codeOf(answer)]).toEqual([400, 'INPUT_INVALID']);
  });

  it('too large ones are refused while they arrive', async () => {
    const answer = await post(JSON.stringify({ name: 'x'.repeat(100_000) }));
    expect([answer.status, await codeOf(answer)]).toEqual([413, 'TOO_LARGE']);
    expect(answer.headers.get('connection')).toBe('close');
  });

  it.each([{ 'content-type': 'text/plain' }, { 'content-encoding': 'gzip' }])(
    '%j is refused',
    async (headers) => {
      const answer = await post('{}', headers);
      expect([answer.status, await codeOf(answer)]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    },
  );
});

describe('operation', () => {
  it('health is open; ready is 503 while writes are not accepted', async () => {
    expect((await http.json('/health/live', { key: null })).body).toEqual({ status: 'ok' });
    expect((await http.json('/health/ready', { key: null })).status).toBe(200);
    http.health.current = {
      status: 'unavailable',
      dependencies: { database: { status: 'unavailable' } },
    };
    const { status, body } = await http.json('/health/ready', { key: null });
    expect([status, body.dependencies]).toEqual([503, { database: { status: 'unavailable' } }]);
    http.health.current = { status: 'ok', dependencies: {} };
  });

  it('metrics are open to this machine unless a proxy forwarded the request', async () => {
    const local = await http.call('/metrics', { key: null });
    expect([local.status, await local.text()]).toEqual([200, 'up 1\n']);
    expect(local.headers.get('content-type')).toContain('text/plain');
    for (const name of ['forwarded', 'x-forwarded-for', 'x-forwarded-proto'])
      expect((await http.call('/metrics', { key: null, headers: { [name]: 'x' } })).status).toBe(
        401,
      );
    expect((await http.call('/metrics', { headers: { forwarded: 'x' } })).status).toBe(200);
    // A credential without the scope, or that is none, takes nothing from this machine.
    const { key } = await http.key(ADMIN_KEY, ['events:read']);
    for (const each of [key, 'not a key']) {
      expect((await http.call('/metrics', { key: each })).status).toBe(200);
      const headers = { forwarded: 'x' };
      expect((await http.call('/metrics', { key: each, headers })).status).not.toBe(200);
    }
  });

  it('live figures come as JSON, with their history, or as messages', async () => {
    expect((await http.json('/v1/live')).body).toEqual({ latest: FIGURE, history: [] });
    expect((await http.json('/v1/live?history=true')).body.history).toEqual([FIGURE]);
    const headers = { authorization: `Bearer ${ADMIN_KEY}`, accept: 'text/event-stream' };
    const reader = await openSseReader(`${http.url}/v1/live`, headers);
    await until('the latest figure', () => reader.messages.length === 1);
    for (const hear of heard) hear({ ...FIGURE, at: FIGURE.at + 1000 });
    await until('the next figure', () => reader.messages.length === 2);
    expect(reader.messages.map((message) => message.data['at'])).toEqual([
      FIGURE.at,
      FIGURE.at + 1000,
    ]);
    reader.close();
  });
});

describe('pages', () => {
  it('docs and the console are open, load nothing foreign and run nothing inline', async () => {
    for (const path of ['/', '/docs', '/docs/errors', '/docs/orders', '/docs/keys-and-tenants']) {
      const answer = await http.call(path, { key: null });
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.headers.get('content-type')).toContain('text/html');
      expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
      const html = await answer.text();
      expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
      expect(html).not.toMatch(/<script>|style=| on\w+=/);
    }
  });

  it('what the pages load is there, a page that is not is a problem', async () => {
    for (const path of [
      '/docs/style.css',
      '/docs/script.js',
      '/docs/search.json',
      '/docs/inter.woff2',
    ])
      expect([path, (await http.call(path, { key: null })).status]).toEqual([path, 200]);
    const nothing = await http.json('/docs/nothing', { key: null });
    expect([nothing.status, nothing.body.code]).toEqual([404, 'NOT_FOUND']);
  });

  it('every error code has an anchor at the address that problems name', async () => {
    const html = await (await http.call('/docs/errors', { key: null })).text();
    for (const code of Object.keys(ERROR_TABLE)) expect(html).toContain(`id="${code}"`);
  });

  it('assets may be kept for good, the page not', async () => {
    const asset = await http.call('/assets/app-1a2b.js', { key: null });
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect((await http.call('/', { key: null })).headers.get('cache-control')).toBe('no-cache');
  });

  it('without a built console there is a page that says so', async () => {
    const bare = await httpFixture();
    const answer = await bare.call('/', { key: null });
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining('not been built'),
    ]);
    await bare.close();
  });
});

describe('wrong keys', () => {
  it('are limited per address, raw routes included, while a known key goes on', async () => {
    const address = { 'x-forwarded-for': '203.0.113.7' };
    const wrong = (path: string, method: string) =>
      http.call(path, { method, key: 'ck_wrong_key', headers: address });
    expect((await http.call('/v1/events', { headers: address })).status).toBe(200);
    for (let n = 0; n < AUTH_FAILURES_PER_WINDOW; n += 2) {
      const [read, write] = await Promise.all([
        wrong('/v1/events', 'GET'),
        wrong('/v1/events', 'POST'),
      ]);
      await Promise.all([read.text(), write.text()]);
    }
    for (const method of ['GET', 'POST']) {
      const answer = await wrong('/v1/events', method);
      expect([answer.status, await codeOf(answer)]).toEqual([429, 'RATE_LIMITED']);
      expect(answer.headers.get('ratelimit')).toMatch(/^"failed-authentication";r=0;t=\d+$/);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await http.call('/v1/events', { headers: address })).status).toBe(200);
    const other = { 'x-forwarded-for': '203.0.113.8' };
    expect((await http.call('/v1/events', { key: 'ck_wrong_key', headers: other })).status).toBe(
      401,
    );
  });
});

describe('a reader of a large answer', () => {
  const STALLED_MS = 300;
  /** More than the system takes for two sockets of one machine. */
  const BYTES = 32 * 1024 * 1024;
  let own: HttpFixture;
  beforeAll(async () => {
    const health = (): Promise<Health> => pause(3 * STALLED_MS, { status: 'ok', dependencies: {} });
    own = await httpFixture({ stalledMsMax: STALLED_MS, health });
    await own.append('default', { id: 'large' }, 'x'.repeat(BYTES));
  });
  afterAll(() => own.close());

  /** A connection that asked for it, and how much of it came. */
  function asking(): { readonly socket: Socket; readonly read: { text: string; bytes: number } } {
    const { hostname, port } = new URL(own.url);
    const socket = connect(Number(port), hostname);
    const read = { text: '', bytes: 0 };
    socket.on('error', () => undefined);
    socket.on('data', (some) => {
      read.bytes += some.length;
      read.text = some.toString('latin1').slice(-100);
    });
    const key = `authorization: Bearer ${ADMIN_KEY}`;
    socket.write(`GET /v1/events HTTP/1.1\r\nhost: x\r\n${key}\r\n\r\n`);
    return { socket, read };
  }

  it('that takes nothing of it is cut off', async () => {
    const { socket, read } = asking();
    socket.pause();
    await pause(10 * STALLED_MS);
    socket.resume();
    await new Promise((done) => void socket.once('close', done));
    expect(read.bytes).toBeLessThan(BYTES);
  });

  it('that took it may rest, and then ask for what takes its time', async () => {
    const { socket, read } = asking();
    await until('all of it', () => read.text.endsWith('"more":false}'));
    await pause(2 * STALLED_MS);
    socket.write('GET /health/ready HTTP/1.1\r\nhost: x\r\n\r\n');
    await until('an answer', () => read.text.endsWith('"dependencies":{}}'));
    socket.destroy();
  });
});

describe('close', () => {
  it('lets a request under way finish and refuses new connections', async () => {
    const begun = Promise.withResolvers<void>();
    const looked = Promise.withResolvers<Health>();
    const own = await httpFixture({
      health: () => {
        begun.resolve();
        return looked.promise;
      },
    });
    const slow = own.call('/health/ready', { key: null });
    await begun.promise;
    const closed = own.close();
    looked.resolve({ status: 'ok', dependencies: {} });
    expect((await slow).status).toBe(200);
    await closed;
    await expect(own.call('/health/live')).rejects.toThrow();
  });

  it('ends within its time when a client never finishes its request', async () => {
    const own = await httpFixture();
    const { hostname, port } = new URL(own.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.write('POST /v1/keys HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{');
    await new Promise((done) => void socket.once('connect', done));
    const started = performance.now();
    await own.close();
    expect(performance.now() - started).toBeLessThan(10_000);
    socket.destroy();
  });
});
