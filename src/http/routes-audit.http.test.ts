import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../test/support/until.ts';
import { auditFixture, type AuditFixture } from '../audit/audit.fixture.ts';
import { createMemoryAuditStore } from '../audit/memory/memory-store.ts';
import { systemClock } from '../core/clock.ts';
import { httpFixture, type HttpFixture } from './fixture.ts';
import { ANY_KEY, type Route } from './route.ts';
import { auditRoutes } from './routes-audit.ts';

/** Answers with what the audit trail held when the handler ran. */
const exporting: Route = {
  method: 'POST',
  path: '/v1/exports/{id}',
  operationId: 'exportForTest',
  tag: 'Test',
  summary: 'Exports',
  access: ANY_KEY,
  audit: { class: 'audit', action: 'test.exported', first: true, person: 'id' },
  answers: { 200: { description: 'Done' } },
  async handle({ principal }) {
    const query = {
      tenant: principal.tenant,
      classes: ['audit'],
      action: 'test.exported',
      limit: 10,
    } as const;
    const { items } = await trail.audit.find(query);
    return { status: 200, body: { entries: items.length } };
  },
};

let trail: AuditFixture;
let http: HttpFixture;
let key: string;

beforeAll(async () => {
  trail = await auditFixture(createMemoryAuditStore());
  const { audit } = trail;
  http = await httpFixture({
    audit,
    moreRoutes: [...auditRoutes({ audit, clock: systemClock }), exporting],
  });
  key = await http.tenant('cafe');
});
afterAll(async () => {
  await http.close();
  await trail.close();
});

async function entries(query = '', by = key) {
  await trail.audit.flush();
  const { status, body } = await http.json(`/v1/audit${query}`, { key: by });
  expect(status).toBe(200);
  return body.items;
}

const register = async (name: string): Promise<string> => {
  const body = { name, language: 'en' };
  const made = await http.json('/v1/customers', { method: 'POST', key, body });
  expect(made.status).toBe(201);
  return made.body.id;
};

describe('a read of personal data', () => {
  it('leaves one entry for the request with whom it was about and why', async () => {
    const [ana, bo] = [await register('Ana'), await register('Bo')];
    const headers = { purpose: 'checking a booking' };
    const page = await until('both customers', async () => {
      const { body } = await http.json('/v1/customers', { key, headers });
      return body.items.length === 2 ? body : null;
    });
    expect(page.items).toHaveLength(2);
    const [listed] = await entries('?class=access&action=customers.listed&limit=1');
    expect(listed).toMatchObject({
      class: 'access',
      action: 'customers.listed',
      route: 'GET /v1/customers',
      purpose: 'checking a booking',
      count: 2,
      address: '127.0.0.1',
    });
    expect(listed.subjects.toSorted()).toEqual([ana, bo].toSorted());
    expect(listed.actor).toMatch(/./);
  });

  it('is noted for one customer, its history, its stream and its events', async () => {
    const id = await register('Cy');
    for (const path of [
      `/v1/customers/${id}`,
      `/v1/customers/${id}/history`,
      `/v1/streams/customers/${id}`,
      `/v1/streams/customers/${id}/state`,
      '/v1/events',
    ])
      expect((await http.json(path, { key })).status).toBe(200);
    const actions = (await entries('?class=access&limit=6')).map(
      ({ action }: { action: string }) => action,
    );
    expect(actions).toEqual([
      'events.listed',
      'stream.state-read',
      'stream.read',
      'customers.history-read',
      'customers.read',
      expect.any(String),
    ]);
    const [read] = await entries('?action=customers.read&limit=1');
    expect(read).toMatchObject({ subject: `customers/${id}`, subjects: [id], count: 1 });
  });

  it('that found nothing leaves none', async () => {
    expect((await http.json('/v1/customers/unknown', { key })).status).toBe(404);
    const all = await entries('?class=access');
    expect(JSON.stringify(all)).not.toContain('unknown');
  });

  it('of the audit trail is one as well', async () => {
    await entries('?class=security');
    const [listed] = await entries('?action=audit.listed&limit=1');
    expect(listed).toMatchObject({ class: 'access', route: 'GET /v1/audit' });
  });
});

describe('an export', () => {
  it('begins when its entry is durable, and leaves one', async () => {
    const headers = { purpose: 'asked for by letter' };
    const { body } = await http.json('/v1/exports/p1', { method: 'POST', key, headers });
    expect(body).toEqual({ entries: 1 });
    const exported = await entries('?action=test.exported');
    expect(exported).toMatchObject([
      { class: 'audit', subject: 'exports/p1', subjects: ['p1'], purpose: 'asked for by letter' },
    ]);
  });
});

describe('a refusal', () => {
  it('of a known key leaves an entry with the code, the first of a minute at once', async () => {
    const weak = await http.key(key, ['customers:read']);
    for (let count = 0; count < 3; count += 1)
      expect((await http.json('/v1/keys', { key: weak.key })).status).toBe(403);
    const refused = await entries(`?class=security&actor=${weak.id}`);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({
      action: 'request.refused',
      code: 'FORBIDDEN',
      route: 'GET /v1/keys',
    });
  });

  it('of nobody is no entry of any tenant at once', async () => {
    expect((await http.json('/v1/customers', { key: 'x'.repeat(40) })).status).toBe(401);
    expect((await http.json('/v1/customers', { key: null })).status).toBe(401);
    expect(await entries('?action=request.unauthenticated')).toEqual([]);
  });
});

