import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/support/database.ts';
import { until } from '../../../test/support/until.ts';
import { insertTenant, lockName } from '../../access/tenants.ts';
import { systemClock } from '../../core/clock.ts';
import { createSlugs, SLUGS_MAX, type Slugs } from './slugs.ts';

let held: Awaited<ReturnType<typeof testDatabase>>;
let slugs: Slugs;

beforeAll(async () => {
  held = await testDatabase();
  slugs = createSlugs({ database: held.database, clock: systemClock, lockName });
  await insertTenant(held.database, { id: 'first', bucket: 1 });
  await insertTenant(held.database, { id: 'second', bucket: 2 });
});
afterAll(() => held.drop());

test('a business without a name of its own is found by its id', async () => {
  expect(await slugs.tenantOf('first')).toBe('first');
  expect(await slugs.slugOf('first')).toBe('first');
  for (const none of ['', 'A', '../x', 'a b', '-a', 'ż'])
    expect(await slugs.tenantOf(none)).toBeNull();
});

test('a claimed name leads to the business, and so does its id', async () => {
  expect(await slugs.claim('first', 'pod-wawelem')).toBe('claimed');
  expect(await slugs.tenantOf('pod-wawelem')).toBe('first');
  expect(await slugs.tenantOf('first')).toBe('first');
  expect(await slugs.slugOf('first')).toBe('pod-wawelem');
});

test('a name has one business: of two who claim it at once one gets it', async () => {
  const claims = await Promise.all(
    Array.from({ length: 8 }, (_, index) => slugs.claim(index % 2 ? 'first' : 'second', 'cafe')),
  );
  const owner = await slugs.tenantOf('cafe');
  const other = owner === 'first' ? 'second' : 'first';
  expect(claims.filter((claim) => claim === 'claimed').length).toBe(4);
  expect(await slugs.claim(other, 'cafe')).toBe('taken');
});

test('ids of others and words of our own addresses are taken', async () => {
  expect(await slugs.claim('first', 'second')).toBe('taken');
  expect(await slugs.claim('first', 'feeds')).toBe('taken');
  expect(await slugs.claim('first', 'first')).toBe('claimed');
});

test('old names keep leading there; there is a limit to them', async () => {
  for (let index = 0; index < SLUGS_MAX; index += 1) await slugs.claim('second', `name-${index}`);
  expect(await slugs.claim('second', 'one-more')).toBe('too-many');
  expect(await slugs.claim('second', 'name-0')).toBe('claimed');
  expect(await slugs.slugOf('second')).toBe('name-0');
  expect(await slugs.tenantOf('name-5')).toBe('second');
});

test('a name that was claimed is no id for a tenant that comes later', async () => {
  await slugs.claim('first', 'harbour');
  expect(await insertTenant(held.database, { id: 'harbour', bucket: 3 })).toBe(false);
  expect(await slugs.tenantOf('harbour')).toBe('first');
  expect(await insertTenant(held.database, { id: 'port', bucket: 3 })).toBe(true);
});

test('a name that becomes the id of a tenant at the same moment is taken', async () => {
  let claim: Promise<string> | undefined;
  let settled = false;
  await held.database.transaction(async (tx) => {
    expect(await insertTenant(tx, { id: 'quay', bucket: 3 })).toBe(true);
    claim = slugs.claim('first', 'quay').finally(() => (settled = true));
    await until('the claim waits for the name', async () => settled || (await waiting()) > 0);
  });
  expect(await claim).toBe('taken');
  expect(await slugs.tenantOf('quay')).toBe('quay');
});

test('a tenant that claims many names at once gets no more than the limit', async () => {
  await insertTenant(held.database, { id: 'third', bucket: 3 });
  const claims = await Promise.all(
    Array.from({ length: SLUGS_MAX + 4 }, (_, index) => slugs.claim('third', `third-${index}`)),
  );
  expect(claims.filter((claim) => claim === 'claimed').length).toBe(SLUGS_MAX);
});

async function waiting(): Promise<number> {
  const { rows } = await held.database.query<{ waiting: number }>({
    text: `select count(*)::integer as waiting from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`,
  });
  return rows[0]?.waiting ?? 0;
}
