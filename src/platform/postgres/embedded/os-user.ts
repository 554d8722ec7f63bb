/**
 * PostgreSQL refuses to run as root. When we are root, it runs as another user of the operating system, and
 * everything on the way to its programs and data must be open to that user.
 */
import { execFile } from 'node:child_process';
import { chown, lchown, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { StartRefused } from '../start-refused.ts';

const run = promisify(execFile);

export interface OsUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const OWN_NAME = 'comptoir';

/**
 * The user PostgreSQL is to run as: undefined when that is simply ourselves, else `postgres` where it exists, a system
 * user `comptoir` that is made when missing, or `nobody` where users cannot be made.
 */
export async function serverUser(): Promise<OsUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const existing = (await findUser('postgres')) ?? (await findUser(OWN_NAME));
  if (existing !== undefined) return existing;
  await createOwnUser();
  const user = (await findUser(OWN_NAME)) ?? (await findUser('nobody'));
  if (user !== undefined) return user;
  throw new StartRefused(
    'PostgreSQL cannot run as root and no other user could be found or made. Create a user named comptoir, or start Comptoir as an ordinary user.',
  );
}

async function findUser(name: string): Promise<OsUser | undefined> {
  try {
    const uid = await run('id', ['-u', name]);
    const gid = await run('id', ['-g', name]);
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function createOwnUser(): Promise<void> {
  try {
    await run('groupadd', ['--force', '--system', OWN_NAME]);
    await run('useradd', ['--system', '--gid', OWN_NAME, '--no-create-home', OWN_NAME]);
  } catch {
    // Without these programs (or with a read-only /etc) `nobody` has to do.
  }
}

/** The first folder on the way to `target`, itself included, that `user` may not enter; undefined when all are open. */
export async function closedFolder(target: string, user: OsUser): Promise<string | undefined> {
  const parts = path.resolve(target).split(path.sep).filter(Boolean);
  for (let depth = 0; depth <= parts.length; depth++) {
    const folder = path.sep + parts.slice(0, depth).join(path.sep);
    const entry = await stat(folder).catch(() => undefined);
    if (entry === undefined) return undefined;
    if (!entry.isDirectory()) return undefined;
    if ((entry.mode & searchBit(entry, user)) === 0) return folder;
  }
  return undefined;
}

function searchBit(entry: { uid: number; gid: number }, user: OsUser): number {
  if (entry.uid === user.uid) return 0o100;
  return entry.gid === user.gid ? 0o010 : 0o001;
}

/** Gives a folder and all that is in it to `user`. */
export async function giveTo(folder: string, user: OsUser): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    await lchown(path.join(entry.parentPath, entry.name), user.uid, user.gid);
  }
  await chown(folder, user.uid, user.gid);
}
