import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { openPostgresLog, type PostgresLog } from '../log/postgres/postgres-log.ts';
import { httpFixture, type HttpFixture } from './fixture.ts';

const WINDOW_SECONDS = 60;
let held: TestDatabase;
let log: PostgresLog;
let fixture: HttpFixture;

beforeAll(async () => {
  held = await testDatabase();
  log = await openPostgresLog({
    database: held.database,
    dedupeWindowSeconds: WINDOW_SECONDS,
    dedupeKeysMax: 1_000,
    maintenance: false,
  });
  fixture = await httpFixture({ retention: log });
});

afterAll(async () => {
  await fixture.close();
  await log.close();
  await held.drop();
});

test('a rule is set, listed, changed and lifted', async () => {
  const put = (ageSeconds: unknown, type = 'meter.read'): Promise<Response> =>
    fixture.call(`/v1/retention/${type}`, { method: 'PUT', body: { ageSeconds } });
  expect((await put(3_600)).status).toBe(204);
  expect((await put(7_200)).status).toBe(204);
  const list = async (): Promise<unknown> => (await fixture.call('/v1/retention')).json();
  expect(await list()).toEqual({ items: [{ type: 'meter.read', ageSeconds: 7_200 }] });
  const lifted = await fixture.call('/v1/retention/meter.read', { method: 'DELETE' });
  expect(lifted.status).toBe(204);
  expect(await list()).toEqual({ items: [] });
});

test.each([
  ['below the dedupe window', 'meter.read', { ageSeconds: WINDOW_SECONDS - 1 }, '/ageSeconds'],
  ['that is no whole number', 'meter.read', { ageSeconds: 1.5 }, '/ageSeconds'],
  ['with another member', 'meter.read', { ageSeconds: 3_600, forever: true }, '/forever'],
  ['for decided events', 'comptoir.order.placed.v1', { ageSeconds: 3_600 }, 'type'],
])('an age %s is refused', async (...row) => {
  const [, type, body, at] = row;
  const answer = await fixture.call(`/v1/retention/${type}`, { method: 'PUT', body });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ at }] });
});
