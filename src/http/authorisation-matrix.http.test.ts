/**
 * Role x route x tenant, generated from /openapi.json: what a route declares is what it takes to be let in, for every
 * built-in role, and a foreign id is as unknown as one that never was.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT_IN_ROLES } from '../access/roles/built-in-roles.ts';
import { httpFixture, type HttpFixture, type JsonAnswer } from './fixture.ts';
import type { Operation } from './openapi.ts';
import { owner, person, type Browser } from './people.fixture.ts';

interface Entry {
  readonly name: string;
  readonly method: string;
  readonly template: string;
  readonly operation: Operation;
}

/** Open to everybody, each for a reason; a route that is not here and is open fails. */
const OPEN_ROUTES: ReadonlySet<string> = new Set([
  'GET /health/live',
  'GET /health/ready',
  'GET /openapi.json',
  'GET /docs',
  'GET /docs/errors',
  'GET /docs/style.css',
  'GET /docs/script.js',
  'GET /docs/search.json',
  'GET /docs/inter.woff2',
  'GET /docs/mono.woff2',
  'GET /docs/{group}',
  'OPTIONS /v1/events',
  // Whoever signs in has no credential yet; a device shows its key, a link its token.
  'POST /v1/session',
  'POST /v1/session/pin',
  'POST /v1/session/links',
  'GET /v1/session/device',
]);
/** Any credential will do: what they answer is the caller's own, or they check further themselves. */
const ANY_ROUTES =
  /^(GET|DELETE) \/v1\/session$|^\w+ \/v1\/access\/(me|sessions|approvals|colleagues)(\/|$)|^GET \/v1\/modules|^\w+ \/v1\/as-of\//;

let http: HttpFixture;
let entries: readonly Entry[];
const people = new Map<string, Browser>();

beforeAll(async () => {
  http = await httpFixture();
  entries = entriesOf((await http.json('/openapi.json', { key: null })).body.paths);
  const boss = await owner(http, 'house');
  people.set('owner', boss);
  for (const { id } of BUILT_IN_ROLES.slice(1))
    people.set(
      id,
      await person(http, boss, {
        tenant: 'house',
        email: `${id}@house.example`,
        roles: [{ role: id }],
      }),
    );
});
afterAll(() => http.close());

