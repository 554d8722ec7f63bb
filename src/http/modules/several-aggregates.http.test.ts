import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_KEY, httpFixture, type HttpFixture } from '../fixture.ts';
import { clubs } from './clubs.fixture.ts';
import { scoped } from '../route.ts';
import { moduleRoutes } from './module-routes.ts';
import type { ModuleRoutes } from './services.ts';

let http: HttpFixture;

beforeAll(async () => {
  http = await httpFixture({ businessModules: [clubs], moduleRoutes: [clubRoutes] });
});
afterAll(() => http.close());

/** A word beside ids of clubs, and an address that the frame derives too. */
const clubRoutes: ModuleRoutes = ({ pipeline, modules, clock }) => [
  {
    method: 'GET',
    path: '/v1/clubs/census',
    operationId: 'censusOfClubs',
    tag: 'Clubs',
    summary: 'Counts the modules',
    access: scoped('clubs:read'),
    answers: { 200: { description: 'The count' } },
    handle: () => ({ status: 200, body: { modules: modules.length, now: clock.nowMs() > 0 } }),
  },
  {
    method: 'GET',
    path: '/v1/clubs/members/{memberId}/history',
    operationId: 'ownHistoryOfMembers',
    tag: 'Clubs',
    summary: 'A history of their own',
    access: scoped('clubs:read'),
    answers: { 200: { description: 'The state' } },
    async handle({ principal, params }) {
      const id = params['memberId'] ?? '';
      const { version } = await pipeline.load(principal.tenant, 'clubs.members', id);
      return { status: 200, body: { own: Number(version) } };
    },
  },
];

const post = (path: string, body: unknown = {}) => http.json(path, { method: 'POST', body });

describe('a module with several aggregates', () => {
  it('answers under /v1/{module}/{aggregate}', async () => {
    const { status, body, headers } = await post('/v1/clubs/members', { name: 'Ana' });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/v1/clubs/members/${body.id}`);
    const renamed = await post(`/v1/clubs/members/${body.id}/rename`, { name: 'Bo' });
    expect([renamed.status, renamed.body.version]).toEqual([200, 2]);
    expect((await http.json(`/v1/clubs/members/${body.id}`)).body.name).toBe('Bo');
    expect((await http.json(`/v1/streams/clubs.members/${body.id}`)).body.events).toHaveLength(2);
  });

  it('has one pair of scopes', async () => {
    const { key } = await http.key((await http.tenant('clubs')) as string, ['clubs:read']);
    expect((await http.json('/v1/clubs/members', { key })).status).toBe(200);
    expect((await http.json('/v1/clubs', { key })).status).toBe(200);
  });

  it('fixed words win over ids', async () => {
    const { body } = await post('/v1/clubs', { name: 'chess' });
    expect((await http.json(`/v1/clubs/${body.id}`)).body.name).toBe('chess');
    const members = await http.json('/v1/clubs/members');
    expect(members.body).toHaveProperty('items');
  });

  it('what an answer always has is not hidden by what the module adds', async () => {
    const created = await post('/v1/clubs/members', { name: 'Ana' });
    expect(created.body).toMatchObject({ version: 1, greeting: 'Welcome, Ana' });
    const { id } = created.body;
    expect((await http.json(`/v1/clubs/members/${id}`)).body).toMatchObject({ id, version: 1 });
  });

  it('what its view hides is in no answer', async () => {
    const { body } = await post('/v1/clubs/members', { name: 'Ana' });
    await post(`/v1/clubs/members/${body.id}/rename`, { name: 'Bo' });
    const stream = `/v1/streams/clubs.members/${body.id}`;
    for (const path of [
      `/v1/clubs/members/${body.id}`,
      `${stream}/state`,
      `${stream}/history`,
      `${stream}/changes`,
      `${stream}/changes?from=1&to=2`,
    ]) {
      const answer = await http.json(path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(JSON.stringify(answer.body)).not.toContain('token');
    }
  });

  it('a refusal carries its details, and a command without members takes no body', async () => {
    const { body } = await post('/v1/clubs', { name: 'chess' });
    const touched = await http.call(`/v1/clubs/${body.id}/touch`, { method: 'POST' });
    expect(touched.status).toBe(409);
    expect(await touched.json()).toMatchObject({ code: 'CLUB_TOUCHY', details: { name: 'chess' } });
  });
});

describe("a module's own routes", () => {
  it('win over ids', async () => {
    const { body } = await http.json('/v1/clubs/census');
    expect(body).toEqual({ modules: 1, now: true });
  });

  it('take the place of derived ones and leave the others', async () => {
    const { body } = await post('/v1/clubs/members', { name: 'Ana' });
    const path = `/v1/clubs/members/${body.id}`;
    expect((await http.json(`${path}/history`)).body).toEqual({ own: 1 });
    expect((await http.json(path)).body).toMatchObject({ name: 'Ana' });
    const documented = (await http.json('/openapi.json', { key: null })).body.paths;
    expect(documented['/v1/clubs/members/{memberId}/history'].get.operationId).toBe(
      'ownHistoryOfMembers',
    );
    expect(documented).not.toHaveProperty('/v1/clubs/members/{id}/history');
  });

  it('are asked for credentials and scopes like all others', async () => {
    expect((await http.json('/v1/clubs/census', { key: null })).status).toBe(401);
    const { key } = await http.key(ADMIN_KEY, ['clubs:write']);
    expect((await http.json('/v1/clubs/census', { key })).status).toBe(403);
  });
});

describe('two modules under one address', () => {
  it('are refused before anything is served', () => {
    const twice = {
      ...http.modules,
      modules: [...http.modules.modules, clubs],
      log: http.log,
    };
    expect(() => moduleRoutes(twice)).toThrow(/two modules have/);
  });
});
