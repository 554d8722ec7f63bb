/** The matrix of routes and credentials, generated from /openapi.json: what is described is what is protected. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../access/principal.ts';
import { knownScopes } from '../access/scopes.ts';
import { MODULES } from '../modules/index.ts';
import { until } from '../../test/support/until.ts';
import { ADMIN_KEY, httpFixture, type HttpFixture } from './fixture.ts';
import type { Operation } from './openapi.ts';
import { openTail } from './sse-client.fixture.ts';

interface Entry {
  readonly method: string;
  readonly template: string;
  /** With a value for each parameter. */
  readonly path: string;
  readonly operation: Operation;
}

const KNOWN = knownScopes(MODULES);
/** `all` holds every scope within the tenant, so it is no key without one of them. */
const SINGLE = KNOWN.filter((scope) => scope !== 'all');
/** What lets in where `scope` is asked for: itself, and the word that stands for all commands of its module. */
const lettingIn = (scope: Scope): ReadonlySet<string> =>
  new Set([scope, `${scope.split(':')[0]}:write`]);

let http: HttpFixture;
let entries: readonly Entry[];
let asked = 0;

beforeAll(async () => {
  // The raw route is the ingest handler's own; its answers are tested beside it.
  http = await httpFixture({ trustedProxies: ['127.0.0.1'] });
  const { body } = await http.json('/openapi.json', { key: null });
  entries = Object.entries(body.paths).flatMap(([path, methods]) =>
    // safe because the document lists operations by method
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
      method: method.toUpperCase(),
      template: path,
      path: path.replaceAll(/\{\w+\}/g, '1'),
      operation,
    })),
  );
});
afterAll(() => http.close());

const scopeOf = ({ operation }: Entry): Scope | undefined =>
  KNOWN.find((scope) => scope === operation['x-scope']);
/** Routes with a handler behind the router that want a credential. */
const guarded = () =>
  entries.filter(
    ({ operation }) => operation.security.length > 0 && operation.operationId !== 'ingestEvents',
  );
const requestOf = (entry: Entry, key: string | null) => {
  const hasBody = entry.operation.requestBody !== undefined;
  asked += 1;
  // A proxy's header, so that the loopback rule of /metrics does not apply; from another address each time, since one
  // address may fail a few hundred times only.
  return http.json(entry.path, {
    method: entry.method,
    key,
    headers: { 'x-forwarded-for': `10.0.${Math.floor(asked / 250)}.${asked % 250}` },
    ...(hasBody ? { body: {} } : {}),
  });
};

