import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BlobStore } from '../../core/blobs.ts';
import { openFileBlobStore } from './file-blob-store.ts';
import { createMemoryBlobStore } from './memory-blob-store.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'comptoir-blobs-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function textOf(store: BlobStore, key: string): Promise<string | null> {
  const stored = await store.open(key);
  return stored === null ? null : Buffer.concat(await Array.fromAsync(stored)).toString();
}

async function keep(store: BlobStore, key: string, text: string): Promise<void> {
  const draft = await store.draft();
  for (const letter of text) await draft.write(Buffer.from(letter));
  await draft.keep(key);
}

describe.each([
  ['files', () => openFileBlobStore(path.join(folder, 'blobs'))],
  ['memory', () => Promise.resolve(createMemoryBlobStore())],
] as const)('a blob store of %s', (_name, open) => {
  test('gives back what was kept, and nothing for a key that is not there', async () => {
    const store = await open();
    await keep(store, A, 'hello');
    expect(await textOf(store, A)).toBe('hello');
    expect(await textOf(store, B)).toBeNull();
  });

  test('the first content under a key stays', async () => {
    const store = await open();
    await keep(store, A, 'first');
    await keep(store, A, 'second');
    expect(await textOf(store, A)).toBe('first');
  });

  test('a draft that is dropped was never there', async () => {
    const store = await open();
    const draft = await store.draft();
    await draft.write(Buffer.from('x'));
    await draft.drop();
    expect(await Array.fromAsync(store.olderThan(-1000))).toEqual([]);
  });

  test('what is removed is gone, and removing it again changes nothing', async () => {
    const store = await open();
    await keep(store, A, 'x');
    await store.remove(A);
    await store.remove(A);
    expect(await textOf(store, A)).toBeNull();
  });

  test('lists what is old enough', async () => {
    const store = await open();
    await keep(store, A, 'x');
    await keep(store, B, 'y');
    expect(new Set(await Array.fromAsync(store.olderThan(-1000)))).toEqual(new Set([A, B]));
    expect(await Array.fromAsync(store.olderThan(60_000))).toEqual([]);
  });
});

describe('files', () => {
  test('a draft left by a process that was killed is gone after the next start', async () => {
    const store = await openFileBlobStore(folder);
    const draft = await store.draft();
    await draft.write(Buffer.from('half'));
    expect(await readdir(path.join(folder, 'drafts'))).toHaveLength(1);
    await openFileBlobStore(folder);
    expect(await readdir(path.join(folder, 'drafts'))).toEqual([]);
    await draft.drop();
  });

  test('a key that could leave the folder is refused', async () => {
    const store = await openFileBlobStore(folder);
    await expect(store.open('../../etc/passwd')).rejects.toThrow(TypeError);
  });

  test('a folder that cannot be written is told as unavailable', async () => {
    const file = path.join(folder, 'a-file');
    await writeFile(file, '');
    await expect(openFileBlobStore(path.join(file, 'blobs'))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
  });
});
