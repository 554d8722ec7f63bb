/**
 * Blobs as files: `FOLDER/ab/abcdef...`, drafts in `FOLDER/drafts`. A draft becomes visible by a hard link, so a file is
 * whole or absent whatever ends the process, and of two writers of one key the first wins.
 */
import { randomUUID } from 'node:crypto';
import { fstatSync, linkSync, mkdirSync, unlinkSync } from 'node:fs';
import { mkdir, open, opendir, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { BLOB_KEY, type BlobDraft, type BlobStore } from '../../core/blobs.ts';
import { Failure } from '../../core/errors.ts';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
/** Most files are read and written in one or two calls. */
const READ_BYTES = 128 * 1024;
const WRITE_BYTES = 64 * 1024;

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

/**
 * What is written is gathered into pieces, and names are made at once: most files have a few frames, and each call that
 * is handed to another thread costs as much as writing one of them.
 */
async function openDraft(folder: string, file: string): Promise<BlobDraft> {
  const handle = await open(file, 'wx', FILE_MODE);
  let gathered: Uint8Array[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    const piece = gathered;
    gathered = [];
    bytes = 0;
    await writeAll(handle, piece);
  };
  return {
    write: (piece) =>
      answering(async () => {
        gathered.push(piece);
        bytes += piece.length;
        if (bytes >= WRITE_BYTES) await flush();
      }),
    keep: (key) =>
      answering(async () => {
        await flush();
        await handle.sync();
        await handle.close();
        const target = fileOf(folder, key);
        linkInFolder(file, target);
        unlinkSync(file);
        await syncFolder(path.dirname(target));
      }),
    drop: () =>
      answering(async () => {
        await handle.close();
        await rm(file, { force: true });
      }),
  };
}

/** What is there already stays. */
function linkInFolder(file: string, target: string): void {
  try {
    try {
      linkSync(file, target);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      mkdirSync(path.dirname(target), { recursive: true, mode: FOLDER_MODE });
      linkSync(file, target);
    }
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

async function writeAll(handle: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  const [first] = pieces;
  const all = first !== undefined && pieces.length === 1 ? first : Buffer.concat(pieces);
  let written = 0;
  while (written < all.length) {
    const { bytesWritten } = await handle.write(all, written, all.length - written);
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
  try {
    // A file that is kept never changes. Exact buffers: a thousand at a time are what a server's memory is made of.
    const { size } = fstatSync(handle.fd);
    for (let at = 0; at < size;) {
      const piece = Buffer.allocUnsafe(Math.min(READ_BYTES, size - at));
      const { bytesRead } = await handle.read(piece, 0, piece.length);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield piece.subarray(0, bytesRead);
    }
  } catch (error) {
    throw failureOf(error);
  } finally {
    await handle.close();
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

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
