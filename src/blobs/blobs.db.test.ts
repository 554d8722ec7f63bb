import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { createMasterKeys } from '../personal-data/master-key.ts';
import { createPersonalData, type PersonalDataService } from '../personal-data/personal-data.ts';
import {
  createMemoryBlobStore,
  type MemoryBlobStore,
} from '../platform/blobs/memory-blob-store.ts';
import { createMemoryKeyStore } from '../platform/keys/memory-key-store.ts';
import type { BlobOwner, Blobs } from '../core/blobs.ts';
import { createBlobs } from './blobs.ts';

const TENANT: BlobOwner = { kind: 'tenant' };
const ANA: BlobOwner = { kind: 'person', personId: 'ana' };
const MIB = 1024 * 1024;

let db: TestDatabase;
let personal: PersonalDataService;
let store: MemoryBlobStore;
let blobs: Blobs;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  await db.database.query({ text: 'delete from blobs' });
  const master = createMasterKeys('a-master-key-of-more-than-32-characters');
  personal = await createPersonalData({ keys: createMemoryKeyStore(), master });
  store = createMemoryBlobStore();
  blobs = openBlobs();
  return () => personal.close();
});

function openBlobs(): Blobs {
  const secret = Buffer.alloc(32, 7);
  return createBlobs({ database: db.database, bucketOf: () => 3, store, personal, secret });
}

function put(text: string, { tenant = 't1', owner = TENANT, holder = 'h1' } = {}) {
  return blobs.put({ tenant, owner, holder, content: [Buffer.from(text)], bytesMax: MIB });
}

async function textOf(key: string, tenant = 't1'): Promise<string | null> {
  const content = await blobs.open(tenant, key);
  return content === null ? null : Buffer.concat(await Array.fromAsync(content)).toString();
}

test('what was put comes back, and its bytes at rest say nothing of it', async () => {
  const { key, bytes } = await put('canary in clear');
  expect(bytes).toBe(15);
  expect(await textOf(key)).toBe('canary in clear');
  expect(Buffer.from(store.kept.get(key) ?? []).includes('canary')).toBe(false);
});

test('the same content of one tenant is kept once, and counted once', async () => {
  const first = await put('same', { holder: 'h1' });
  const second = await put('same', { holder: 'h2' });
  expect(second.key).toBe(first.key);
  expect(store.kept.size).toBe(1);
  expect(await blobs.usage('t1')).toBe(4);
});

test('two tenants share nothing, and one cannot open what the other has', async () => {
  const ours = await put('same', { tenant: 't1' });
  const theirs = await put('same', { tenant: 't2' });
  expect(theirs.key).not.toBe(ours.key);
  expect(await textOf(ours.key, 't2')).toBeNull();
  await blobs.release('t2', { key: ours.key, holder: 'h1' });
  expect(await textOf(ours.key)).toBe('same');
});

test('the bytes go with the last holder, not before', async () => {
  const { key } = await put('held', { holder: 'h1' });
  await put('held', { holder: 'h2' });
  await blobs.release('t1', { key, holder: 'h1' });
  await blobs.release('t1', { key, holder: 'h1' });
  expect(await textOf(key)).toBe('held');
  await blobs.release('t1', { key, holder: 'h2' });
  expect(await textOf(key)).toBeNull();
  expect(store.kept.size).toBe(0);
});

test('putting and releasing the same content at once loses nothing that is held', async () => {
  await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const holder = `h${index}`;
      const { key } = await put('contended', { holder });
      if (index % 2 === 0) await blobs.release('t1', { key, holder });
    }),
  );
  const [key = ''] = [...store.kept.keys()];
  expect(await textOf(key)).toBe('contended');
});

test('a person erased takes the content along, also where a copy of the file is left', async () => {
  const { key } = await put('private', { owner: ANA });
  const copy = store.kept.get(key);
  const reference = personal.referenceOf('t1', 'ana');
  expect(await textOf(key)).toBe('private');
  await blobs.forget({ tenant: 't1', personId: 'ana', reference });
  expect(store.kept.size).toBe(0);
  expect(await textOf(key)).toBeNull();
  expect(Buffer.from(copy ?? []).includes('ana')).toBe(false);
  expect(await blobs.usage('t1')).toBe(0);
});

test('equal contents of a person and of the tenant are two blobs', async () => {
  const own = await put('same', { owner: ANA });
  const shared = await put('same');
  expect(own.key).not.toBe(shared.key);
});

test('content above the limit leaves nothing', async () => {
  const tooLarge = blobs.put({
    tenant: 't1',
    owner: TENANT,
    holder: 'h1',
    content: [Buffer.alloc(600), Buffer.alloc(600)],
    bytesMax: 1000,
  });
  await expect(tooLarge).rejects.toMatchObject({ code: 'TOO_LARGE' });
  expect(store.kept.size).toBe(0);
  expect(await blobs.usage('t1')).toBe(0);
});

test('an upload cut in the middle leaves nothing', async () => {
  async function* cut(): AsyncIterable<Uint8Array> {
    yield await Promise.resolve(Buffer.from('half'));
    throw new Error('the client went away');
  }
  const broken = blobs.put({
    tenant: 't1',
    owner: TENANT,
    holder: 'h',
    content: cut(),
    bytesMax: MIB,
  });
  await expect(broken).rejects.toThrow('the client went away');
  expect(store.kept.size).toBe(0);
});

test('a file without a row is swept, one with a row stays', async () => {
  const { key } = await put('held');
  const orphan = 'f'.repeat(64);
  const draft = await store.draft();
  await draft.write(Buffer.from('x'));
  await draft.keep(orphan);
  const aged = { ...store, olderThan: () => store.olderThan(0) };
  const sweeping = createBlobs({
    database: db.database,
    bucketOf: () => 3,
    store: aged,
    personal,
    secret: Buffer.alloc(32, 7),
  });
  expect(await sweeping.sweep()).toBe(1);
  expect([...store.kept.keys()]).toEqual([key]);
});

test('a key that is none opens nothing', async () => {
  expect(await textOf('../../secret')).toBeNull();
});

test('who holds what is told page after page, of every tenant, and since when', async () => {
  const before = Date.now() - 60_000;
  const { key } = await put('held by many', { holder: 'a/none' });
  await put('held by many', { holder: 'a/other', tenant: 't2' });
  await put('held by many', { holder: 'b/1' });
  await db.database.query({
    text: `insert into blob_holders (bucket, tenant, key, holder)
           select 3, 't1', $1, 'a/' || n from generate_series(1, 2500) n`,
    values: [key],
  });
  const held = await Array.fromAsync(blobs.holders('a/'));
  expect(new Set(held.map(({ tenant, holder }) => `${tenant} ${holder}`)).size).toBe(2502);
  expect(held).toHaveLength(2502);
  expect(held.every(({ heldAtMs }) => heldAtMs > before)).toBe(true);
});
