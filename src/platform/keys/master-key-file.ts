/**
 * Where the master key comes from: the configuration, else a file that is made at the first start. While it is being
 * changed there are two of them.
 *
 *   master.key       used when the configuration gives none
 *   master.key.old   still opens what it wrapped, until a start finds nothing left to wrap anew; then it is removed
 *
 * Giving a master key by configuration where a file was used makes the file the old one, and renaming `master.key` to
 * `master.key.old` has a new one made: both are complete rotations, begun at the next start.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { createFile, FILE_MODE, FOLDER_MODE, readIfThere, syncFolder } from './durable-file.ts';
import { StartRefused } from '../postgres/start-refused.ts';

export const MASTER_KEY_FILE = 'master.key';
export const OLD_MASTER_KEY_FILE = 'master.key.old';
const MASTER_KEY_BYTES = 32;

export interface MasterKeyTexts {
  readonly newest: string;
  /** Older ones that may have wrapped keys. */
  readonly older: readonly string[];
  /** What the operator is to be told once, in whole sentences. */
  readonly notices: readonly string[];
  /** Call when everything is wrapped by the newest one: removes what is not needed any more. */
  settled(): Promise<void>;
}

export async function loadMasterKeys(options: {
  /** Made when there is none. */
  readonly folder: string;
  /** Of COMPTOIR_MASTER_KEY. */
  readonly given: string | undefined;
  /** Of COMPTOIR_MASTER_KEY_OLD. */
  readonly givenOld: string | undefined;
}): Promise<MasterKeyTexts> {
  const { folder, given, givenOld } = options;
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  await chmod(folder, FOLDER_MODE);
  const file = path.join(folder, MASTER_KEY_FILE);
  const oldFile = path.join(folder, OLD_MASTER_KEY_FILE);
  const notices: string[] = [];
  if (given !== undefined && (await readIfThere(file)) !== null) await retire(file, oldFile);
  const newest = given ?? (await ownKey(file, notices));
  const old = textOf(await readIfThere(oldFile));
  const older = [givenOld, old].filter((text) => text !== undefined && text !== newest);
  if (older.length > 0) notices.push('Data keys are being wrapped anew by the new master key.');
  return {
    newest,
    older: older.filter((text) => text !== undefined),
    notices,
    async settled() {
      await rm(oldFile, { force: true });
      await syncFolder(folder);
    },
  };
}

/** The file stays until the rotation has settled; it is a copy of the old one if that is there already. */
async function retire(file: string, oldFile: string): Promise<void> {
  const waiting = await readIfThere(oldFile);
  if (waiting !== null) {
    const own = await readIfThere(file);
    if (own === null || !own.equals(waiting))
      throw new StartRefused(
        `Both ${file} and ${oldFile} exist and differ: a rotation of the master key was not finished. Start once without COMPTOIR_MASTER_KEY, then set it.`,
      );
  }
  await rename(file, oldFile);
  await syncFolder(path.dirname(file));
}

async function ownKey(file: string, notices: string[]): Promise<string> {
  const known = textOf(await readIfThere(file));
  if (known !== undefined) return known;
  const made = `${randomBytes(MASTER_KEY_BYTES).toString('base64url')}\n`;
  const stands = textOf(await createFile(file, Buffer.from(made)));
  await chmod(file, FILE_MODE);
  notices.push(
    `A master key for personal data was made: ${file}. Keep a copy elsewhere: without it personal fields cannot be read. COMPTOIR_MASTER_KEY takes its place.`,
  );
  if (stands === undefined) throw new Error(`${file} holds no key`);
  return stands;
}

function textOf(content: Buffer | null): string | undefined {
  const text = content?.toString('utf8').trim();
  return text === undefined || text === '' ? undefined : text;
}
