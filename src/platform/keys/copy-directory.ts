import { chmod, copyFile, mkdir, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { ERASURES_FILE, KEYS_FILE } from './directory-key-store.ts';
import { FILE_MODE, FOLDER_MODE, syncFolder } from './durable-file.ts';

/**
 * Copies a key store of the directory kind while it is in use, the master key included when it lies there. The keys are
 * copied before the erasure list: a key that was destroyed in between is on the list of the copy, and is destroyed
 * again when a server starts with it. Answers with the number of files. Throws when the folder is none or is not empty.
 */
export async function copyKeyDirectory(from: string, to: string): Promise<number> {
  const names = (await readdir(from)).filter((name) => !name.endsWith('.partial'));
  if (!names.includes(KEYS_FILE)) throw new Error(`${from} is no key store.`);
  await mkdir(to, { recursive: true, mode: FOLDER_MODE });
  await chmod(to, FOLDER_MODE);
  if ((await readdir(to)).length > 0)
    throw new Error(`The folder ${to} is not empty. Name a new one for each copy.`);
  const last = names.filter((name) => name === ERASURES_FILE);
  const ordered = [...names.filter((name) => name !== ERASURES_FILE), ...last];
  for (const name of ordered) await copyDurably(path.join(from, name), path.join(to, name));
  await syncFolder(to);
  return ordered.length;
}

async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await chmod(to, FILE_MODE);
  const file = await open(to, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
