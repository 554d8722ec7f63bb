import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import { createAuthenticator } from '../access/authenticator.ts';
import { databaseKeyLookup } from '../access/key-lookup.ts';
import { knownScopes } from '../access/scopes.ts';
import { systemClock } from '../core/clock.ts';
import { jsonDraftOf } from '../core/event.ts';
import { silentLogger } from '../core/logger.ts';
import { noMetrics } from '../core/metrics.ts';
import { LOOKUP_TIMEOUT_MS } from '../../test/support/database.ts';
import { httpFixture, type HttpFixture } from '../http/fixture.ts';
import { createIngestRoute, type IngestRoute } from '../http/ingest-route.ts';
import { browser, type Browser } from '../http/people.fixture.ts';
import { createAdmission } from '../ingest/admission.ts';
import { createIngest } from '../ingest/ingest.ts';
import { MODULES } from '../modules/index.ts';
import { createBreakIt, type BreakIt } from './break-it/break-it.ts';
import { proofOf } from './break-it/proof.ts';
import { breakItRoutes } from './break-it/routes.ts';
import { createDeletion, type Deletion } from './delete-demo.ts';
import { hasDemoEnded } from './ended.ts';
import { DEMO_OWNER_EMAIL, DEMO_PASSWORD, ensureDemoPeople } from './people.ts';
import { personsOfDemo } from './persons.ts';
import { DEMO_HINTS, demoRoutes } from './routes.ts';

let http: HttpFixture;
let ingestRoute: IngestRoute;
let owner: Browser;
let stranger: string;
let breakIt: BreakIt;
let deletion: Deletion;
let isStopped = false;
const erased: string[] = [];

const post = (confirm: string) => ({ method: 'POST', body: { confirm } });

/** Routes are described before what they call is there. */
function later<T extends object>(get: () => T): T {
  // safe because every member is looked up in the real one at the time of the call
  return new Proxy({} as T, { get: (_target, name) => Reflect.get(get(), name) });
}

beforeAll(async () => {
  http = await httpFixture({
    rawRoutes: [(request, response) => ingestRoute(request, response)],
    moreRoutes: [
      ...demoRoutes({ deletion: later(() => deletion), breaks: true, stopped: () => isStopped }),
      ...breakItRoutes(later(() => breakIt)),
    ],
  });
  const { database, log } = http;
  const lookup = databaseKeyLookup(database, knownScopes(MODULES));
  ingestRoute = createIngestRoute({
    ingest: createIngest({
      log,
      schemas: { judgeOf: () => undefined },
      deadLetters: http.deadLetters,
      metrics: noMetrics,
    }),
    authenticator: createAuthenticator({
      lookup,
      clock: systemClock,
      lookupTimeoutMs: LOOKUP_TIMEOUT_MS,
    }),
    admission: createAdmission(noMetrics, {}),
  });
  await http.tenant('demo');
  stranger = await http.tenant('other');
  await ensureDemoPeople(http.access.context, { isLoopback: true });
  owner = browser(http);
  await owner.signIn({ tenant: 'demo', email: DEMO_OWNER_EMAIL, password: DEMO_PASSWORD });
  breakIt = createBreakIt({
    database,
    log,
    bucketOf: log.bucketOf,
    url: () => http.url,
    clock: systemClock,
    logger: silentLogger,
    newId: () => randomUUIDv7(),
    workerPids: () => [],
    kill: () => false,
  });
  deletion = createDeletion({
    context: http.access.context,
    log,
    logger: silentLogger,
    stopAll: async () => {
      isStopped = true;
      await breakIt.stop();
    },
    persons: () => personsOfDemo(log, () => ({ person: '/who/id', fields: ['/name'] })),
    erase: async (personId) => void erased.push(personId),
    removeThings: async () => ({ documents: 0, webhooks: 0 }),
  });
});
afterAll(async () => {
  await breakIt.stop();
  await http.close();
  ingestRoute.close();
});

async function runOf(id: string) {
  return (await owner.json(`/v1/demo/break-it/${id}`)).body;
}

test('the demo says that it is one; other businesses are none', async () => {
  const { body } = await owner.json('/v1/demo');
  expect(body).toEqual({ demo: true, hints: [...DEMO_HINTS], breakIt: true, guests: 'playing' });
  expect(DEMO_HINTS).toHaveLength(6);
  const other = await http.json('/v1/demo', { key: stranger });
  expect(other.body).toMatchObject({ demo: false, hints: [], breakIt: false });
});

