/** Webhooks over HTTP, with the memory store and queue behind the real server. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { webhookFixture, type WebhookFixture } from '../webhooks/fixture.ts';
import { answerWith, startReceiver, type Receiver } from '../webhooks/receiver.fixture.ts';
import { httpFixture, type HttpFixture, type JsonAnswer } from './fixture.ts';
import { webhookRoutes } from './routes-webhooks.ts';

let at: WebhookFixture;
let server: HttpFixture;
let to: Receiver;
let acme: string;
let other: string;

beforeAll(async () => {
  at = await webhookFixture();
  to = await startReceiver();
  server = await httpFixture({
    log: at.log,
    moreRoutes: webhookRoutes({ webhooks: at.service }),
  });
  acme = await server.tenant('acme');
  other = await server.tenant('other');
});
afterAll(async () => {
  await server.close();
  await at.close();
  await to.close();
});
beforeEach(() => to.answer(answerWith(204)));

const post = (path: string, body?: unknown, key = acme): Promise<JsonAnswer> =>
  server.json(path, { method: 'POST', key, ...(body === undefined ? {} : { body }) });
const get = (path: string, key = acme): Promise<JsonAnswer> => server.json(path, { key });
const remove = (path: string, key = acme): Promise<JsonAnswer> =>
  server.json(path, { method: 'DELETE', key });
const create = async (change: object = {}): Promise<JsonAnswer> =>
  post('/v1/webhooks', { url: to.url, types: ['*'], ...change });

describe('POST /v1/webhooks', () => {
  it('answers 201 with the secret, which is shown nowhere else', async () => {
    const made = await create({ types: ['a.*', 'b'], description: 'bookkeeping' });
    expect(made.status).toBe(201);
    const { secret, ...view } = made.body as { secret: string; id: string };
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(made.headers.get('location')).toBe(`/v1/webhooks/${view.id}`);
    expect(view).toMatchObject({
      url: to.url,
      types: ['a.*', 'b'],
      description: 'bookkeeping',
      status: 'enabled',
      disabledReason: null,
      failingSince: null,
    });
    const one = await get(`/v1/webhooks/${view.id}`);
    expect([one.status, one.body]).toEqual([200, view]);
    const all = await get('/v1/webhooks');
    expect(all.body).toMatchObject({ items: [view], more: false });
    expect(JSON.stringify(all.body)).not.toContain('whsec_');
    await remove(`/v1/webhooks/${view.id}`);
  });

  it.each([
    [{}],
    [{ url: 'x' }],
    [{ url: 'ftp://127.0.0.1/', types: ['*'] }],
    [{ url: 'http://127.0.0.1/#a', types: ['*'] }],
    [{ url: 'http://u:p@127.0.0.1/', types: ['*'] }],
    [{ url: 'http://127.0.0.1/', types: [] }],
    [{ url: 'http://127.0.0.1/', types: ['a', 'a'] }],
    [{ url: 'http://127.0.0.1/', types: ['a*'] }],
    [{ url: 'http://127.0.0.1/', types: ['*.a'] }],
    [{ url: 'http://127.0.0.1/', types: ['a b'] }],
    [{ url: 'http://127.0.0.1/', types: ['a'.repeat(257)] }],
    [{ url: 'http://127.0.0.1/', types: Array.from({ length: 51 }, (_, index) => `t${index}`) }],
    [{ url: `http://127.0.0.1/${'a'.repeat(2048)}`, types: ['*'] }],
    [{ url: 'http://127.0.0.1/', types: ['*'], secret: 'whsec_mine' }],
    [{ url: 'http://127.0.0.1/', types: ['*'], description: 'a\nb' }],
  ])('refuses %j with 400', async (body) => {
    const refused = await post('/v1/webhooks', body);
    expect([refused.status, refused.body.code]).toEqual([400, 'INPUT_INVALID']);
    expect(refused.body.errors.length).toBeGreaterThan(0);
    expect((await get('/v1/webhooks')).body.items).toEqual([]);
  });
});

describe('a webhook', () => {
  let id: string;
  beforeEach(async () => {
    id = (await create()).body.id;
    return async () => {
      await remove(`/v1/webhooks/${id}`);
    };
  });
  const path = (rest = ''): string => `/v1/webhooks/${id}${rest}`;

  it('is changed in what is named', async () => {
    const changed = await post(path('/update'), { types: ['x.*'] });
    expect([changed.status, changed.body]).toMatchObject([
      200,
      { id, url: to.url, types: ['x.*'] },
    ]);
    expect((await post(path('/update'), {})).status).toBe(400);
    expect((await post(path('/update'), { status: 'disabled' })).status).toBe(400);
    expect((await post(path('/update'), { url: 'ftp://x' })).status).toBe(400);
  });

  it('gets a new secret, with or without the old one', async () => {
    const rotated = await post(path('/rotate-secret'));
    expect(rotated.status).toBe(200);
    expect(rotated.body.secret).toMatch(/^whsec_/);
    expect((await post(path('/rotate-secret?keepOldSeconds=0'))).status).toBe(200);
    for (const wrong of ['-1', '86401', '1.5', 'x', ''])
      expect((await post(path(`/rotate-secret?keepOldSeconds=${wrong}`))).status).toBe(400);
  });

  it('is disabled and enabled, repeatably', async () => {
    const states = [];
    for (const verb of ['disable', 'disable', 'enable', 'enable'])
      states.push((await post(path(`/${verb}`))).body.status);
    expect(states).toEqual(['disabled', 'disabled', 'enabled', 'enabled']);
  });

  it('shows its deliveries by pages and status, and sends them again', async () => {
    for (let count = 0; count < 3; count += 1)
      await at.append('acme', { type: 'com.example.sold' });
    await at.settle();
    const first = await get(path('/deliveries?limit=2'));
    expect(first.body).toMatchObject({ more: true, next: expect.any(String) as string });
    expect(first.body.items).toMatchObject([
      { type: 'com.example.sold', status: 'delivered', attempts: [{ status: 204, code: null }] },
      {},
    ]);
    const rest = await get(path(`/deliveries?limit=2&after=${first.body.next}`));
    expect([rest.body.items.length, rest.body.more]).toEqual([1, false]);
    expect((await get(path('/deliveries?status=failed'))).body.items).toEqual([]);
    expect((await get(path('/deliveries?status=delivered'))).body.items).toHaveLength(3);
    const sent = to.received.length;
    const resent = await post(path(`/deliveries/${first.body.items[0].id}/resend`));
    expect([resent.status, resent.body.status]).toEqual([202, 'waiting']);
    await at.settle();
    expect(to.received).toHaveLength(sent + 1);
  });

  it.each(['status=gone', 'limit=0', 'limit=201', 'after=x', 'other=1'])(
    'refuses the listing ?%s with 400',
    async (query) => {
      expect((await get(path(`/deliveries?${query}`))).status).toBe(400);
    },
  );

  it('gets a test message', async () => {
    const sent = to.received.length;
    expect((await post(path('/test'))).status).toBe(202);
    await at.settle();
    expect(to.received).toHaveLength(sent + 1);
    await post(path('/disable'));
    const refused = await post(path('/test'));
    expect([refused.status, refused.body.code]).toEqual([409, 'WEBHOOK_DISABLED']);
  });

  it('of another tenant is 404, as an unknown one is', async () => {
    await at.append('acme');
    await at.settle();
    const delivery = (await get(path('/deliveries'))).body.items[0].id as string;
    for (const [key, base] of [
      [other, path()],
      [acme, '/v1/webhooks/unknown'],
    ] as const) {
      const answers = await Promise.all([
        get(base, key),
        get(`${base}/deliveries`, key),
        remove(base, key),
        post(`${base}/update`, { types: ['*'] }, key),
        ...['rotate-secret', 'enable', 'disable', 'test', `deliveries/${delivery}/resend`].map(
          (verb) => post(`${base}/${verb}`, undefined, key),
        ),
      ]);
      for (const answer of answers)
        expect([answer.status, answer.body.code, answer.body.detail]).toEqual([
          404,
          'NOT_FOUND',
          'There is no webhook or delivery with this id.',
        ]);
    }
    expect((await get('/v1/webhooks', other)).body.items).toEqual([]);
    expect((await get(path())).body.status).toBe('enabled');
  });

  it('needs the scope', async () => {
    const { key: reader } = await server.key(acme, ['webhooks:read']);
    const { key: writer } = await server.key(acme, ['webhooks:write']);
    expect([(await get(path(), reader)).status, (await get(path(), writer)).status]).toEqual([
      200, 403,
    ]);
    expect((await post(path('/disable'), undefined, reader)).status).toBe(403);
    expect((await post(path('/disable'), undefined, writer)).status).toBe(200);
    expect((await server.json(path(), { key: null })).status).toBe(401);
  });

  it('cannot have events sent by a key that may not read them', async () => {
    const { key: writer } = await server.key(acme, ['webhooks:write']);
    const endpoint = { url: 'https://receiver.example/hooks', types: ['*'] };
    expect((await post('/v1/webhooks', endpoint, writer)).status).toBe(403);
    expect((await post(path('/update'), { types: ['*'] }, writer)).status).toBe(403);
  });

  it('is gone after DELETE', async () => {
    expect((await remove(path())).status).toBe(204);
    expect((await remove(path())).status).toBe(404);
    expect((await get(path())).status).toBe(404);
  });
});

it('/openapi.json describes every route of webhooks', async () => {
  const { paths } = (await get('/openapi.json')).body as { paths: Record<string, object> };
  const described = Object.entries(paths)
    .filter(([path]) => path.startsWith('/v1/webhooks'))
    .flatMap(([path, verbs]) => Object.keys(verbs).map((verb) => `${verb} ${path}`));
  expect(described).toHaveLength(11);
});
