/**
 * Blobs as files: `FOLDER/ab/abcdef...`, drafts in `FOLDER/drafts`. A draft becomes visible by a hard link, so a file is
 * whole or absent whatever ends the process, and of two writers of one key the first wins.
 */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, opendir, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { BLOB_KEY, type BlobDraft, type BlobStore } from '../../core/blobs.ts';
import { Failure } from '../../core/errors.ts';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
/** Larger than the frames of sealed blobs, so that one read gives one or two. */
const READ_BYTES = 128 * 1024;

/** Makes the folder and sweeps the drafts of a process that ended; one process at a time owns a folder's drafts. */
export async function openFileBlobStore(folder: string): Promise<BlobStore> {
  const drafts = path.join(folder, 'drafts');
  await answering(async () => {
    await rm(drafts, { recursive: true, force: true });
    await mkdir(drafts, { recursive: true, mode: FOLDER_MODE });
  });
  return {
    draft: () => answering(() => openDraft(folder, path.join(drafts, randomUUID()))),
    open: (key) => answering(() => openFile(fileOf(folder, key))),
    remove: (key) => answering(() => rm(fileOf(folder, key), { force: true })),
    olderThan: (ageMs) => filesOlderThan(folder, Date.now() - ageMs),
  };
}

function fileOf(folder: string, key: string): string {
  if (!BLOB_KEY.test(key)) throw new TypeError('a blob key has 64 hexadecimal digits');
  return path.join(folder, key.slice(0, 2), key);
}

async function openDraft(folder: string, file: string): Promise<BlobDraft> {
  const handle = await open(file, 'wx', FILE_MODE);
  return {
    write: (bytes) => answering(() => writeAll(handle, bytes)),
    keep: (key) =>
      answering(async () => {
        await handle.sync();
        await handle.close();
        const target = fileOf(folder, key);
        await mkdir(path.dirname(target), { recursive: true, mode: FOLDER_MODE });
        await link(file, target).catch(unlessCode('EEXIST'));
        await rm(file, { force: true });
        await syncFolder(path.dirname(target));
      }),
    drop: () =>
      answering(async () => {
        await handle.close();
        await rm(file, { force: true });
      }),
  };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written);
    written += bytesWritten;
  }
}

async function openFile(file: string): Promise<AsyncIterable<Uint8Array> | null> {
  try {
    const handle = await open(file, 'r');
    return chunksOf(handle);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

async function* chunksOf(handle: FileHandle): AsyncIterable<Uint8Array> {
  const stream = createReadStream('', { fd: handle, highWaterMark: READ_BYTES });
  try {
    // safe because a byte stream without an encoding gives buffers
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw failureOf(error);
  } finally {
    stream.destroy();
  }
}

async function* filesOlderThan(folder: string, beforeMs: number): AsyncIterable<string> {
  for (const name of await readdir(folder)) {
    if (!/^[0-9a-f]{2}$/.test(name)) continue;
    for await (const entry of await opendir(path.join(folder, name))) {
      if (!BLOB_KEY.test(entry.name)) continue;
      const { mtimeMs } = await stat(path.join(folder, name, entry.name));
      if (mtimeMs < beforeMs) yield entry.name;
    }
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof TypeError ? error : failureOf(error);
  }
}

function failureOf(cause: unknown): Failure {
  const code = codeOf(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new Failure('STORAGE_FULL', 'No space is left for files; nothing was kept.', { cause });
  return new Failure('UNAVAILABLE', 'The folder of files cannot be used.', { cause });
}

function unlessCode(code: string): (error: unknown) => void {
  return (error) => {
    if (codeOf(error) !== code) throw error;
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
