import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LOOKUP_TIMEOUT_MS, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { until } from '../../test/support/until.ts';
import { ensureAdminKey } from './admin-key.ts';
import { createAuthenticator, type CachedAuthenticator } from './authenticator.ts';
import { databaseKeyLookup } from './key-lookup.ts';
import { createKey, listKeys, revokeKey } from './keys.ts';
import { INSTALLATION_SCOPES, SCOPES, type Scope } from './principal.ts';
import { createTenant } from './tenants.ts';

let held: TestDatabase;
const bucketOf = (): number => 0;
const GIVEN = 'a key given by the environment';

beforeAll(async () => {
  held = await testDatabase();
});
afterAll(() => held.drop());
beforeEach(async () => {
  await held.database.query({ text: 'truncate tenants, api_keys cascade' });
});

const authenticator = (): CachedAuthenticator =>
  createAuthenticator({
    lookup: databaseKeyLookup(held.database),
    clock: { nowMs: () => 0 },
    lookupTimeoutMs: LOOKUP_TIMEOUT_MS,
  });
const scopesOf = async (key: string): Promise<readonly string[]> => [
  ...(await authenticator().authenticate({ authorization: `Bearer ${key}` })).scopes,
];
const refused = (key: string) =>
  expect(scopesOf(key)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });

describe('ensureAdminKey', () => {
  it('makes a key once, with every scope of tenant default', async () => {
    const first = await ensureAdminKey({ database: held.database, bucketOf });
    expect(first.created).toMatch(/^ck_[A-Za-z0-9]{12}_[\w-]{43}$/);
    expect(await scopesOf(first.created!)).toEqual([...SCOPES, 'all']);
    expect(await ensureAdminKey({ database: held.database, bucketOf })).toEqual({ ignored: false });
  });

  it('honours a given key only while there is no admin key', async () => {
    const given = { database: held.database, bucketOf, adminApiKey: GIVEN };
    expect(await ensureAdminKey(given)).toEqual({ ignored: false });
    expect(await scopesOf(GIVEN)).toEqual([...SCOPES, 'all']);
    expect(await ensureAdminKey(given)).toEqual({ ignored: false });
    expect(await ensureAdminKey({ ...given, adminApiKey: `${GIVEN} 2` })).toEqual({
      ignored: true,
    });
    await refused(`${GIVEN} 2`);
  });

  it('honours a given key again when every admin key was revoked', async () => {
    const { created } = await ensureAdminKey({ database: held.database, bucketOf });
    await held.database.query({ text: 'update api_keys set revoked_at = now()' });
    expect(await ensureAdminKey({ database: held.database, bucketOf, adminApiKey: GIVEN })).toEqual(
      {
        ignored: false,
      },
    );
    expect(await scopesOf(GIVEN)).toEqual([...SCOPES, 'all']);
    await refused(created!);
  });

  it('of two processes that start together one makes the key', async () => {
    const both = await Promise.all(
      [1, 2].map(() => ensureAdminKey({ database: held.database, bucketOf })),
    );
    expect(both.filter((result) => result.created !== undefined)).toHaveLength(1);
  });

  it.each(['short', 'x'.repeat(201), `${'x'.repeat(30)}\n`, `${'x'.repeat(30)}é`])(
    'refuses %j as a given key',
    async (adminApiKey) => {
      const result = ensureAdminKey({ database: held.database, bucketOf, adminApiKey });
      await expect(result).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    },
  );
});

describe('keys made before there were modules', () => {
  const migration = new URL('../../migrations/0011_all_scope.sql', import.meta.url);
  const made = async (scopes: readonly Scope[]): Promise<string> => {
    const key = { bucket: 0, tenant: 'acme', name: 'old', scopes, expiresAt: null };
    return (await createKey(held.database, key)).key;
  };

  it('get every scope of the tenant when they had all there were, and only then', async () => {
    await createTenant(held.database, { id: 'acme', bucket: 0 });
    const everything = await made(['events:write', 'events:read', 'admin']);
    const some = await made(['events:write', 'events:read']);
    const text = await readFile(migration, 'utf8');
    await held.database.query({ text });
    await held.database.query({ text });
    expect(await scopesOf(everything)).toContain('all');
    expect(await scopesOf(everything)).not.toContain('log:read');
    expect(await scopesOf(some)).toEqual(['events:write', 'events:read']);
    const { rows } = await held.database.query<{ scopes: string[] }>({
      text: `select scopes from api_keys where name = 'old' and scopes @> '{all}'`,
    });
    expect(rows).toEqual([{ scopes: ['events:write', 'events:read', 'admin', 'all'] }]);
  });
});