describe('a change outside the log', () => {
  it('of keys is told in the class security', async () => {
    const made = await http.key(key, ['customers:read']);
    expect((await http.json(`/v1/keys/${made.id}`, { method: 'DELETE', key })).status).toBe(204);
    const [revoked, created] = await entries('?action=key.*&limit=2');
    expect(created).toMatchObject({
      action: 'key.created',
      subject: `keys/${made.id}`,
      after: { name: 'test', scopes: ['customers:read'] },
    });
    expect(revoked).toMatchObject({ action: 'key.revoked', subject: `keys/${made.id}` });
    expect(JSON.stringify([revoked, created])).not.toContain(made.key);
  });

  it('of retention is told with what it was before', async () => {
    const rule = { method: 'PUT', key, body: { ageSeconds: 86_400 } };
    expect((await http.json('/v1/retention/com.example.read', rule)).status).toBe(204);
    const path = '/v1/retention/com.example.read';
    expect((await http.json(path, { method: 'DELETE', key })).status).toBe(204);
    const [lifted, set] = await entries('?class=audit&action=retention.*');
    expect(set).toMatchObject({ before: { ageSeconds: null }, after: { ageSeconds: 86_400 } });
    expect(lifted).toMatchObject({
      subject: 'retention/com.example.read',
      before: { ageSeconds: 86_400 },
      after: { ageSeconds: null },
    });
  });

  it('that was refused is not told as done', async () => {
    const before = (await entries('?action=tenant.*')).length;
    expect(
      (await http.json('/v1/tenants', { method: 'POST', key, body: { id: 'other' } })).status,
    ).toBe(403);
    expect(await entries('?action=tenant.*')).toHaveLength(before);
  });
});

describe('questions to the audit trail', () => {
  it('need audit:read', async () => {
    const weak = await http.key(key, ['customers:read']);
    for (const path of ['/v1/audit', '/v1/audit/reports/privileges'])
      expect((await http.json(path, { key: weak.key })).status).toBe(403);
    const allowed = await http.key(key, ['audit:read']);
    expect((await http.json('/v1/audit', { key: allowed.key })).status).toBe(200);
  });

  it('are answered from the own tenant alone', async () => {
    const other = await http.tenant('bar');
    const own = await entries('', other);
    expect(own.map(({ action }: { action: string }) => action)).not.toContain('key.created');
  });

  it('are answered page by page without a gap', async () => {
    const all = await entries('?limit=1000');
    const seen: { class: string; seq: number }[] = [];
    let path = '/v1/audit?limit=3';
    // What each page itself leaves is newer than what it goes on from.
    for (;;) {
      const { body } = await http.json(path, { key });
      seen.push(...body.items);
      if (!body.more) break;
      path = `/v1/audit?limit=3&after=${body.next}`;
    }
    const nameOf = (item: { class: string; seq: number }): string => `${item.class}/${item.seq}`;
    const names = seen.map(nameOf);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(all.map(nameOf)));
  });

  it.each([
    ['class=other', 'INPUT_INVALID'],
    ['after=nonsense', 'CURSOR_INVALID'],
    ['from=yesterday', 'INPUT_INVALID'],
    ['limit=0', 'INPUT_INVALID'],
  ])('that cannot be understood are refused: %s', async (query, code) => {
    const { status, body } = await http.json(`/v1/audit?${query}`, { key });
    expect([status, body.code]).toEqual([400, code]);
  });

  it('ready ones: access by somebody, failed sign-ins by address, changes of privileges', async () => {
    const [created] = await entries('?action=key.created&limit=1');
    const access = await http.json(`/v1/audit/reports/access?actor=${created.actor}`, { key });
    expect(access.status).toBe(200);
    expect(access.body.items.length).toBeGreaterThan(0);
    const classes = access.body.items.map((item: { class: string }) => item.class);
    expect(new Set(classes)).toEqual(new Set(['access']));
    expect((await http.json('/v1/audit/reports/access', { key })).status).toBe(400);
    const privileges = await http.json('/v1/audit/reports/privileges', { key });
    const actions = privileges.body.items.map((item: { action: string }) => item.action);
    expect(actions).toContain('key.created');
    expect(actions).not.toContain('request.refused');
    const refused = {
      tenant: 'cafe',
      class: 'security',
      action: 'session.refused',
      actor: null,
    } as const;
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.1'])
      trail.audit.note({ ...refused, address });
    await trail.audit.flush();
    const failed = await http.json('/v1/audit/reports/failed-sign-ins', { key });
    expect(failed.body.items).toMatchObject([
      { address: '192.0.2.1', count: 2 },
      { address: '192.0.2.2', count: 1 },
    ]);
  });
});

describe('verification', () => {
  it('says that nothing was changed, and takes checkpoints from outside', async () => {
    await trail.audit.checkpoint();
    const checkpoints = await trail.lines();
    const { status, body } = await http.json('/v1/audit/verify', {
      method: 'POST',
      key,
      body: { checkpoints },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ ok: true, tenant: 'cafe' });
    expect(body.chains.map((chain: { class: string }) => chain.class)).toEqual([
      'audit',
      'security',
      'access',
    ]);
    expect(body.chains[1].last).toBeGreaterThan(0);
    expect(body.chains[1].checkpoints).toBeGreaterThan(0);
  });

  it('refuses what is no checkpoint', async () => {
    for (const checkpoints of [[{}], [{ ...(await trail.lines())[0], extra: 1 }], 'x'])
      expect(
        (await http.json('/v1/audit/verify', { method: 'POST', key, body: { checkpoints } }))
          .status,
      ).toBe(400);
  });
});
