/** What the client does with receivers that behave and with those that do not. */
import { createServer, Socket, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { certificateFor } from '../certificate.fixture.ts';
import { answerWith, startReceiver, type Receiver } from '../receiver.fixture.ts';
import { createSender, type Sender, type SenderOptions, type Sent } from './sender.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

function sender(options: Partial<SenderOptions> = {}): Sender {
  const made = createSender({
    egress: { allowHttp: true, allowPrivate: true },
    resolve: async () => ['127.0.0.1'],
    ...options,
  });
  open.push(made);
  return made;
}

async function receiver(...options: Parameters<typeof startReceiver>): Promise<Receiver> {
  const made = await startReceiver(...options);
  open.push(made);
  return made;
}

/** A TCP server that does what `serve` does. */
async function raw(serve: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const post = (by: Sender, url: string): Promise<Sent> =>
  by.send({
    url,
    headers: { 'content-type': 'text/plain', 'x-one': '1' },
    body: Buffer.from('body'),
  });

describe('an answer', () => {
  it('has its status and nothing of its body', async () => {
    const to = await receiver();
    to.answer((response) => response.writeHead(200).end('a secret of the receiver'));
    expect(await post(sender(), `${to.url}?a=b%20c`)).toEqual({
      kind: 'answered',
      status: 200,
      retryAfter: undefined,
    });
    expect(to.received).toMatchObject([
      { path: '/hook?a=b%20c', body: 'body', headers: { 'content-length': '4', 'x-one': '1' } },
    ]);
  });

  it.each([200, 204, 299, 400, 404, 410, 429, 500, 503])(
    'of %i is given as it is',
    async (status) => {
      const to = await receiver();
      to.answer(answerWith(status, { 'retry-after': '7' }));
      expect(await post(sender(), to.url)).toEqual({ kind: 'answered', status, retryAfter: '7' });
    },
  );

  it.each([301, 302, 303, 307, 308])('of %i is not followed inward', async (status) => {
    const inward = await receiver();
    const to = await receiver();
    to.answer(answerWith(status, { location: inward.url }));
    expect(await post(sender(), to.url)).toMatchObject({ status });
    expect(inward.connections()).toBe(0);
  });

  it('of any size is cut off, and its status counts', async () => {
    const to = await receiver();
    let sentBytes = 0;
    let isCut = false;
    to.answer((response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(64 * 1024);
      const more = (): void => {
        while (response.write(chunk)) sentBytes += chunk.length;
      };
      response.on('drain', more).on('close', () => {
        isCut = true;
      });
      more();
    });
    expect(await post(sender(), to.url)).toMatchObject({ status: 200 });
    await until('the connection to be cut', () => isCut);
    // What the two ends buffer comes on top of what was read.
    expect(sentBytes).toBeLessThan(64 * 1024 * 1024);
  });

  it('whose body trickles does not hold the sender', async () => {
    const to = await receiver();
    to.answer((response) => response.writeHead(200).write('x'));
    const by = sender({ timeouts: { drainMs: 50 } });
    expect(await post(by, to.url)).toMatchObject({ status: 200 });
  });

  it('keeps the connection for the next message', async () => {
    const to = await receiver();
    const by = sender();
    for (let index = 0; index < 3; index += 1) await post(by, to.url);
    expect([to.received.length, to.connections()]).toEqual([3, 1]);
  });
});

describe('a receiver that', () => {
  it('takes the message and never answers ends with RESPONSE_TIMEOUT', async () => {
    const to = await receiver();
    to.answer(() => undefined);
    const by = sender({ timeouts: { headersMs: 60 } });
    expect(await post(by, to.url)).toEqual({ kind: 'failed', code: 'RESPONSE_TIMEOUT' });
  });

  it('sends its head byte by byte ends with RESPONSE_TIMEOUT', async () => {
    const url = await raw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => socket.write('x-a: b\r\n'), 10);
      socket.on('close', () => clearInterval(timer));
    });
    const by = sender({ timeouts: { headersMs: 1000, totalMs: 80 } });
    expect(await post(by, url)).toEqual({ kind: 'failed', code: 'RESPONSE_TIMEOUT' });
  });

  it('answers with interim responses without end ends with a failure', async () => {
    const url = await raw((socket) => {
      const timer = setInterval(() => socket.write('HTTP/1.1 102 Processing\r\n\r\n'), 5);
      socket.on('close', () => clearInterval(timer));
    });
    const by = sender({ timeouts: { totalMs: 80 } });
    expect(await post(by, url)).toEqual({ kind: 'failed', code: 'RESPONSE_TIMEOUT' });
  });

  it.each([
    ['speaks no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', 'RESPONSE_INVALID'],
    [
      'sends 100 kB of headers',
      `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`,
      'RESPONSE_INVALID',
    ],
    [
      'switches protocols',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      'RESPONSE_INVALID',
    ],
  ])('%s ends with %3$s', async (_what, text, code) => {
    const url = await raw((socket) => socket.on('data', () => socket.end(text)));
    expect(await post(sender(), url)).toEqual({ kind: 'failed', code });
  });

  it('hangs up ends with CONNECTION_LOST', async () => {
    const url = await raw((socket) => socket.on('data', () => socket.destroy()));
    expect(await post(sender(), url)).toEqual({ kind: 'failed', code: 'CONNECTION_LOST' });
  });

  it('does not listen ends with CONNECT_FAILED', async () => {
    const gone = await startReceiver();
    await gone.close();
    expect(await post(sender(), gone.url)).toEqual({ kind: 'failed', code: 'CONNECT_FAILED' });
  });

  it('does not accept ends with CONNECT_TIMEOUT', async () => {
    // A socket that was never connected stays silent, as one does whose packets are dropped.
    const to = await receiver();
    const by = sender({ timeouts: { connectMs: 50 }, connect: () => new Socket() });
    expect(await post(by, to.url)).toEqual({ kind: 'failed', code: 'CONNECT_TIMEOUT' });
    expect(to.connections()).toBe(0);
  });

  it('closed the kept connection meanwhile gets the message on a new one', async () => {
    let served = 0;
    const url = await raw((socket) =>
      socket.on('data', () => {
        served += 1;
        if (served === 2) socket.destroy();
        else socket.write('HTTP/1.1 204 No Content\r\n\r\n');
      }),
    );
    const by = sender();
    expect(await post(by, url)).toMatchObject({ status: 204 });
    expect(await post(by, url)).toMatchObject({ status: 204 });
    expect(served).toBe(3);
  });

  it('is at the second address of its name is found there', async () => {
    const to = await receiver();
    const by = sender({ resolve: async () => ['127.0.0.2', '127.0.0.1'] });
    expect(await post(by, to.url.replace('127.0.0.1', 'name.example'))).toMatchObject({
      status: 204,
    });
  });
});

