/** One connection of the shedder between real sockets: a client, and a server that answers with what it was sent. */
import { createServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import { connect, createServer as createListener, type AddressInfo, type Server } from 'node:net';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { AdmissionWindow } from './admission-window.ts';
import { ClientConnection } from './client-connection.ts';
import { listenForRelayed, type RelayedConnections } from './relayed-connections.ts';

const REFUSAL = 'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 7\r\n\r\nrefused';
const ANSWER = /HTTP\/1\.1 (\d{3})[^]*?\r\ncontent-length: (\d+)\r\n(?:[^]*?\r\n)??\r\n/i;

let server: HttpServer;
let relayed: RelayedConnections;
let door: Server;
let window: AdmissionWindow;
let connections: ClientConnection[];
let refusedCount: number;
let nowMs: number;
/** Answers wait for it. */
let gate: Promise<void>;
let seen: { readonly address: string | undefined; readonly method: string | undefined }[];
let close: boolean;

/** So much later the shedder looks after its connections. */
function later(ms: number): void {
  nowMs += ms;
  for (const connection of connections) connection.lookAfter();
}

async function answer(request: IncomingMessage): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of request) hash.update(chunk as Buffer);
  await gate;
  return hash.digest('hex');
}

beforeEach(async () => {
  gate = Promise.resolve();
  seen = [];
  connections = [];
  refusedCount = 0;
  nowMs = 0;
  close = false;
  window = new AdmissionWindow({ requests: 2, bytes: 1_000_000 });
  server = createServer((request, response) => {
    seen.push({ address: request.socket.remoteAddress, method: request.method });
    void answer(request).then((text) => {
      if (close) response.setHeader('connection', 'close');
      response.setHeader('content-length', text.length).end(text);
    });
  });
  // As in the product; only a server that listens knows its connections.
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  relayed = await listenForRelayed(server, 1_000);
  const shared = {
    serverPath: relayed.path,
    get window() {
      return window;
    },
    nowMs: () => nowMs,
    refusal: () => REFUSAL,
    refused: () => void (refusedCount += 1),
  };
  door = createListener({ allowHalfOpen: true }, (socket) => {
    connections.push(new ClientConnection(socket, shared));
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.close();
  server.closeAllConnections();
  door.close();
  await relayed.close();
});

interface Client {
  send(text: string | Buffer): Promise<void>;
  /** Statuses and bodies so far. */
  answers(): readonly string[];
  /** Everything so far. */
  text(): string;
  readonly ended: () => boolean;
  end(): void;
  destroy(): void;
}

async function client(): Promise<Client> {
  const { port } = door.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let text = '';
  let ended = false;
  socket.on('data', (chunk) => (text += chunk.toString('latin1')));
  socket.on('error', () => {});
  socket.on('close', () => (ended = true));
  await new Promise((resolve) => socket.once('connect', resolve));
  return {
    send: (bytes) => new Promise((resolve) => void socket.write(bytes, () => resolve())),
    answers: () => answersIn(text),
    text: () => text,
    ended: () => ended,
    end: () => void socket.end(),
    destroy: () => void socket.destroy(),
  };
}

function answersIn(text: string): string[] {
  const found: string[] = [];
  for (let rest = text; ;) {
    const head = ANSWER.exec(rest);
    if (head === null) return found;
    const start = head.index + head[0].length;
    found.push(`${head[1]} ${rest.slice(start, start + Number(head[2]))}`);
    rest = rest.slice(start + Number(head[2]));
  }
}

const post = (body: string, line = ''): string =>
  `POST /v1/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/cloudevents+json\r\n${line}` +
  `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const taken = (body: string): string => `200 ${createHash('sha256').update(body).digest('hex')}`;

function closedGate(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = promise;
  return resolve;
}

/** Another client that has all the room there is. */
async function fill(): Promise<void> {
  const others = await Promise.all([client(), client()]);
  await Promise.all(others.map((other) => other.send(post('other'))));
  await until('the server is busy', async () => seen.length === 2);
}

describe('a connection of the load shedder', () => {
  it('passes requests on, one after another, with the address of the client', async () => {
    const one = await client();
    for (const body of ['a', 'b'.repeat(200_000), 'c']) {
      const before = one.answers().length;
      await one.send(post(body));
      await until('the answer', async () => one.answers().length > before);
      expect(one.answers().at(-1)).toBe(taken(body));
    }
    expect(seen.map(({ address }) => address)).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1']);
  });

  it('refuses what finds no room and stays usable', async () => {
    const open = closedGate();
    await fill();
    const one = await client();
    const long = post('x'.repeat(150_000));
    await one.send(long.slice(0, 70_000));
    // Before the rest of the body is there.
    await until('the refusal', async () => one.answers().length === 1);
    await one.send(long.slice(70_000) + post('again'));
    await until('the second refusal', async () => one.answers().length === 2);
    expect(one.answers()).toEqual(['503 refused', '503 refused']);
    expect([refusedCount, seen.length]).toEqual([2, 2]);
    open();
    await until('room', async () => window.enter(1));
    window.leave(1);
    await one.send(post('now'));
    await until('the answer', async () => one.answers().length === 3);
    expect(one.answers()[2]).toBe(taken('now'));
  });

  it('answers requests that came at once in their order', async () => {
    const one = await client();
    await one.send(post('a') + post('b') + post('c'));
    await until('three answers', async () => one.answers().length === 3);
    expect(one.answers()).toEqual([taken('a'), taken('b'), taken('c')]);
  });

  it.each([
    ['another request', 'GET /other HTTP/1.1\r\nHost: a\r\n\r\n', 'GET'],
    ['chunks', chunked('abc'), 'POST'],
    ['a long body', post('y'.repeat(300_000)), 'POST'],
    ['a request without a body', post(''), 'POST'],
  ])('passes %s through though there is no room', async (_, text, method) => {
    const open = closedGate();
    await fill();
    const one = await client();
    await one.send(text);
    await until('the request', async () => seen.length === 3);
    open();
    await until('the answer', async () => one.answers().length === 1);
    expect(seen[2]).toEqual({ address: '127.0.0.1', method });
    expect(one.answers()[0]).toMatch(/^200 /);
  });

  it('ends behind an answer that ends its connection', async () => {
    close = true;
    const one = await client();
    await one.send(post('a') + post('b'));
    await until('the end', async () => one.ended());
    expect(one.answers()).toEqual([taken('a')]);
  });

  it('breaks when the server does with a request under way, and gives its room back', async () => {
    closedGate();
    const one = await client();
    await one.send(post('a'));
    await until('the request', async () => seen.length === 1);
    server.closeAllConnections();
    await until('the end', async () => one.ended());
    expect(one.answers()).toEqual([]);
    expect([window.enter(1), window.enter(1)]).toEqual([true, true]);
  });

  it('gives its room back when the client leaves', async () => {
    closedGate();
    await fill();
    expect(window.enter(1)).toBe(false);
    for (const connection of connections) connection.end();
    const one = await client();
    one.destroy();
    server.closeAllConnections();
    await until('room', async () => window.enter(1));
  });

  it('ends at once when it is told to and nothing is under way', async () => {
    const one = await client();
    await one.send(post('a'));
    await until('the answer', async () => one.answers().length === 1);
    connections[0]!.end();
    await until('the end', async () => one.ended());
  });

  it('ends behind the answer under way when it is told to', async () => {
    const open = closedGate();
    const one = await client();
    await one.send(post('a'));
    await until('the request', async () => seen.length === 1);
    connections[0]!.end();
    open();
    await until('the end', async () => one.ended());
    expect(one.answers()).toEqual([taken('a')]);
  });

  it('ends who says nothing, and who stops in the middle of what is refused', async () => {
    closedGate();
    await fill();
    const silent = await client();
    const slow = await client();
    await slow.send(post('x'.repeat(1_000)).slice(0, -1));
    await until('the refusal', async () => slow.answers().length === 1);
    await until('both', async () => connections.length === 4);
    later(9_000);
    expect([silent.ended(), slow.ended()]).toEqual([false, false]);
    later(2_000);
    await until('both ends', async () => silent.ended() && slow.ended());
  });

  it('ends who lets a head or a refused body trickle', async () => {
    closedGate();
    await fill();
    const ofHead = await client();
    const ofBody = await client();
    await ofBody.send(post('x'.repeat(1_000)).slice(0, -500));
    await ofHead.send('POST');
    await until('the refusal', async () => ofBody.answers().length === 1);
    const elapsedUntil = async (other: Client): Promise<number> => {
      while (!other.ended() && nowMs < 100_000) {
        await Promise.all([ofHead.send(' '), ofBody.send('x')]);
        // What was sent is there before the next look.
        await pause(20);
        later(4_000);
        await pause(20);
      }
      return nowMs;
    };
    expect(await elapsedUntil(ofHead)).toBe(12_000);
    expect(ofBody.ended()).toBe(false);
    expect(await elapsedUntil(ofBody)).toBe(64_000);
  });

  it('lets an idle one be for longer, also without its connection to the server', async () => {
    const one = await client();
    await one.send(post('a'));
    await until('the answer', async () => one.answers().length === 1);
    later(51_000);
    await one.send(post('b'));
    await until('the second answer', async () => one.answers().length === 2);
    expect(one.answers()[1]).toBe(taken('b'));
    later(66_000);
    await until('the end', async () => one.ended());
  });

  it('takes the last request of who says no more', async () => {
    const one = await client();
    await one.send(post('a'));
    await until('the answer', async () => one.answers().length === 1);
    one.end();
    await until('the end', async () => one.ended());
  });
});

function chunked(text: string): string {
  return (
    'POST /v1/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/cloudevents+json\r\n' +
    `Transfer-Encoding: chunked\r\n\r\n${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`
  );
}

it('whatever comes in whatever pieces is answered in order, whole or refused', async () => {
  const bodies = fc.array(fc.string({ minLength: 1, maxLength: 3_000, unit: 'binary-ascii' }), {
    minLength: 1,
    maxLength: 12,
  });
  const pieces = fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 8 });
  const room = fc.integer({ min: 0, max: 3_000 });
  await fc.assert(
    fc.asyncProperty(bodies, pieces, room, async (texts, lengths, bytes) => {
      window = new AdmissionWindow({ requests: 2, bytes });
      const one = await client();
      const all = Buffer.from(texts.map((text) => post(text)).join(''));
      for (let at = 0, turn = 0; at < all.length; turn += 1) {
        const length = lengths[turn % lengths.length] ?? 1;
        await one.send(all.subarray(at, at + length));
        at += length;
      }
      await until('all answers', async () => one.answers().length === texts.length);
      one.destroy();
      // One client never has more than one request under way, so there is room for all that are short enough.
      const expected = texts.map((text) => {
        const length = Buffer.byteLength(text);
        return length <= bytes ? taken(text) : '503 refused';
      });
      expect(one.answers()).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});
