import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { afterEach, expect, test } from 'vitest';
import { createExchanges, NotStarted, TimedOut, type Exchanges } from './exchange.ts';

/** A machine may stand still for seconds. */
const LONG_MS = 60_000;

const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** `silentOn`: what is asked for there gets no answer. */
async function house(options: { readonly totalMs: number; readonly silentOn?: string }) {
  const paths: string[] = [];
  const server: Server = createServer((request, response) => {
    paths.push(request.url ?? '');
    if (request.url === options.silentOn) return;
    response.writeHead(429, { 'retry-after': '7' });
    response.write('{"half":');
    setImmediate(() => response.end('1}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ connections: 1, pipelining: 1 });
  const exchanges = createExchanges(agent, options.totalMs);
  closing.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => server.closeAllConnections(),
    () => agent.destroy(),
    () => exchanges.close(),
  );
  return { paths, exchanges, origin: `http://127.0.0.1:${port}` };
}

function get(exchanges: Exchanges, origin: string, path: string) {
  return exchanges.send({ origin, method: 'GET', path, headers: ['x', 'y'], body: null });
}

test('an answer in parts is put together, with its status and what it asks to wait', async () => {
  const { exchanges, origin } = await house({ totalMs: LONG_MS });
  const answer = await get(exchanges, origin, '/one');
  expect(answer).toEqual({ status: 429, text: '{"half":1}', retryAfter: '7' });
});

test('what left and was not answered is told from what never left, which never leaves later', async () => {
  const { exchanges, origin, paths } = await house({ totalMs: 3_000, silentOn: '/left' });
  const [left, waited] = await Promise.allSettled(
    ['/left', '/waited'].map((path) => get(exchanges, origin, path)),
  );
  expect(left).toMatchObject({ reason: expect.any(TimedOut) });
  expect(waited).toMatchObject({ reason: expect.any(NotStarted) });
  // The connection is free again, and whoever comes next does not find the one that was given up.
  expect(await get(exchanges, origin, '/next')).toMatchObject({ status: 429 });
  expect(paths).toEqual(['/left', '/next']);
});

test('a server that is not there is an error of its own', async () => {
  const { exchanges } = await house({ totalMs: LONG_MS });
  await expect(get(exchanges, 'http://127.0.0.1:1', '/')).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});