describe('every described route', () => {
  it('is mounted, and every mounted route is described', () => {
    const described = entries.map((entry) => `${entry.method} ${entry.template}`);
    expect(described.sort()).toEqual([...http.server.mounted].sort());
    expect(described.length).toBeGreaterThan(15);
  });

  it('answers 401 without a credential unless it is open', async () => {
    for (const entry of guarded()) {
      const { status, body, headers } = await requestOf(entry, null);
      expect([entry.method, entry.path, status, body.code]).toEqual([
        entry.method,
        entry.path,
        401,
        'UNAUTHENTICATED',
      ]);
      expect(headers.get('www-authenticate')).toContain('Bearer');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('answers 401 to a wrong key', async () => {
    for (const entry of guarded()) {
      const { status } = await requestOf(entry, 'ck_wrong_wrong');
      expect([entry.path, status]).toEqual([entry.path, 401]);
    }
  });

  it('answers 403 to a key with every scope but the one it needs', async () => {
    const keys = new Map<Scope, string>();
    const keyWithout = async (needed: Scope): Promise<string> => {
      const scopes = SINGLE.filter((scope) => !lettingIn(needed).has(scope));
      const key = keys.get(needed) ?? (await http.key(ADMIN_KEY, scopes)).key;
      keys.set(needed, key);
      return key;
    };
    for (const entry of guarded()) {
      const needed = scopeOf(entry);
      // Nothing but a credential is asked for; which routes those are is told in the matrix of roles.
      if (entry.operation['x-scope'] === undefined) continue;
      if (needed === undefined) throw new Error(`nobody can hold what ${entry.path} asks for`);
      const key = await keyWithout(needed);
      const { status, body } = await requestOf(entry, key);
      expect([entry.path, status, body.code, body.scope]).toEqual([
        entry.path,
        403,
        'FORBIDDEN',
        needed,
      ]);
    }
  });

  it('answers problems with a code that it declares', async () => {
    for (const entry of guarded().filter(
      ({ path }) => !path.endsWith('tail') && !path.endsWith('/live'),
    )) {
      const { status, body } = await requestOf(entry, ADMIN_KEY);
      if (status < 400) continue;
      expect(entry.operation['x-error-codes']).toContain(body.code);
      expect(Object.keys(entry.operation.responses)).toContain(`${status}`);
    }
  });

  it('declares an answer for each of its error codes', () => {
    for (const { operation } of entries)
      expect(Object.values(operation.responses).every((answer) => 'description' in answer)).toBe(
        true,
      );
  });
});

describe('tenants', () => {
  it('see nothing of one another (L11)', async () => {
    const one = await http.tenant('one');
    const two = await http.tenant('two');
    const theirs = await http.key(one, ['events:read']);
    const tail = await openTail(http, '', { key: two });
    for (let n = 0; n < 20; n += 1)
      await http.append('one', { id: `secret-${n}`, subject: 'theirs' });
    await http.append('two', { id: 'ours' });
    await until('our event', () => tail.messages.length > 0);
    expect(tail.ids()).toEqual(['ours']);
    tail.close();
    for (const query of ['', '?subject=theirs', '?id=secret-1', '?type=test.*', '?source=/test']) {
      const { body } = await http.json(`/v1/events${query}`, { key: two });
      expect(JSON.stringify(body)).not.toContain('secret');
    }
    expect(JSON.stringify((await http.json('/v1/keys', { key: two })).body)).not.toContain(
      theirs.id,
    );
    const foreign = await http.json(`/v1/keys/${theirs.id}`, { method: 'DELETE', key: two });
    const unknown = await http.json('/v1/keys/unknown', { method: 'DELETE', key: two });
    expect([foreign.status, foreign.body.detail]).toEqual([404, unknown.body.detail]);
    expect((await http.call('/v1/events', { key: theirs.key })).status).toBe(200);
  });

  it.each(['log:read', 'metrics:read', 'projections:write', 'tenants:write'])(
    '%s cannot be granted outside tenant default',
    async (scope) => {
      const key = await http.tenant(`t-${scope.replace(':', '-')}`);
      const body = { name: 'x', scopes: [scope] };
      const { status, body: problem } = await http.json('/v1/keys', { method: 'POST', key, body });
      expect([status, problem.code]).toEqual([403, 'FORBIDDEN']);
    },
  );

  it('an installation-wide scope that slipped into a tenant key is worth nothing', async () => {
    const key = await http.tenant('slipped');
    await http.database.query({
      text: `update api_keys set scopes = scopes || '{log:read}' where tenant = 'slipped'`,
    });
    expect((await http.call('/v1/log/0', { key })).status).toBe(403);
  });
});

describe('keys', () => {
  it('a key grants only what it holds', async () => {
    const weak = await http.key(ADMIN_KEY, ['admin', 'events:read']);
    const grant = (scopes: string[]) =>
      http.json('/v1/keys', { method: 'POST', key: weak.key, body: { name: 'x', scopes } });
    expect((await grant(['events:write'])).status).toBe(403);
    const granted = await grant(['events:read']);
    expect([granted.status, granted.body.scopes]).toEqual([201, ['events:read']]);
    expect(granted.headers.get('location')).toBe(`/v1/keys/${granted.body.id}`);
  });

  it('a revoked key is refused at once by the process that revoked it', async () => {
    const { id, key } = await http.key(ADMIN_KEY, ['events:read']);
    expect((await http.call('/v1/events', { key })).status).toBe(200);
    expect((await http.call(`/v1/keys/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await http.call('/v1/events', { key })).status).toBe(401);
  });

  it.each([
    { name: '', scopes: ['admin'] },
    { name: 'x', scopes: [] },
    { name: 'x', scopes: ['everything'] },
    { name: 'x\u0000', scopes: ['admin'] },
    { name: 'x', scopes: ['admin'], expiresAt: '2020-01-01T00:00:00Z' },
    { name: 'x', scopes: ['admin'], expiresAt: 'soon' },
    { name: 'x', scopes: ['admin'], expiresAt: '9999-12-31T23:59:59-23:59' },
    { name: 'x', scopes: ['admin'], isAdmin: true },
    [],
    'text',
  ])('%j is no key', async (body) => {
    const { status, body: problem } = await http.json('/v1/keys', { method: 'POST', body });
    expect([status, problem.code]).toEqual([400, 'INPUT_INVALID']);
    expect(problem.errors.length).toBeGreaterThan(0);
  });

  it('a key may live as long as a time can say', async () => {
    const body = { name: 'x', scopes: ['events:read'], expiresAt: '9999-12-31T22:59:59-01:00' };
    const made = await http.json('/v1/keys', { method: 'POST', body });
    expect([made.status, made.body.expiresAt]).toEqual([201, '9999-12-31T23:59:59.000Z']);
  });

  it.each(['/v1/keys?after=x', '/v1/keys?after=FOREIGN', '/v1/access/users?after=x'])(
    '%s goes on from nowhere: that is no empty page',
    async (path) => {
      const other = await http.tenant(`pages-${path.length}`);
      const theirs = await http.key(other, ['events:read']);
      const { status, body } = await http.json(path.replace('FOREIGN', theirs.id));
      expect([status, body.code]).toEqual([400, 'CURSOR_INVALID']);
    },
  );

  it('X-Api-Key is as good as Authorization', async () => {
    const answer = await http.call('/v1/events', {
      key: null,
      headers: { 'x-api-key': ADMIN_KEY },
    });
    expect(answer.status).toBe(200);
  });
});
