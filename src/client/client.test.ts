import { expect, test } from 'vitest';
import { CallFailed, createClient, curlOf } from './client.ts';
import { type DoneCall } from './call-types.ts';

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

/** Answers every call with `response` and keeps what was sent. */
function recording(response: () => Response | Promise<Response>) {
  const sent: Sent[] = [];
  const calls: DoneCall[] = [];
  const client = createClient({
    baseUrl: 'http://x',
    headers: () => ({ 'x-csrf-token': 't' }),
    onCall: (call) => calls.push(call),
    fetch: async (url, init = {}) => {
      sent.push({ url: url instanceof Request ? url.url : url.toString(), init });
      return response();
    },
  });
  return { client, sent, calls };
}

test('a call has its path filled, its query and its headers', async () => {
  const { client, sent, calls } = recording(() => Response.json({ version: 3, cursor: 'c' }));
  const { body } = await client.call('POST /v1/orders/{id}/cancel', {
    params: { id: 'a/b c' },
    body: { reason: 'guest left' },
    idempotencyKey: 'k1',
    ifMatch: 2,
  });
  expect(body.version).toBe(3);
  expect(sent[0]!.url).toBe('http://x/v1/orders/a%2Fb%20c/cancel');
  expect(sent[0]!.init).toMatchObject({ method: 'POST', body: '{"reason":"guest left"}' });
  expect(sent[0]!.init.headers).toMatchObject({
    'content-type': 'application/json',
    'idempotency-key': 'k1',
    'if-match': '"2"',
    'x-csrf-token': 't',
  });
  expect(calls).toEqual([
    {
      operation: 'POST /v1/orders/{id}/cancel',
      method: 'POST',
      path: '/v1/orders/a%2Fb%20c/cancel',
      status: 200,
      ms: expect.any(Number),
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      requestBody: { reason: 'guest left' },
    },
  ]);
});

test('bodies of answers are told with their operation, refusals are not', async () => {
  const told: unknown[] = [];
  const answers = [Response.json({ cursor: 'c' }), Response.json({ code: 'NO' }, { status: 409 })];
  const client = createClient({
    baseUrl: '',
    fetch: async () => answers.shift()!,
    onAnswer: (...answer) => told.push(answer),
  });
  await client.call('GET /v1/orders');
  await expect(client.call('GET /v1/orders')).rejects.toMatchObject({ code: 'NO' });
  expect(told).toEqual([['GET /v1/orders', { cursor: 'c' }]]);
});

test('what is undefined in a query is not sent', async () => {
  const { client, sent } = recording(() => Response.json({}));
  await client.call('GET /v1/orders', { query: { status: 'open', limit: 5, after: undefined } });
  await client.call('GET /v1/orders');
  expect(sent.map(({ url }) => url)).toEqual([
    'http://x/v1/orders?status=open&limit=5',
    'http://x/v1/orders',
  ]);
});

test('a problem is thrown with all that it says', async () => {
  const problem = {
    status: 409,
    code: 'PRICE_CHANGED',
    detail: 'The price is another one now.',
    traceId: 'f'.repeat(32),
    details: { current: 900 },
    errors: [{ at: '/lines/0', message: 'stale' }],
  };
  const { client } = recording(
    () =>
      new Response(JSON.stringify(problem), {
        status: 409,
        headers: { 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '2' },
      }),
  );
  const failure = await client.call('GET /v1/orders').catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(CallFailed);
  expect(failure).toMatchObject({
    status: 409,
    code: 'PRICE_CHANGED',
    detail: problem.detail,
    traceId: problem.traceId,
    details: { current: 900 },
    errors: problem.errors,
    body: problem,
    retryAfterMs: 2000,
  });
});

test.each([
  ['nobody listens', () => Promise.reject(new TypeError('fetch failed'))],
  ['the answer is cut', () => new Response('{"a"', { headers: { 'content-type': 'text/json' } })],
])('when %s the call is unreachable', async (_title, response) => {
  const { client, calls } = recording(response);
  await expect(client.call('GET /v1/orders')).rejects.toMatchObject({
    status: 0,
    code: 'UNREACHABLE',
  });
  expect(calls.map(({ status }) => status)).toEqual([0]);
});

test('a page of a stranger in between is an error without a code', async () => {
  const { client } = recording(() => new Response('<h1>Bad gateway</h1>', { status: 502 }));
  await expect(client.call('GET /v1/orders')).rejects.toMatchObject({ status: 502, code: '' });
});

test('an aborted call throws what fetch throws', async () => {
  const ended = AbortSignal.abort();
  const { client } = recording(() => Promise.reject(ended.reason));
  await expect(client.call('GET /v1/orders', { signal: ended })).rejects.toBe(ended.reason);
});

test('nothing, text and bytes are answered as such', async () => {
  const { client } = recording(() => new Response(null, { status: 204 }));
  expect((await client.call('GET /v1/orders')).body).toBeUndefined();
  const text = recording(() => new Response('up 1', { headers: { 'content-type': 'text/plain' } }));
  expect((await text.client.call('GET /metrics')).body).toBe('up 1');
  const pdf = new Response('%PDF', { headers: { 'content-type': 'application/pdf' } });
  const bytes = recording(() => pdf);
  expect((await bytes.client.call('GET /v1/orders')).body).toBeInstanceOf(Blob);
});

test('secrets are in neither the call that is told nor its command line', async () => {
  const { client, sent, calls } = recording(() => Response.json({}));
  const body = { tenant: 'demo', email: 'ana@example.com', password: 'hunter2 hunter2' };
  await client.call('POST /v1/session', { body });
  expect(sent[0]!.init.body).toContain('hunter2');
  expect(JSON.stringify(calls)).not.toContain('hunter2');
  expect(JSON.stringify(calls)).not.toContain('x-csrf-token');
  const command = curlOf(calls[0]!, 'http://x');
  expect(command).toContain('"password":"***"');
  expect(command).toContain('Bearer $COMPTOIR_API_KEY');
});

test('a command line is safe to paste', () => {
  const requestBody = { note: "it's $HOME `id`" };
  expect(curlOf({ method: 'POST', path: '/v1/orders', requestBody }, 'http://x')).toBe(
    `curl -X POST 'http://x/v1/orders' \\
  -H "Authorization: Bearer $COMPTOIR_API_KEY" \\
  -H 'Content-Type: application/json' \\
  --data-raw '{"note":"it'\\''s $HOME \`id\`"}'`,
  );
});

test('a route without a stream is refused as one', async () => {
  const { client } = recording(() => Response.json({}));
  await expect(client.stream('GET /v1/orders').next()).rejects.toThrow(TypeError);
});

test('what an operation does not take is a mistake of the compiler', () => {
  const { client } = recording(() => Response.json({}));
  const never = (): unknown[] => [
    // @ts-expect-error -- the id is missing
    client.call('GET /v1/orders/{id}'),
    // @ts-expect-error -- there is no such operation
    client.call('GET /v1/nothing'),
    // @ts-expect-error -- the body is missing
    client.call('POST /v1/orders', { idempotencyKey: 'k' }),
    // @ts-expect-error -- what is created has no version yet
    client.call('POST /v1/orders/{id}/cancel', { params: {}, body: { reason: '' }, ifMatch: 1 }),
    // @ts-expect-error -- a filter is misspelt
    client.call('GET /v1/orders', { query: { statos: 'open' } }),
  ];
  expect(never).toBeTypeOf('function');
});