function entriesOf(paths: object): readonly Entry[] {
  return Object.entries(paths).flatMap(([template, methods]) =>
    // safe because the document lists operations by method
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${template}`,
      method: method.toUpperCase(),
      template,
      operation,
    })),
  );
}

/** Routes whose access is not declared, or not one that this table knows. */
function undeclared(all: readonly Entry[], permissions: readonly string[]): readonly string[] {
  return all
    .filter(({ name, operation }) => {
      const declared = operation['x-comptoir-permission'];
      if (declared === 'open') return !OPEN_ROUTES.has(name) && !name.includes(' /public/');
      if (declared === 'any') return !ANY_ROUTES.test(name);
      return !permissions.includes(declared);
    })
    .map(({ name }) => name);
}

const permissionsOf = async (who: Browser): Promise<readonly string[]> =>
  (await who.json('/v1/session')).body.permissions;

const send = (who: Browser, entry: Entry, id = 'nothing-here'): Promise<JsonAnswer> =>
  who.json(entry.template.replaceAll(/\{\w+\}/g, id), {
    method: entry.method,
    // A proxy's header, so that the loopback rule of /metrics does not apply; the cookie is then `__Host-`.
    headers: { 'x-forwarded-for': '203.0.113.9', cookie: cookieOf(who) },
    ...(entry.operation.requestBody === undefined ? {} : { body: {} }),
  });
const cookieOf = ({ cookies }: Browser): string => `__Host-comptoir=${cookies.get('comptoir')}`;

/** Streams without end are opened by the tests beside them; sign-out would end the session at hand. */
const isCallable = ({ name, template, operation }: Entry): boolean =>
  !/\/(tail|live)$/.test(template) &&
  name !== 'DELETE /v1/session' &&
  operation['x-comptoir-permission'] !== 'open' &&
  // The raw route takes keys only; its answers are tested beside it.
  operation.operationId !== 'ingestEvents';

describe('every route', () => {
  it('declares what it takes to be let in', () => {
    expect(undeclared(entries, http.access.context.known)).toEqual([]);
    expect(entries.length).toBeGreaterThan(60);
  });

  it('that declared nothing, or something that nobody can hold, would fail here', () => {
    const [first] = entries;
    for (const planted of ['', 'open', 'any', 'orders:everything']) {
      const operation = { ...first!.operation, 'x-comptoir-permission': planted };
      const entry = { ...first!, name: 'POST /v1/planted', operation };
      expect(undeclared([entry], http.access.context.known)).toEqual(['POST /v1/planted']);
    }
  });

  it.each(BUILT_IN_ROLES.map(({ id }) => id))(
    'lets the role %s in by its permissions alone',
    async (role) => {
      const who = people.get(role)!;
      const held = new Set(await permissionsOf(who));
      for (const entry of entries.filter(isCallable)) {
        const needed = entry.operation['x-comptoir-permission'];
        const approvable = entry.operation['x-error-codes'].includes('APPROVAL_REQUIRED');
        const implied = `${needed.split(':')[0]}:write`;
        const isLetIn = held.has(needed) || held.has(implied) || approvable;
        if (needed === 'any') continue;
        const { status, body } = await send(who, entry);
        const isRefused = status === 403 && body.code === 'FORBIDDEN' && body.scope === needed;
        expect([entry.name, role, isRefused]).toEqual([entry.name, role, !isLetIn]);
        expect([entry.name, status === 401]).toEqual([entry.name, false]);
      }
    },
  );
});

describe('tenants', () => {
  it('a foreign id and an unknown one have the same status, body and headers', async () => {
    const theirs = await owner(http, 'their-house');
    const guest = await person(http, theirs, {
      tenant: 'their-house',
      email: 'their-guest@house.example',
      roles: [],
    });
    const device = await theirs.json('/v1/access/devices', {
      method: 'POST',
      body: { name: 'Till' },
    });
    const sessions = await theirs.json('/v1/access/sessions');
    const foreign: Readonly<Record<string, string>> = {
      users: guest.id,
      devices: device.body.device.id,
      sessions: sessions.body.items[0].id,
    };
    const unknown = '01989f3e-7c00-7000-8000-000000000000';
    const mine = people.get('owner')!;
    const routes = entries.filter(({ template }) =>
      /\/v1\/access\/(users|devices|sessions)\/\{id\}/.test(template),
    );
    expect(routes.length).toBeGreaterThanOrEqual(6);
    for (const entry of routes) {
      const id = foreign[entry.template.split('/')[3] ?? ''] ?? '';
      const body = entry.template.endsWith('/links') ? { kind: 'password' } : { name: 'Eve' };
      const ask = (which: string) =>
        mine.json(entry.template.replace('{id}', which), {
          method: entry.method,
          ...(entry.operation.requestBody === undefined ? {} : { body }),
        });
      const [one, other] = [await ask(id), await ask(unknown)];
      expect([entry.name, one.status]).toEqual([entry.name, 404]);
      expect(shown(one)).toEqual(shown(other));
    }
    expect((await guest.json('/v1/session')).status).toBe(200);
  });

  it('a session of one house sees nobody of another', async () => {
    const { items } = (await people.get('owner')!.json('/v1/access/users')).body;
    expect(items).toHaveLength(BUILT_IN_ROLES.length);
    expect(JSON.stringify(items)).not.toContain('their-guest@house.example');
  });
});

/** All but what differs between any two answers. */
function shown({ status, headers, body }: JsonAnswer): object {
  const { traceId: _traceId, ...rest } = body;
  // How much of the limit is left changes with each request, whatever was found.
  const kept = [...headers].filter(([name]) => name !== 'date' && name !== 'ratelimit');
  return { status, headers: kept, body: rest };
}