describe('tenants', () => {
  it('a new tenant has a key with every scope that does not reach beyond it', async () => {
    const { tenant, apiKey } = await createTenant(held.database, { id: 'acme', bucket: 0 });
    expect(tenant).toBe('acme');
    const own = SCOPES.filter((scope) => !INSTALLATION_SCOPES.has(scope));
    expect(await scopesOf(apiKey)).toEqual([...own, 'all']);
    expect(own).toEqual(expect.not.arrayContaining(['log:read', 'tenants:write']));
  });

  it('exists once', async () => {
    await createTenant(held.database, { id: 'acme', bucket: 0 });
    await expect(createTenant(held.database, { id: 'acme', bucket: 0 })).rejects.toMatchObject({
      code: 'TENANT_EXISTS',
    });
    const { items } = await listKeys(held.database, {
      bucket: 0,
      tenant: 'acme',
      after: null,
      limit: 9,
    });
    expect(items).toHaveLength(1);
  });

  it.each(['', 'Acme', '-a', 'a_b', 'a'.repeat(64), 'ä'])('cannot be called %j', async (id) => {
    await expect(createTenant(held.database, { id, bucket: 0 })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });
});

describe('keys', () => {
  const request = { bucket: 0, tenant: 'acme', name: 'till', scopes: ['events:read'] as const };

  beforeEach(async () => {
    await createTenant(held.database, { id: 'acme', bucket: 0 });
    await createTenant(held.database, { id: 'other', bucket: 0 });
  });

  it('the secret is nowhere in the database', async () => {
    const { key, view } = await createKey(held.database, { ...request, expiresAt: null });
    const { rows } = await held.database.query({ text: 'select * from api_keys' });
    expect(
      JSON.stringify(rows, (_name, value) => (typeof value === 'bigint' ? `${value}` : value)),
    ).not.toContain(key.slice(`ck_${view.id}_`.length));
  });

  it('a revoked key is refused, and revoking is repeatable', async () => {
    const { key, view } = await createKey(held.database, { ...request, expiresAt: null });
    expect(await scopesOf(key)).toEqual(['events:read']);
    const place = { bucket: 0, tenant: 'acme', id: view.id };
    await revokeKey(held.database, place);
    await revokeKey(held.database, place);
    await refused(key);
  });

  it('an expired key is refused', async () => {
    const { key } = await createKey(held.database, {
      ...request,
      expiresAt: '2020-01-01T00:00:00Z',
    });
    await refused(key);
  });

  it('a key of another tenant is not found', async () => {
    const { key, view } = await createKey(held.database, { ...request, expiresAt: null });
    await expect(
      revokeKey(held.database, { bucket: 0, tenant: 'other', id: view.id }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await scopesOf(key)).toEqual(['events:read']);
  });

  it('are listed page by page with the day of their last use', async () => {
    const { key } = await createKey(held.database, { ...request, expiresAt: null });
    await scopesOf(key);
    const page = { bucket: 0, tenant: 'acme', after: null, limit: 1 };
    const first = await listKeys(held.database, page);
    expect([first.items.length, first.more]).toEqual([1, true]);
    const used = await until('the day of use', async () => {
      const second = await listKeys(held.database, { ...page, after: first.next });
      return (second.items[0]?.lastUsedOn ?? null) === null ? null : second;
    });
    expect(used.items[0]).toMatchObject({ name: 'till', scopes: ['events:read'], revokedAt: null });
    expect(used.items[0]?.lastUsedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(used.more).toBe(false);
  });
});