test('where they are not mounted, the routes of the demo do not exist', async () => {
  const plain = await httpFixture();
  for (const path of [
    '/v1/demo',
    '/v1/demo/break-it',
    '/v1/demo/break-it/flood-the-door',
    '/v1/demo/delete',
  ])
    for (const method of ['GET', 'POST'])
      expect(
        (await plain.json(path, { method, ...(method === 'POST' ? { body: {} } : {}) })).status,
      ).toBe(404);
  await plain.close();
});

describe('breaking it', () => {
  test('is for an owner of the demo who types what it is, and unknown to everybody else', async () => {
    const path = '/v1/demo/break-it/resend-duplicates';
    const words = post('resend duplicates');
    expect((await http.json(path, { ...words, key: stranger })).status).toBe(404);
    const staff = browser(http);
    await staff.signIn({ tenant: 'demo', email: 'staff@localhost', password: DEMO_PASSWORD });
    expect((await staff.json(path, words)).status).toBe(403);
    const wrong = await owner.json(path, post('yes'));
    expect([wrong.status, wrong.body.code]).toEqual([400, 'INPUT_INVALID']);
    expect(
      (await owner.json(path, { method: 'POST', body: { confirm: 'x', also: 1 } })).status,
    ).toBe(400);
    expect((await owner.json('/v1/demo/break-it')).body.items).toEqual([]);
  });

  test('by resending loses nothing and doubles nothing, as the log says', async () => {
    const begun = await owner.json(
      '/v1/demo/break-it/resend-duplicates',
      post('Resend duplicates'),
    );
    expect([begun.status, begun.body.status]).toEqual([202, 'running']);
    const second = await owner.json('/v1/demo/break-it/flood-the-door', post('flood the door'));
    expect([second.status, second.body.code]).toEqual([503, 'OVERLOADED']);
    const { id } = begun.body;
    await until('the proof', async () => (await runOf(id)).status === 'done', {
      timeoutMs: 60_000,
    });
    const run = await runOf(id);
    expect(run).toMatchObject({
      before: 0,
      after: 2000,
      sent: { created: 2000, duplicates: 18_000, rejected: 0 },
      proof: { acknowledged: 2000, found: 2000, lost: 0, doubled: 0 },
    });
    const { rows } = await http.database.query({
      text: `select id from api_keys where tenant = 'demo' and name like 'demo:%' and revoked_at is null`,
    });
    expect(rows).toEqual([]);
  });

  test('would be found out: the proof counts what is missing', async () => {
    const source = '/demo/break-it/forged';
    const { position } = await http.log.head(http.log.bucketOf('demo'));
    await http.append('demo', { id: 'blow-1', source });
    const acknowledged = new Set(['blow-1', 'blow-2']);
    expect(await proofOf(http.log, { source, after: position, acknowledged })).toMatchObject({
      found: 1,
      lost: 1,
      doubled: 0,
    });
    const twice = {
      find: async (query: Parameters<typeof http.log.find>[0]) => {
        const page = await http.log.find(query);
        return { ...page, events: [...page.events, ...page.events] };
      },
    };
    expect(await proofOf(twice, { source, after: position, acknowledged })).toMatchObject({
      doubled: 1,
    });
  });
});

test('deleting the demo takes typed words of its owner, and everything that makes it usable', async () => {
  const draft = { id: 'visit-1', source: '/s', type: 'com.example.visit', subject: 'x' };
  const visit = jsonDraftOf(draft, { who: { id: 'person-1' }, name: 'A' });
  await http.log.appendReceived('demo', [visit]);
  expect(
    (await http.json('/v1/demo/delete', { ...post('delete the demo'), key: stranger })).status,
  ).toBe(404);
  expect((await owner.json('/v1/demo/delete', post('delete'))).status).toBe(400);
  expect(await hasDemoEnded(http.log)).toBe(false);
  const gone = await owner.json('/v1/demo/delete', post('delete the demo'));
  expect(gone.body).toMatchObject({
    deleted: true,
    keysRevoked: 1,
    peopleRemoved: 7,
    personsToErase: 1,
  });
  await deletion.settled();
  expect(erased).toEqual(['person-1']);
  expect(isStopped).toBe(true);
  expect(await hasDemoEnded(http.log)).toBe(true);
  expect((await owner.json('/v1/demo')).status).toBe(401);
  const again = await owner.signIn({
    tenant: 'demo',
    email: DEMO_OWNER_EMAIL,
    password: DEMO_PASSWORD,
  });
  expect(again.status).toBe(401);
});
