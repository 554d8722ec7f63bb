/** Webhooks over HTTP, with the memory store and queue behind the real server. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeCursor } from '../core/cursor.ts';
import { webhookFixture, type WebhookFixture } from '../webhooks/fixture.ts';
import { answerWith, startReceiver, type Receiver } from '../webhooks/receiver.fixture.ts';
import { ACTIVE_SECRETS_MAX } from '../webhooks/service.ts';
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
    moreRoutes: webhookRoutes({ webhooks: at.service, log: at.log }),
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

describe('POST /v1/webhooks/{id}/replay', () => {
  const cursorAt = (position: bigint): string =>
    encodeCursor({
      incarnation: at.log.incarnation,
      bucket: at.log.bucketOf('acme'),
      position,
    });

  it('sends what followed a cursor, each event under the id it had before', async () => {
    const { id } = (await create({ types: ['replay.*'] })).body;
    const before = await at.append('acme', { type: 'replay.a' });
    for (const type of ['replay.b', 'unwanted', 'replay.c']) await at.append('acme', { type });
    await at.settle();
    const first = (await get(`/v1/webhooks/${id}/deliveries`)).body.items;
    expect(first.map(({ type }: { type: string }) => type)).toEqual([
      'replay.c',
      'replay.b',
      'replay.a',
    ]);
    const seen = to.received.length;
    const begun = await post(`/v1/webhooks/${id}/replay`, { after: cursorAt(before) });
    expect([begun.status, begun.body]).toEqual([
      202,
      { through: cursorAt((await at.log.head(at.log.bucketOf('acme'))).position) },
    ]);
    // What comes later is none of its business.
    await at.append('acme', { type: 'replay.later' });
    while ((await at.jobs.runDue()) > 0);
    const ids = to.received.slice(seen).map(({ headers }) => headers['webhook-id']);
    const wanted = first.slice(0, 2).map((delivery: { id: string }) => delivery.id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids)).toEqual(new Set(wanted));
    await at.settle();
    await remove(`/v1/webhooks/${id}`);
  });

  it('takes several pages, and events from before the webhook was made', async () => {
    const start = (await at.log.head(at.log.bucketOf('acme'))).position;
    for (let n = 0; n < 450; n += 1) await at.append('acme', { type: 'replay.many' });
    await at.settle();
    const { id } = (await create({ types: ['replay.many'] })).body;
    const seen = to.received.length;
    const ids = () => to.received.slice(seen).map(({ headers }) => headers['webhook-id']);
    const begin = () => post(`/v1/webhooks/${id}/replay`, { after: cursorAt(start) });
    expect((await begin()).status).toBe(202);
    for (let pages = 0; pages < 3; pages += 1) {
      while ((await at.jobs.runDue()) > 0);
      expect(ids()).toHaveLength(Math.min(450, 200 * (pages + 1)));
      at.clock.ms += 2_000;
    }
    expect(new Set(ids()).size).toBe(450);
    // Of two that are asked for, the second counts.
    for (let asked = 0; asked < 2; asked += 1) await begin();
    while ((await at.jobs.runDue()) > 0);
    expect(ids()).toHaveLength(650);
    await remove(`/v1/webhooks/${id}`);
  });

  it('is refused for a webhook that is off or foreign, and for cursors of others', async () => {
    const { id } = (await create()).body;
    const path = `/v1/webhooks/${id}/replay`;
    expect((await post(path, { after: cursorAt(10_000_000n) })).body.code).toBe('CURSOR_INVALID');
    expect((await post(path, { from: 'x' })).status).toBe(400);
    expect((await post(path, {}, other)).status).toBe(404);
    const writer = (await server.key(acme, ['webhooks:write'])).key;
    expect((await post(path, {}, writer)).body.scope).toBe('events:read');
    await post(`/v1/webhooks/${id}/disable`);
    expect((await post(path, {})).body.code).toBe('WEBHOOK_DISABLED');
    await remove(`/v1/webhooks/${id}`);
  });
});

describe('POST /v1/webhooks/{id}/resume', () => {
  it('goes on where handing over was suspended, in the bucket of the tenant alone', async () => {
    const { id } = (await create()).body;
    const places = ['acme', 'other'].map((tenant) => ({
      name: 'webhooks',
      bucket: at.log.bucketOf(tenant),
    }));
    expect(places[0]?.bucket).not.toBe(places[1]?.bucket);
    await at.checkpoints.begin(places.map((place) => ({ ...place, position: 7n })));
    for (const place of places) await at.checkpoints.suspend(place);
    expect((await get(`/v1/webhooks/${id}`)).body.suspended).toBe(true);
    expect((await get('/v1/webhooks')).body.items).toMatchObject([{ id, suspended: true }]);
    const resumed = await post(`/v1/webhooks/${id}/resume`);
    expect([resumed.status, resumed.body]).toMatchObject([200, { id, suspended: false }]);
    expect(await at.checkpoints.readOne(places[0]!)).toMatchObject({
      suspended: false,
      position: 7n,
    });
    expect(await at.checkpoints.readOne(places[1]!)).toMatchObject({ suspended: true });
    expect((await post(`/v1/webhooks/${id}/resume`)).status).toBe(200);
    await remove(`/v1/webhooks/${id}`);
  });

  it('is for those who may change webhooks, and knows no foreign ones', async () => {
    const { id } = (await create()).body;
    expect((await post(`/v1/webhooks/${id}/resume`, undefined, other)).status).toBe(404);
    const reader = (await server.key(acme, ['webhooks:read'])).key;
    expect((await post(`/v1/webhooks/${id}/resume`, undefined, reader)).status).toBe(403);
    await remove(`/v1/webhooks/${id}`);
  });
});

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
    const kept = [];
    for (let count = 0; count < ACTIVE_SECRETS_MAX; count += 1)
      kept.push(await post(path('/rotate-secret?keepOldSeconds=60')));
    expect(kept.map(({ status }) => status)).toEqual([200, 200, 200, 400]);
    expect(kept.at(-1)?.body.errors).toMatchObject([{ at: 'keepOldSeconds', code: 'TOO_GREAT' }]);
    expect((await post(path('/rotate-secret?keepOldSeconds=0'))).status).toBe(200);
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
  expect(described).toHaveLength(13);
});
