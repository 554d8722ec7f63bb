/**
 * What strangers may send, over the wire to a real server: each gets its problem code, nothing else is disturbed, and
 * at the end the log holds exactly what was accepted.
 */
import { connect, type Socket } from 'node:net';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonObject, objectsIn, send } from '../../tools/chaos/http-client.ts';
import { postJson } from '../../tools/chaos/read-server.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { until } from '../support/until.ts';
import { BATCH, eventOf, post, postBatch, postOne, storedIds, verdictOf } from './wire.ts';

const START_TIMEOUT_MS = 120_000;
const MEBIBYTE = 1_048_576;

let server: ServerProcess;
const slow: Socket[] = [];
beforeAll(async () => {
  server = await startServer();
  for (let index = 0; index < SLOW_CONNECTIONS; index += 1) slow.push(await openSlow());
}, START_TIMEOUT_MS);
afterAll(async () => {
  for (const socket of slow) socket.destroy();
  await server?.dispose();
});

/** Bodies that never end, one byte now and then, open during all the tests of this file. */
const SLOW_CONNECTIONS = 50;

function openSlow(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => {
      socket.write(
        `POST /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${server.apiKey}\r\n` +
          'Content-Type: application/cloudevents+json\r\nContent-Length: 5000\r\n\r\n{',
      );
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

/** Stored by these tests on purpose, and nothing else. */
const accepted: string[] = [];
function accept(id: string): string {
  accepted.push(id);
  return id;
}

describe('text that is no event', () => {
  const good = JSON.stringify(eventOf('bad-text'));
  const cases: [string, string | Uint8Array, string][] = [
    ['truncated JSON', good.slice(0, 60), '400 EVENT_INVALID'],
    ['an empty body', '', '400 EVENT_INVALID'],
    ['two values', `${good} ${good}`, '400 EVENT_INVALID'],
    ['an array where one event is announced', `[${good}]`, '400 EVENT_INVALID'],
    ['a raw NUL', good.replace('bad-text', 'bad\u0000text'), '400 EVENT_INVALID'],
    [
      'an escaped NUL in an attribute',
      good.replace('bad-text', 'bad\\u0000text'),
      '400 EVENT_INVALID',
    ],
    [
      'a lone surrogate in data',
      good.replace('"id":"bad-text"}', '"id":"\\ud800"}'),
      '400 EVENT_INVALID',
    ],
    [
      'a lone surrogate in an attribute',
      good.replace('bad-text', 'bad\\ud800text'),
      '400 EVENT_INVALID',
    ],
    [
      'invalid UTF-8',
      Buffer.from(good.replace('bad-text', 'bad\u00fftext'), 'latin1'),
      '400 EVENT_INVALID',
    ],
    ['depth 10,000', deep(10_000), '400 EVENT_INVALID'],
    [
      'an attribute named __proto__',
      good.replace('{', '{"__proto__":{"isAdmin":true},'),
      '400 EVENT_INVALID',
    ],
    ['an attribute in capitals', good.replace('{', '{"Subject":"x",'), '400 EVENT_INVALID'],
    [
      '5 MB of data',
      JSON.stringify(eventOf('big', { data: 'x'.repeat(5 * MEBIBYTE) })),
      '413 TOO_LARGE',
    ],
  ];
  for (const [name, body, verdict] of cases)
    it(`${name} is answered with ${verdict}`, async () => {
      expect(verdictOf(await post(server, body))).toBe(verdict);
    });

  it('a batch that cannot be parsed stores nothing', async () => {
    const body = `[${good.replace('bad-text', 'in-broken-batch')},{"specversion":`;
    expect(verdictOf(await post(server, body, { contentType: BATCH }))).toBe('400 EVENT_INVALID');
  });
});

function deep(levels: number): string {
  const data = `${'['.repeat(levels)}1${']'.repeat(levels)}`;
  return JSON.stringify(eventOf('deep')).replace(/"data":\{[^}]*\}/, `"data":${data}`);
}

describe('events that lack something', () => {
  for (const name of ['id', 'source', 'type', 'specversion']) {
    it(`without ${name}, or with an empty one, is 400 and names it`, async () => {
      const { [name]: _, ...without } = eventOf('lacking');
      for (const event of [without, eventOf('lacking', { [name]: '' })]) {
        const answer = await postOne(server, event);
        expect(verdictOf(answer)).toBe('400 EVENT_INVALID');
        expect(answer.body).toContain(name);
      }
    });
  }

  it('one bad event among good ones: the good ones are stored', async () => {
    const events = [
      eventOf(accept('good-1')),
      eventOf('no-source', { source: '' }),
      eventOf(accept('good-2')),
    ];
    const answer = await postBatch(server, events);
    const summary = jsonObject(answer.body);
    expect(summary).toMatchObject({ accepted: 2, duplicates: 0, rejected: 1 });
    expect(objectsIn(summary, 'results')[1]).toMatchObject({
      index: 1,
      status: 'rejected',
      code: 'EVENT_INVALID',
    });
  });
});

describe('requests of the wrong kind', () => {
  it('a content type that is no event is 415', async () => {
    const answer = await post(server, 'hello', { contentType: 'text/plain' });
    expect(['415 UNSUPPORTED_MEDIA_TYPE', '400 EVENT_INVALID']).toContain(verdictOf(answer));
  });

  it('an unknown content encoding is 415', async () => {
    const answer = await post(server, 'xx', { headers: { 'content-encoding': 'lzma' } });
    expect(verdictOf(answer)).toBe('415 UNSUPPORTED_MEDIA_TYPE');
  });

  it('more than 1,000 events in a batch are 413 and none is stored', async () => {
    const events = Array.from({ length: 1001 }, (_, index) => eventOf(`too-many-${index}`));
    expect(verdictOf(await postBatch(server, events))).toBe('413 TOO_LARGE');
  });

  it('reserved types and sources are 403', async () => {
    const type = await postOne(server, eventOf('reserved', { type: 'comptoir.order.placed.v1' }));
    const source = await postOne(server, eventOf('reserved', { source: '/comptoir/orders' }));
    expect([verdictOf(type), verdictOf(source)]).toEqual([
      '403 RESERVED_TYPE',
      '403 RESERVED_TYPE',
    ]);
  });

  it('other content under a stored id is 409 and the first stays', async () => {
    expect(verdictOf(await postOne(server, eventOf(accept('same-key'))))).toBe('201');
    const other = await postOne(server, eventOf('same-key', { data: { id: 'other' } }));
    expect(verdictOf(other)).toBe('409 EVENT_CONFLICT');
    const again = await postOne(server, eventOf('same-key'));
    expect(jsonObject(again.body)).toMatchObject({ status: 'duplicate' });
  });
});

describe('compressed bodies that swell', () => {
  const zeros = Buffer.alloc(512 * MEBIBYTE);
  const bombs: [string, Buffer][] = [
    ['gzip', gzipSync(zeros, { level: 9 })],
    ['zstd', zstdCompressSync(zeros)],
  ];
  for (const [encoding, body] of bombs)
    it(`half a gibibyte in ${body.length} bytes of ${encoding} is 413`, async () => {
      const answer = await post(server, body, {
        contentType: BATCH,
        headers: { 'content-encoding': encoding },
      });
      expect(verdictOf(answer)).toBe('413 TOO_LARGE');
    });

  it('a compressed body that is broken is 400', async () => {
    const cut = gzipSync(JSON.stringify(eventOf('cut-gzip'))).subarray(0, 40);
    const answer = await post(server, cut, { headers: { 'content-encoding': 'gzip' } });
    expect(answer.status).toBe(400);
  });
});

describe('data that is strange but allowed', () => {
  const cases: [string, string][] = [
    [
      'numbers beyond 2^53',
      '{"n":12345678901234567890,"f":0.1000000000000000055,"e":1e400,"z":-0.0}',
    ],
    ['__proto__', '{"__proto__":{"isAdmin":true},"constructor":{"prototype":1}}'],
    ['an escaped NUL', '{"t":"a\\u0000b"}'],
    ['repeated names', '{"a":1,"a":2}'],
  ];
  for (const [name, data] of cases)
    it(`${name} in data: kept as sent, byte for byte`, async () => {
      const id = accept(`strange-${name.replaceAll(/[^a-z]/g, '')}`);
      const body = JSON.stringify(eventOf(id, { data: 'DATA' })).replace('"DATA"', data);
      expect(verdictOf(await post(server, body))).toBe('201');
      const answer = await send({ url: `${server.url}/v1/events?id=${id}`, apiKey: server.apiKey });
      expect(answer.body).toContain(`"data":${data}`);
    });
});

describe('keys', () => {
  it('missing, malformed, unknown and of an unknown tenant are 401 alike', async () => {
    const real = await postJson(server, '/v1/keys', { name: 'shape', scopes: ['events:write'] });
    const key = String(real['key'] ?? real['apiKey']);
    const flipped = key.replace(/[a-z0-9](?=[^a-z0-9]*$)/i, (last) => (last === 'a' ? 'b' : 'a'));
    for (const apiKey of [
      'x',
      'no-such-key-0123456789abcdef',
      flipped,
      key.replace('default', 'nobody') + 'x',
    ])
      expect(verdictOf(await post(server, JSON.stringify(eventOf('no-key')), { apiKey }))).toBe(
        '401 UNAUTHENTICATED',
      );
    const bare = await send({ url: `${server.url}/v1/events`, method: 'POST', body: '{}' });
    expect(bare.status).toBe(401);
  });

  it('without the scope are 403', async () => {
    const made = await postJson(server, '/v1/keys', { name: 'reader', scopes: ['events:read'] });
    const apiKey = String(made['key'] ?? made['apiKey']);
    const answer = await post(server, JSON.stringify(eventOf('no-scope')), { apiKey });
    expect(verdictOf(answer)).toBe('403 FORBIDDEN');
  });

  it('revoked are refused soon after', async () => {
    const made = await postJson(server, '/v1/keys', { name: 'revoked', scopes: ['events:write'] });
    const apiKey = String(made['key'] ?? made['apiKey']);
    const write = (id: string): Promise<string> =>
      post(server, JSON.stringify(eventOf(id)), { apiKey }).then(verdictOf);
    expect(await write(accept('before-revocation'))).toBe('201');
    const url = `${server.url}/v1/keys/${String(made['id'])}`;
    const removed = await send({ url, method: 'DELETE', apiKey: server.apiKey });
    expect(removed.status).toBeLessThan(300);
    await until(
      'the refusal',
      async () => (await write('before-revocation')) === '401 UNAUTHENTICATED',
    );
  });
});

describe('after all of it', () => {
  it('fifty bodies that never end have kept nobody else waiting, and are closed', async () => {
    expect(slow.filter((socket) => !socket.destroyed).length).toBeGreaterThan(0);
    expect(verdictOf(await postOne(server, eventOf(accept('beside-the-slow'))))).toBe('201');
    for (const socket of slow) socket.on('error', () => {}).resume();
    await until(
      'the server to give up on them',
      () => slow.every((socket) => socket.destroyed || socket.readableEnded),
      {
        timeoutMs: 90_000,
      },
    );
  }, 120_000);

  it('the log holds exactly what was accepted and the same process serves', async () => {
    expect((await storedIds(server)).toSorted()).toEqual(accepted.toSorted());
    await server.ready();
    expect(server.logs()).not.toMatch(/uncaught|unhandled/i);
  });
});
