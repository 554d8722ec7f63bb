import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { describeKeyStore, erasureOf, reference } from './key-store-contract.fixture.ts';
import { openDirectoryKeyStore } from './directory-key-store.ts';
import { loadMasterKeys } from './master-key-file.ts';
import { createMemoryKeyStore } from './memory-key-store.ts';

const folders: string[] = [];

async function temporary(): Promise<string> {
  const parent = await mkdtemp(path.join(tmpdir(), 'comptoir-keys-'));
  folders.push(parent);
  return path.join(parent, 'keys');
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function allBytes(folder: string): Promise<Buffer> {
  const names = await readdir(folder);
  return Buffer.concat(await Promise.all(names.map((name) => readFile(path.join(folder, name)))));
}

describe('the key store in memory', () => {
  describeKeyStore(async () => {
    const store = createMemoryKeyStore();
    return { open: async () => store, bytes: async () => null, dispose: async () => {} };
  });
});

describe('the key store in a directory', () => {
  describeKeyStore(async () => {
    const folder = await temporary();
    return {
      open: () => openDirectoryKeyStore(folder),
      bytes: () => allBytes(folder),
      dispose: async () => {},
    };
  });

  it('is closed to everybody else', async () => {
    const folder = await temporary();
    const store = await openDirectoryKeyStore(folder);
    await store.createSecret('one', Buffer.from('a'));
    await store.close();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(folder))
      expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o600);
  });

  it('goes on behind what a crash left of an append, in keys and in the list', async () => {
    const folder = await temporary();
    const before = await openDirectoryKeyStore(folder);
    await before.createKeys(new Map([[reference(1), Buffer.from('k1')]]));
    await before.putErasure(erasureOf(5));
    await before.close();
    await appendFile(path.join(folder, 'keys'), Buffer.alloc(37, 0xab));
    await appendFile(path.join(folder, 'erasures'), '{"reference":"6');
    const store = await openDirectoryKeyStore(folder);
    await store.createKeys(new Map([[reference(2), Buffer.from('k2')]]));
    await store.putErasure(erasureOf(7));
    expect((await store.readKeys([reference(1), reference(2)])).size).toBe(2);
    await store.destroyKey(reference(2));
    await store.close();
    const again = await openDirectoryKeyStore(folder);
    expect((await again.readKeys([reference(1), reference(2)])).size).toBe(1);
    expect((await again.erasures()).map(({ receiptId }) => receiptId)).toEqual([
      'receipt-5',
      'receipt-7',
    ]);
    await again.close();
    expect((await allBytes(folder)).includes('k2')).toBe(false);
  });

  it('finds each of many persons again', async () => {
    const folder = await temporary();
    const store = await openDirectoryKeyStore(folder);
    const keys = Array.from(
      { length: 3_000 },
      (_, index) => [reference(index), Buffer.from(`key-${index}`)] as const,
    );
    await store.createKeys(new Map(keys));
    await store.close();
    const again = await openDirectoryKeyStore(folder);
    const held = await again.readKeys(keys.map(([person]) => person));
    expect(held).toEqual(new Map(keys));
    await again.close();
  });

  it('says that it cannot be used', async () => {
    const folder = await temporary();
    await writeFile(folder, 'a file, no folder');
    await expect(openDirectoryKeyStore(folder)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('the master key', () => {
  it('is made once, closed to others, and said once', async () => {
    const folder = await temporary();
    const options = { folder, given: undefined, givenOld: undefined };
    const first = await loadMasterKeys(options);
    expect(first.notices.join()).toContain('master.key');
    expect(first.notices.join()).not.toContain(first.newest);
    expect((await stat(path.join(folder, 'master.key'))).mode & 0o777).toBe(0o600);
    const second = await loadMasterKeys(options);
    expect([second.newest, second.older, second.notices]).toEqual([first.newest, [], []]);
  });

  it('of the configuration makes that of the file the old one until all is settled', async () => {
    const folder = await temporary();
    const given = 'given-master-key-of-32-characters!';
    const own = await loadMasterKeys({ folder, given: undefined, givenOld: undefined });
    for (let start = 0; start < 2; start++) {
      const texts = await loadMasterKeys({ folder, given, givenOld: undefined });
      expect([texts.newest, texts.older]).toEqual([given, [own.newest]]);
    }
    const texts = await loadMasterKeys({ folder, given, givenOld: undefined });
    await texts.settled();
    expect((await loadMasterKeys({ folder, given, givenOld: undefined })).older).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });
});
