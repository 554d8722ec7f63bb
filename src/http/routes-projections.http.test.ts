import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import { runLine } from '../cli/testing/run-line.ts';
import { systemClock } from '../core/clock.ts';
import type { EventLog } from '../log/log.ts';
import { createMemoryLog } from '../log/memory/memory-log.ts';
import type { RunningProjections } from '../projections/create-projections.ts';
import { createMemoryStore } from '../projections/memory/memory-store.ts';
import {
  createWriter,
  projectionsOf,
  trailModel,
  trailsOf,
} from '../projections/projections.fixture.ts';
import { ADMIN_KEY, httpFixture, type HttpFixture } from './fixture.ts';
import { projectionRoutes } from './routes-projections.ts';

const model = trailModel({ broken: { current: false } });
const NAME = model.name;
const tenant = 'acme';
const broken = { current: true };
const fragile = trailModel({ name: 'test.fragile', broken });
let http: HttpFixture;
let log: EventLog;
let projections: RunningProjections;

beforeAll(async () => {
  log = createMemoryLog({ bucketCount: 4 });
  const store = createMemoryStore({ bucketCount: 4, clock: systemClock });
  projections = projectionsOf({ log, store, models: [fragile, model] });
  await projections.start();
  http = await httpFixture({ moreRoutes: projectionRoutes({ projections }) });
  const write = createWriter(log);
  await write({ tenant, stream: 'notes/a' }, [
    { key: 'a', number: 1 },
    { key: 'a', number: 2, fails: 'project' },
    { key: 'a', number: 3 },
  ]);
  const position = await write({ tenant, stream: 'notes/b' }, [{ key: 'b', number: 4 }]);
  await projections.waitFor(model, { tenant, position }, 30_000);
  await projections.waitFor(fragile, { tenant, position }, 30_000);
});

afterAll(async () => {
  await http.close();
  await projections.stop();
  await log.close();
});

const post = (path: string, body?: unknown) =>
  http.json(`/v1/projections/${path}`, { method: 'POST', ...(body === undefined ? {} : { body }) });

test('the list tells state, copies and parked events', async () => {
  const { status, body } = await http.json('/v1/projections');
  expect(status).toBe(200);
  expect(body.items).toMatchObject([
    { name: 'test.fragile', paused: false, parkedEvents: 2 },
    {
      name: NAME,
      paused: false,
      lagSeconds: 0,
      generations: [
        { generation: 1, state: 'active', version: 1, eventsDone: 4, behindEvents: 0, progress: 1 },
      ],
      shadows: [],
    },
  ]);
});

test('keys of other tenants, and those without the right, may read the list and nothing else', async () => {
  const foreign = await http.tenant('elsewhere');
  const poor = await http.key(ADMIN_KEY, ['events:read']);
  expect((await http.json('/v1/projections', { key: 'no key' })).status).toBe(401);
  for (const key of [foreign, poor.key]) {
    const list = await http.json('/v1/projections', { key });
    expect([list.status, list.body.items.length]).toEqual([200, 2]);
    expect(JSON.stringify(list.body)).not.toContain(tenant);
    for (const [method, path] of [
      ['GET', '/check'],
      ['GET', `/${NAME}/parked`],
      ['POST', `/${NAME}/pause`],
      ['POST', `/${NAME}/rebuild`],
      ['POST', `/${NAME}/parked/skip`],
    ] as const) {
      const { status, body } = await http.json(`/v1/projections${path}`, { method, key });
      expect([path, status, body.code]).toEqual([path, 403, 'FORBIDDEN']);
    }
  }
});

test('pause and resume answer with the projection as it is then', async () => {
  expect((await post(`${NAME}/pause`)).body).toMatchObject({ name: NAME, paused: true });
  expect((await post(`${NAME}/resume`)).body).toMatchObject({ name: NAME, paused: false });
  expect((await post('no.such/pause')).status).toBe(404);
});

test('what a rebuild cannot be asked for is refused by name', async () => {
  for (const body of [{ asOf: 'yesterday' }, { asOf: '2999-01-01T00:00:00Z' }, { at: 1 }, []])
    expect((await post(`${NAME}/rebuild`, body)).body.code).toBe('INPUT_INVALID');
  expect((await post(`${NAME}/swap-back`)).body.code).toBe('INPUT_INVALID');
});

test('parked events are shown, retried and given up', async () => {
  const path = 'test.fragile/parked';
  const { body } = await http.json(`/v1/projections/${path}?limit=1`);
  expect(body).toMatchObject({
    items: [{ tenant, stream: 'notes/a', position: '2', reason: 'project: RangeError' }],
    more: true,
  });
  const of = { tenant, stream: 'notes/a' };
  expect((await post(`${path}/retry`, of)).body).toEqual({ left: 2 });
  expect((await post(`${path}/retry`, { tenant })).status).toBe(400);
  expect((await post(`${path}/skip`, of)).body).toEqual({ left: 0 });
  expect(await trailsOf(projections, fragile, { tenant })).toEqual({ a: [1, 3], b: [4] });
});

test('the check compares rows with a replay, and doctor says so', async () => {
  const { body } = await http.json('/v1/projections/check');
  const compared = body.items.flatMap((item: { samples: unknown[] }) => item.samples);
  expect(compared.length).toBeGreaterThan(0);
  expect(compared.every((sample: { equal: boolean }) => sample.equal)).toBe(true);
  const environment = { COMPTOIR_URL: http.url, COMPTOIR_API_KEY: ADMIN_KEY };
  const { stdout } = await runLine(['doctor', '--json'], { environment });
  expect(JSON.parse(stdout).checks).toContainEqual({
    name: 'projections',
    result: 'ok',
    found: `${compared.length} buckets equal a replay of the log`,
  });
});

test('the command line rebuilds, watches, and builds a copy as of a moment', async () => {
  const environment = { COMPTOIR_URL: http.url, COMPTOIR_API_KEY: ADMIN_KEY };
  const rebuilt = await runLine(['rebuild', NAME], { environment, screen: true });
  expect(rebuilt.stderr).toContain('was rebuilt; the new copy is in use');
  expect(rebuilt.stderr).toMatch(/\[#+\.*\] +\d+ %/);
  expect(rebuilt.exit).toBe(0);
  const [status] = (await projections.status()).filter(({ name }) => name === NAME);
  expect(status?.generations[0]).toMatchObject({ generation: 2, state: 'active' });
  expect((await post(`${NAME}/swap-back`)).body.generations[0]).toMatchObject({ generation: 1 });
  const asOf = new Date().toISOString();
  await until('a later clock', () => new Date().toISOString() > asOf);
  const shadow = await runLine(['rebuild', NAME, '--as-of', asOf], { environment });
  expect([shadow.exit, shadow.stderr]).toEqual([0, `${NAME} as of ${asOf} can be read.\n`]);
  const asOfMicros = BigInt(Date.parse(asOf)) * 1000n;
  expect(await trailsOf(projections, model, { tenant, asOfMicros })).toEqual({
    a: [1, 2, 3],
    b: [4],
  });
  expect((await runLine(['rebuild', 'no.such'], { environment })).exit).toBe(1);
  expect((await runLine(['rebuild', NAME, '--as-of', 'noon'], { environment })).exit).toBe(2);
});
