/** Small files that are whole or absent, whatever ends the process or the machine. */
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import path from 'node:path';

/** Nobody but the owner of the server reads key material. */
export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

export async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Writes the file unless it exists; answers with the content that stands. */
export async function createFile(file: string, content: Uint8Array): Promise<Buffer> {
  const partial = await writePartial(file, content);
  try {
    // Unlike rename, link refuses when the name is taken: of several processes one wins.
    await link(partial, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(partial, { force: true });
  }
  await syncFolder(path.dirname(file));
  return readFile(file);
}

export async function replaceFile(file: string, content: Uint8Array): Promise<void> {
  await rename(await writePartial(file, content), file);
  await syncFolder(path.dirname(file));
}

export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writePartial(file: string, content: Uint8Array): Promise<string> {
  const partial = `${file}.${randomUUID()}.partial`;
  const handle = await open(partial, 'wx', FILE_MODE);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return partial;
}