describe('TLS', () => {
  it('with a certificate of a known authority for the host is used', async () => {
    const certificate = certificateFor(['127.0.0.1', 'hooks.example.com']);
    const to = await receiver(certificate);
    const by = sender({ ca: certificate.cert });
    expect(await post(by, to.url)).toMatchObject({ status: 204 });
    const named = to.url.replace('127.0.0.1', 'hooks.example.com');
    expect(await post(by, named)).toMatchObject({ status: 204 });
    expect(to.received[1]?.headers.host).toBe(new URL(named).host);
  });

  it.each([
    ['nobody vouches for', ['127.0.0.1'], false],
    ['is for another host', ['other.example.com'], true],
  ])('with a certificate that %s is refused, and nothing is sent', async (_what, names, known) => {
    const certificate = certificateFor(names);
    const to = await receiver(certificate);
    const by = sender(known ? { ca: certificate.cert } : {});
    expect(await post(by, to.url)).toEqual({ kind: 'failed', code: 'TLS_FAILED' });
    expect(to.received).toEqual([]);
  });

  it('with a server that speaks none fails', async () => {
    const to = await receiver();
    expect(await post(sender(), to.url.replace('http:', 'https:'))).toEqual({
      kind: 'failed',
      code: 'TLS_FAILED',
    });
  });
});

describe('close', () => {
  it('ends what is under way with STOPPED and takes no more', async () => {
    const to = await receiver();
    to.answer(() => undefined);
    const by = sender();
    const sent = post(by, to.url);
    await until('the message to arrive', () => to.received.length === 1);
    by.close();
    expect(await sent).toEqual({ kind: 'failed', code: 'STOPPED' });
    expect(await post(by, to.url)).toEqual({ kind: 'failed', code: 'STOPPED' });
  });
});
