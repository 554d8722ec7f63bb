/** Idempotency-Key where something is made that is no command of a module. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../test/support/until.ts';
import { CREATION_KEPT_SECONDS, type Creations } from '../access/creations.ts';
import { sweepOnce } from '../access/sweep.ts';
import { type AuditEntry, NO_AUDIT } from '../core/audit.ts';
import { webhookFixture, type WebhookFixture } from '../webhooks/fixture.ts';
import { httpFixture, type HttpFixture, type JsonAnswer } from './fixture.ts';
import { webhookRoutes } from './routes-webhooks.ts';

let at: WebhookFixture;
let server: HttpFixture;
let acme: string;
const noted: AuditEntry[] = [];

beforeAll(async () => {
  at = await webhookFixture();
  const creations: Creations = { once: (...given) => server.access.creations.once(...given) };
  server = await httpFixture({
    log: at.log,
    audit: { ...NO_AUDIT, note: (entry) => void noted.push(entry) },
    moreRoutes: webhookRoutes({ webhooks: at.service, log: at.log, creations }),
  });
  acme = await server.tenant('acme');
});
afterAll(async () => {
  await server.close();
  await at.close();
});

const KEY = { name: 'till', scopes: ['events:write'] };
const HOOK = { url: 'https://hooks.example.com/a', types: ['*'] };

const post = (path: string, body: unknown, of: { id?: string; key?: string } = {}) =>
  server.json(path, {
    method: 'POST',
    key: of.key ?? acme,
    body,
    ...(of.id === undefined ? {} : { headers: { 'idempotency-key': of.id } }),
  });
const keysOf = async (key: string): Promise<number> =>
  (await server.json('/v1/keys', { key })).body.items.length;
const replayed = ({ headers }: JsonAnswer): string | null => headers.get('idempotent-replayed');

it('a repeated request for a key gets the same key, secret and place, and makes none', async () => {
  const before = await keysOf(acme);
  const first = await post('/v1/keys', KEY, { id: 'k-1' });
  const again = await post('/v1/keys', KEY, { id: '"k-1"' });
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get('location')).toBe(first.headers.get('location'));
  expect([replayed(first), replayed(again)]).toEqual([null, 'true']);
  expect(await keysOf(acme)).toBe(before + 1);
});

it('the entry of a repetition says that nothing was made', async () => {
  noted.length = 0;
  await post('/v1/keys', KEY, { id: 'k-audit' });
  await post('/v1/keys', KEY, { id: 'k-audit' });
  expect(noted.map(({ action, after }) => [action, after])).toEqual([
    ['key.created', KEY],
    ['key.created', { repeated: true }],
  ]);
});

it('the same key with another body, or for something else, is refused', async () => {
  await post('/v1/keys', KEY, { id: 'k-2' });
  const other = await post('/v1/keys', { ...KEY, name: 'bar' }, { id: 'k-2' });
  const elsewhere = await post('/v1/webhooks', HOOK, { id: 'k-2' });
  expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_MISMATCH']);
  expect([elsewhere.status, elsewhere.body.code]).toEqual([422, 'IDEMPOTENCY_MISMATCH']);
});

it('the same key of another caller is another key', async () => {
  const other = await server.key(acme, ['admin', 'events:write']);
  const mine = await post('/v1/keys', KEY, { id: 'k-3' });
  const theirs = await post('/v1/keys', KEY, { id: 'k-3', key: other.key });
  expect([mine.status, theirs.status]).toEqual([201, 201]);
  expect(theirs.body.id).not.toBe(mine.body.id);
  expect(theirs.body.key).not.toBe(mine.body.key);
});

it('without a key, or with one that is none, nothing is remembered', async () => {
  const before = await keysOf(acme);
  await post('/v1/keys', KEY);
  await post('/v1/keys', KEY);
  expect(await keysOf(acme)).toBe(before + 2);
  for (const id of ['""', 'a'.repeat(256), '"open'])
    expect((await post('/v1/keys', KEY, { id })).body.code).toBe('INPUT_INVALID');
  expect(await keysOf(acme)).toBe(before + 2);
});

it('twenty equal requests at once make one', async () => {
  const before = await keysOf(acme);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => post('/v1/keys', KEY, { id: 'k-many' })),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201));
  expect(new Set(answers.map(({ body }) => body.key)).size).toBe(1);
  expect(answers.filter((answer) => replayed(answer) === null)).toHaveLength(1);
  expect(await keysOf(acme)).toBe(before + 1);
});

it('a tenant and its key are given again, and one that exists is refused under another key', async () => {
  const admin = { id: 't-1' };
  const first = await server.json('/v1/tenants', {
    method: 'POST',
    body: { id: 'aurora' },
    headers: { 'idempotency-key': admin.id },
  });
  const again = await server.json('/v1/tenants', {
    method: 'POST',
    body: { id: 'aurora' },
    headers: { 'idempotency-key': admin.id },
  });
  expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
  expect(await keysOf(again.body.apiKey)).toBe(1);
  const taken = await server.json('/v1/tenants', {
    method: 'POST',
    body: { id: 'aurora' },
    headers: { 'idempotency-key': 't-2' },
  });
  expect([taken.status, taken.body.code]).toEqual([409, 'TENANT_EXISTS']);
});

it('what failed is not remembered', async () => {
  const past = { ...KEY, expiresAt: '2020-01-01T00:00:00Z' };
  expect((await post('/v1/keys', past, { id: 'k-4' })).status).toBe(400);
  expect((await post('/v1/keys', KEY, { id: 'k-4' })).status).toBe(201);
});

it('a webhook and its secret are given again', async () => {
  const first = await post('/v1/webhooks', HOOK, { id: 'w-1' });
  const again = await post('/v1/webhooks', HOOK, { id: 'w-1' });
  expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
  expect(first.body.secret).toMatch(/^whsec_/);
  expect((await server.json('/v1/webhooks', { key: acme })).body.items).toHaveLength(1);
});

it('a device and its key are given again', async () => {
  const till = { name: 'Till 2', locationId: 'main' };
  const first = await post('/v1/access/devices', till, { id: 'd-1' });
  const again = await post('/v1/access/devices', till, { id: 'd-1' });
  expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
  const { items } = (await server.json('/v1/access/devices', { key: acme })).body;
  expect(items).toHaveLength(1);
  const device = await server.json('/v1/session/device', {
    key: null,
    headers: { 'x-device-key': again.body.key },
  });
  expect(device.body.id).toBe(first.body.device.id);
});

it('secrets lie in the table under a key that only the caller has', async () => {
  const { body } = await post('/v1/keys', KEY, { id: 'k-secret' });
  const { rows } = await server.database.query<{ all: string }>({
    text: `select string_agg(encode(key || request || answer_sealed, 'escape'), '') as all
           from created_answers`,
  });
  expect(rows[0]?.all).not.toContain(body.key);
  expect(rows[0]?.all).not.toContain('k-secret');
});

it('after seven days the same request makes another, swept or not', async () => {
  const age = (): Promise<unknown> =>
    server.database.query({
      text: `update created_answers set created_at = now() - make_interval(secs => $1)`,
      values: [CREATION_KEPT_SECONDS + 1],
    });
  const first = await post('/v1/keys', KEY, { id: 'k-5' });
  await age();
  const second = await post('/v1/keys', KEY, { id: 'k-5' });
  await age();
  await sweepOnce(server.database);
  const { rows } = await server.database.query({ text: 'select key from created_answers' });
  expect(rows).toEqual([]);
  const third = await post('/v1/keys', KEY, { id: 'k-5' });
  expect([second.status, third.status]).toEqual([201, 201]);
  expect(new Set([first.body.id, second.body.id, third.body.id]).size).toBe(3);
});

it('a caller who lost the right gets no secret again', async () => {
  const other = await server.key(acme, ['admin', 'events:write']);
  await post('/v1/keys', KEY, { id: 'k-6', key: other.key });
  await server.json(`/v1/keys/${other.id}`, { method: 'DELETE', key: acme });
  const isRefused = async () => {
    const again = await post('/v1/keys', KEY, { id: 'k-6', key: other.key });
    return again.status === 401;
  };
  await until('the refusal', isRefused);
});
